using System.Globalization;
using System.IO.Compression;

namespace RawRealtime.Bench;

/// <summary>
/// Theirs and ours in turns, in one process, measured by the CPU time that it spent: for machines that others use, too, where BenchmarkDotNet, which
/// runs one after the other, compares what the others left. Writes the rows of docs/performance.md.
/// </summary>
static class Paired
{
    const int Turns = 21, BytesPerTurn = 2_000_000, WarmUpBytes = 16_000_000;

    static readonly int[] Sizes = [200, 1_024, 4_096, 16_384];

    internal static void Run()
    {
        Console.WriteLine("| deflate | size | theirs, ns/B | ours, ns/B | time | theirs, bytes out | ours, bytes out | size |\n|---|--:|--:|--:|--:|--:|--:|--:|");
        foreach (bool takeover in new[] { false, true })
            foreach (int size in Sizes) Deflate(size, takeover);
        Console.WriteLine("\n| inflate | size | made by | theirs, ns/B | ours, ns/B | time |\n|---|--:|---|--:|--:|--:|");
        foreach (bool takeover in new[] { false, true })
            foreach (int size in Sizes)
                foreach (CompressionLevel made in new[] { CompressionLevel.Optimal, CompressionLevel.Fastest }) Inflate(size, takeover, made);
    }

    static void Deflate(int size, bool takeover)
    {
        var bench = new DeflateBenchmarks { Size = size, Takeover = takeover };
        bench.Begin();
        (string, Func<int>, Func<int>)[] pairs = [("Fast", bench.Fastest, bench.Fast), ("Small", bench.Optimal, bench.Small)];
        foreach ((string name, Func<int> theirs, Func<int> ours) in pairs)
        {
            (double theirTime, double ourTime, double ratio) = Measure(() => theirs(), () => ours(), bench.Messages * size);
            double theirSize = (double)theirs() / bench.Messages, ourSize = (double)ours() / bench.Messages;
            Row($"| {name}{Context(takeover)} | {size:N0} | {theirTime:F2} | {ourTime:F2} | {ratio:F2} | {theirSize:F0} | {ourSize:F0} | {ourSize / theirSize:F2} |");
        }
        bench.End();
    }

    static void Inflate(int size, bool takeover, CompressionLevel made)
    {
        var bench = new InflateBenchmarks { Size = size, Takeover = takeover, Made = made };
        bench.Begin();
        (double theirs, double ours, double ratio) = Measure(bench.Theirs, bench.Ours, bench.Messages * size);
        Row($"| {Context(takeover)[2..]} | {size:N0} | {made} | {theirs:F2} | {ours:F2} | {ratio:F2} |");
        bench.End();
    }

    // Medians of time per byte, and of the ratio of neighbouring turns.
    static (double Theirs, double Ours, double Ratio) Measure(Action theirs, Action ours, int bytes)
    {
        for (int warm = 0; warm < WarmUpBytes; warm += 2 * bytes)
        {
            theirs();
            ours();
        }
        double[] theirTimes = new double[Turns], ourTimes = new double[Turns], ratios = new double[Turns];
        int rounds = Math.Max(1, BytesPerTurn / bytes);
        for (int turn = 0; turn < Turns; turn++)
        {
            theirTimes[turn] = Time(theirs, rounds) / bytes;
            ourTimes[turn] = Time(ours, rounds) / bytes;
            ratios[turn] = ourTimes[turn] / theirTimes[turn];
        }
        return (Median(theirTimes), Median(ourTimes), Median(ratios));
    }

    static double Time(Action action, int rounds)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        for (int i = 0; i < rounds; i++) action();
        return (Environment.CpuUsage.TotalTime - before).TotalNanoseconds / rounds;
    }

    static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }

    static string Context(bool takeover) => takeover ? ", context kept" : ", no context";

    static void Row(FormattableString row) => Console.WriteLine(row.ToString(CultureInfo.InvariantCulture));
}
