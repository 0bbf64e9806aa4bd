using System.Text;
using RawHttp.Wire;

namespace RawHttp;

/// <summary>
/// The files of a folder, for GET and HEAD: conditions, ranges, and siblings <c>.br</c> and <c>.gz</c> for those who accept them.
/// A path with a slash at its end is the folder's <c>index.html</c>; a folder without one is answered with 308. What is hidden, no ordinary
/// file, or elsewhere by way of a link, is not found. Any thread.
/// </summary>
public sealed class DirectoryFiles
{
    const int StillSeconds = 2;

    readonly RootFolder folder;

    /// <summary>Serves what is below a folder.</summary>
    /// <param name="root">The folder. What is put into it later is served too.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public DirectoryFiles(string root)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        if (!Directory.Exists(root)) throw new DirectoryNotFoundException($"'{root}' is no folder.");
        folder = new(root);
    }

    /// <summary>Answers with the file at the request's path.</summary>
    /// <param name="exchange">A GET or HEAD request.</param>
    public ValueTask AnswerAsync(HttpExchange exchange)
    {
        ArgumentNullException.ThrowIfNull(exchange);
        ReadOnlySpan<byte> path = exchange.Request.Path;
        byte[] decoded = new byte[path.Length];
        HttpFault fault = FilePath.Read(path, decoded, out int length);
        if (fault == HttpFault.None) return AnswerAsync(exchange, Encoding.UTF8.GetString(decoded, 0, length));
        exchange.Response.SendProblem(fault);
        return default;
    }

    ValueTask AnswerAsync(HttpExchange exchange, string path)
    {
        bool isFolder = path.Length == 0 || path.EndsWith('/');
        string name = isFolder ? path + "index.html" : path;
        if (TryOpen(exchange, name, out Representation? file)) return SendAsync(exchange, file);
        if (!isFolder && folder.Find(path) is { } real && Directory.Exists(real)) Redirect(exchange);
        else exchange.Response.SendProblem(HttpFault.NotFound);
        return default;
    }

    static async ValueTask SendAsync(HttpExchange exchange, Representation file)
    {
        using (file.Content as IDisposable) await RepresentationAnswer.SendAsync(exchange, file).ConfigureAwait(false);
    }

    // RFC 9110 §15.4.9: links in the page are meant from inside of the folder. The path has no empty segment, so this names no other host.
    static void Redirect(HttpExchange exchange)
    {
        ReadOnlySpan<byte> query = exchange.Request.Head.Query;
        byte[] location = query.IsEmpty ? [.. exchange.Request.Path, (byte)'/'] : [.. exchange.Request.Path, .. "/?"u8, .. query];
        exchange.Response.AddField("Location"u8, location);
        exchange.Response.SendEmpty(308);
    }

    bool TryOpen(HttpExchange exchange, string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Representation? file)
    {
        file = null;
        FileInfo? plain = Existing(name);
        if (plain is null) return false;
        FileInfo? gzip = NotOlder(Existing(name + ".gz"), plain), brotli = NotOlder(Existing(name + ".br"), plain);
        ContentCoding coding = AcceptEncoding.Read(exchange.Request.Head.Fields).Choose(gzip is not null, brotli is not null);
        FileInfo chosen = coding switch { ContentCoding.Gzip => gzip!, ContentCoding.Brotli => brotli!, _ => plain };
        if (TryRead(chosen) is not { } content) return false;
        file = Describe(content, coding, exchange.NowSeconds) with
        {
            ContentType = Encoding.ASCII.GetBytes(MediaTypes.Of(name)),
            IsNegotiated = gzip is not null || brotli is not null,
        };
        return true;
    }

    FileInfo? Existing(string name)
    {
        FileInfo? info = folder.Find(name) is { } real ? new(real) : null;
        return info is { Exists: true } ? info : null;
    }

    // A sibling made before the file was last changed holds what it was, not what it is. One without content is no coding of anything.
    static FileInfo? NotOlder(FileInfo? sibling, FileInfo plain) =>
        sibling is not null && sibling.Length > 0 && sibling.LastWriteTimeUtc >= plain.LastWriteTimeUtc ? sibling : null;

    // What has no length is not opened: an empty file needs it not, and on a pipe or device it could wait forever.
    static ContentSource? TryRead(FileInfo file)
    {
        try
        {
            if (file.Length == 0) return MemoryContent.Empty;
            return new FileContent(File.OpenHandle(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.Asynchronous));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null; // gone since, or not for us to read: not found, and nothing told about which
        }
    }

    // RFC 9110 §8.8.1: a file that was written to within its clock's last tick may be so again without a trace, so it has no validators yet.
    static Representation Describe(ContentSource content, ContentCoding coding, long nowSeconds)
    {
        Representation bare = new() { Content = content, ContentType = [], Coding = coding };
        if (content is not FileContent file) return bare;
        long seconds = new DateTimeOffset(file.Written).ToUnixTimeSeconds();
        if (seconds > nowSeconds - StillSeconds) return bare;
        string form = coding switch { ContentCoding.Gzip => "-gz", ContentCoding.Brotli => "-br", _ => "" }; // RFC 9110 §8.8.3.3: each form has its own
        return bare with { Tag = Encoding.ASCII.GetBytes($"\"{file.Written.Ticks:x}-{file.Length:x}{form}\""), LastModifiedSeconds = seconds };
    }
}
