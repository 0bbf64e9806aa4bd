using System.Diagnostics;
using System.Text;

namespace RawHttp.Tests;

/// <summary>A folder of files, away when the test is over; and a server of it.</summary>
sealed class Folder : IDisposable
{
    /// <summary>Long before the present of <see cref="Testing.ManualTime"/>, so that files have validators.</summary>
    public static readonly DateTime Old = new(2025, 5, 6, 7, 8, 9, 123, DateTimeKind.Utc);

    readonly string above = Directory.CreateTempSubdirectory("raw-").FullName;

    public Folder() => Directory.CreateDirectory(Root);

    public string Root => Path.Combine(above, "root");

    /// <summary>A path in the folder; with <c>../</c> in front, beside it.</summary>
    public string PathOf(string name) => Path.GetFullPath(Path.Combine(Root, name));

    public string Write(string name, string content, DateTime? written = null) => Write(name, Encoding.Latin1.GetBytes(content), written);

    public string Write(string name, byte[] content, DateTime? written = null)
    {
        string path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        File.SetLastWriteTimeUtc(path, written ?? Old);
        return path;
    }

    public void Link(string name, string target) => File.CreateSymbolicLink(PathOf(name), target);

    /// <summary>A pipe that nobody writes to; false where there are none.</summary>
    public bool TryMakePipe(string name)
    {
        if (OperatingSystem.IsWindows()) return false;
        using Process made = Process.Start("mkfifo", PathOf(name));
        made.WaitForExit();
        return made.ExitCode == 0;
    }

    /// <summary>One request, and all that was sent in answer.</summary>
    public async Task<string> AnswerAsync(string request, params string[] fields)
    {
        using Peer peer = Serve();
        peer.Channel.Arrive($"{request} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{string.Concat(fields.Select(f => f + "\r\n"))}\r\n");
        await Task.WhenAny(peer.Channel.WhenSendingEnded, peer.Channel.WhenAborted).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Empty(peer.Bugs);
        return peer.Sent;
    }

    public Peer Serve() => new(new DirectoryFiles(Root).AnswerAsync);

    public void Dispose() => Directory.Delete(above, recursive: true);

    /// <summary>The value of a field of an answer; null when it has none.</summary>
    public static string? FieldOf(string answer, string name) =>
        answer[..answer.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Split("\r\n").FirstOrDefault(line => line.StartsWith(name + ": ", StringComparison.Ordinal))?[(name.Length + 2)..];

    /// <summary>What follows the head.</summary>
    public static string ContentOf(string answer) => answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];

    public static string StatusOf(string answer) => answer[9..12];
}
