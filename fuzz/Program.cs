using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace RawHttp.Fuzz;

/// <summary>The command line; see README.md beside it.</summary>
static class Program
{
    const string Usage = """
        usage: RawHttp.Fuzz list
               RawHttp.Fuzz mutate TARGET [--executions N] [--seed N] [--corpus DIR] [--crashes DIR] [--keep DIR]
               RawHttp.Fuzz run TARGET FILE...
               RawHttp.Fuzz afl TARGET
               RawHttp.Fuzz instrument ASSEMBLY

        list        names the targets
        mutate      changes the inputs of a corpus, in this process; guided by edges when the libraries are instrumented
        run         shows a target the inputs in files or folders, to see a crash again
        afl         shows a target what afl-fuzz sends; started by afl-fuzz, see run.sh
        instrument  makes a copy of a library count the edges it takes
        """;

    const int Success = 0, Failure = 1, BadUsage = 2;

    static int Main(string[] arguments)
    {
        Edges.Begin(); // before anything instrumented runs
        try
        {
            return Run(arguments);
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{wrong.Message}\n\n{Usage}");
            return BadUsage;
        }
    }

    static int Run(string[] arguments)
    {
        switch (arguments)
        {
            case ["list"]:
                foreach (Target target in Target.All()) Console.WriteLine(target.Name);
                return Success;
            case ["mutate", var name, .. var options]: return Mutate(Find(name), Options(options));
            case ["run", var name, .. var files]: return Replay(Find(name), files);
            case ["afl", var name]: return Afl(Find(name));
            case ["instrument", var assembly]:
                SharpFuzz.Fuzzer.Instrument(assembly, _ => true, SharpFuzz.Options.Value);
                return Success;
            default: throw new ArgumentException("No such command.");
        }
    }

    static Target Find(string name) => Target.All().FirstOrDefault(target => target.Name == name) ?? throw new ArgumentException($"There is no target of the name {name}.");

    static Dictionary<string, string> Options(string[] options)
    {
        string[] known = ["--executions", "--seed", "--corpus", "--crashes", "--keep"];
        var values = new Dictionary<string, string>();
        for (int i = 0; i < options.Length; i += 2)
            values[known.Contains(options[i]) ? options[i] : throw new ArgumentException($"There is no option {options[i]}.")] =
                i + 1 < options.Length ? options[i + 1] : throw new ArgumentException($"{options[i]} needs a value.");
        return values;
    }

    static int Mutate(Target target, Dictionary<string, string> options)
    {
        long count = long.Parse(options.GetValueOrDefault("--executions", "1000000"), CultureInfo.InvariantCulture);
        ulong seed = ulong.Parse(options.GetValueOrDefault("--seed", "1"), CultureInfo.InvariantCulture);
        string crashes = options.GetValueOrDefault("--crashes", "crashes");
        var campaign = new Campaign(target, Corpus.Read(options.GetValueOrDefault("--corpus", Path.Combine("fuzz", "corpus", target.Name))), seed);
        using Timer watch = WatchProgress(campaign, target.Name, crashes);
        var time = Stopwatch.StartNew();
        Crash? crash = campaign.Run(count);
        double seconds = time.Elapsed.TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{target.Name}: {campaign.Executions} executions, seed {seed}, {(crash is null ? 0 : 1)} crashes, {seconds:F0} s, {campaign.Executions / seconds:F0}/s, {(Edges.Count > 0 ? $"guided, {Edges.Count} edges" : "not guided")}, {campaign.Inputs.Count} inputs"));
        if (options.TryGetValue("--keep", out string? keep)) Keep(campaign.Inputs, keep);
        if (crash is null) return Success;
        Tell(crash, target.Name, crashes);
        return Failure;
    }

    static int Replay(Target target, string[] files)
    {
        foreach (string file in files)
        {
            Crash? crash = new Campaign(target, Corpus.Read(file), 0).Run(0);
            if (crash is null) continue;
            Console.WriteLine($"{file}:\n{crash.Reason}\n{Encoding.Latin1.GetString(crash.Input)}");
            return Failure;
        }
        Console.WriteLine($"{target.Name}: {files.Length} files or folders, no crash");
        return Success;
    }

    // In this process, many inputs: afl-fuzz gives each through a pipe and reads the map of edges from shared memory.
    static int Afl(Target target)
    {
        byte[] input = new byte[1 << 16];
        SharpFuzz.Fuzzer.Run(stream => target.Run(input.AsSpan(0, stream.ReadAtLeast(input, input.Length, throwOnEndOfStream: false))));
        return Success;
    }

    // An endless loop is a find too, and only another thread can tell it.
    static Timer WatchProgress(Campaign campaign, string name, string crashes)
    {
        long before = -1;
        TimeSpan patience = TimeSpan.FromSeconds(20);
        return new Timer(_ =>
        {
            long now = campaign.Executions;
            if (now == before)
            {
                Tell(new(campaign.Current[..campaign.CurrentLength], new TimeoutException("One input took more than 20 seconds.")), name, crashes);
                Environment.Exit(Failure);
            }
            before = now;
        }, null, patience, patience);
    }

    static void Tell(Crash crash, string name, string folder)
    {
        Directory.CreateDirectory(folder);
        string file = Path.Combine(folder, $"{name}-{StreamTarget.Hash(crash.Input):x8}");
        File.WriteAllBytes(file, crash.Input);
        Console.WriteLine($"{crash.Reason}\ninput, also in {file}:\n{Encoding.Latin1.GetString(crash.Input)}");
    }

    static void Keep(IReadOnlyList<byte[]> inputs, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (byte[] input in inputs) File.WriteAllBytes(Path.Combine(folder, $"{StreamTarget.Hash(input):x8}"), input);
    }
}
