using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Channels;

namespace Conformance;

/// <summary>What a program left behind.</summary>
readonly record struct Ended(int ExitCode, string Output, string Errors);

/// <summary>A foreign program, or ours as one: its lines are waited for, and it is gone when the test is.</summary>
sealed class Child : IAsyncDisposable
{
    public const int Interrupt = 2, Kill = 9, Terminate = 15;

    readonly Process process;
    readonly Channel<string> lines = Channel.CreateUnbounded<string>();
    readonly StringBuilder output = new(), errors = new();
    readonly Task outputEnded, errorsEnded;
    readonly string name;

    Child(Process process, string name)
    {
        (this.process, this.name) = (process, name);
        outputEnded = ReadAsync(process.StandardOutput, output, lines.Writer);
        errorsEnded = ReadAsync(process.StandardError, errors, null);
    }

    /// <summary>The system's number of the process.</summary>
    public int Id => process.Id;

    /// <summary>Starts a program. No proxy of the environment comes between it and the server.</summary>
    public static Child Start(string program, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        ProcessStartInfo info = new(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach ((string variable, string value) in environment.Prepend(("NO_PROXY", "*")).Prepend(("no_proxy", "*"))) info.Environment[variable] = value;
        return new(Process.Start(info)!, $"{Path.GetFileName(program)} {string.Join(' ', arguments.Select(Shortened))}");
    }

    /// <summary>Runs one of the scripts in clients/.</summary>
    public static Child StartScript(string script, params string[] arguments) => Start(Tools.Node, [Path.Combine(Tools.Clients, script), .. arguments]);

    /// <summary>Runs a program to its end.</summary>
    public static async Task<Ended> RunAsync(string program, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        await using Child child = Start(program, arguments, environment);
        child.EndInput();
        return await child.EndAsync();
    }

    /// <summary>The next line that begins like this; those before it are passed over.</summary>
    public async Task<string> LineAsync(string beginning)
    {
        using CancellationTokenSource late = new(Bounded.Patience);
        try
        {
            await foreach (string line in lines.Reader.ReadAllAsync(late.Token))
                if (line.StartsWith(beginning, StringComparison.Ordinal)) return line;
        }
        catch (OperationCanceledException)
        {
            throw Failure($"did not print a line '{beginning}…' within {Bounded.Patience.TotalSeconds:0} s");
        }
        throw Failure($"ended without a line '{beginning}…'");
    }

    /// <summary>Writes to its standard input.</summary>
    public async Task WriteLineAsync(string line)
    {
        await process.StandardInput.WriteLineAsync(line);
        await process.StandardInput.FlushAsync();
    }

    /// <summary>Ends its standard input, which our scripts take as the sign to leave.</summary>
    public void EndInput() => process.StandardInput.Close();

    /// <summary>Waits until it has ended.</summary>
    public async Task<Ended> EndAsync()
    {
        try
        {
            await Task.WhenAll(process.WaitForExitAsync(), outputEnded, errorsEnded).WaitAsync(Bounded.Patience);
        }
        catch (TimeoutException)
        {
            throw Failure($"did not end within {Bounded.Patience.TotalSeconds:0} s");
        }
        return new(process.ExitCode, TextOf(output), TextOf(errors));
    }

    /// <summary>Sends a signal.</summary>
    public void Signal(int signal) => Assert.Equal(0, SendSignal(process.Id, signal));

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    static async Task ReadAsync(StreamReader reader, StringBuilder all, ChannelWriter<string>? each)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (all) all.Append(line).Append('\n');
            each?.TryWrite(line);
        }
        each?.Complete();
    }

    static string TextOf(StringBuilder text)
    {
        lock (text) return text.ToString();
    }

    static string Shortened(string argument) => argument.Length <= 100 ? argument : argument[..100] + "…";

    Xunit.Sdk.XunitException Failure(string what) => new($"{name} {what}.\nOutput:\n{TextOf(output)}\nErrors:\n{TextOf(errors)}");

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int SendSignal(int process, int signal);
}
