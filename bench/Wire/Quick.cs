using System.Globalization;
using System.Reflection;
using BenchmarkDotNet.Attributes;

namespace RawRealtime.Bench;

/// <summary>
/// Every reader and writer once, in this process, measured by the CPU time that it spent: for a quick look, and for machines that others use, too.
/// Writes the table of docs/performance.md. The classes are those that BenchmarkDotNet runs.
/// </summary>
static class Quick
{
    const int Turns = 15;
    const double TurnMilliseconds = 20;

    const string Tiers = "DOTNET_TieredCompilation";

    static readonly Type[] Classes =
    [
        typeof(HeadBenchmarks), typeof(ChunkBenchmarks), typeof(FrameHeaderBenchmarks), typeof(PayloadBenchmarks), typeof(WebSocketBenchmarks),
        typeof(EventBenchmarks), typeof(BatchBenchmarks), typeof(RecordBenchmarks), typeof(HubBenchmarks),
    ];

    internal static void Run()
    {
        // Else the runtime compiles again in the background what is used often, whenever this machine lets it: no two runs would agree.
        if (Environment.GetEnvironmentVariable(Tiers) != "0") throw new InvalidOperationException($"Run it with {Tiers}=0.");
        Console.WriteLine("| what | of | ns | allocated, B |\n|---|--:|--:|--:|");
        foreach (Type type in Classes)
        {
            PropertyInfo? parameter = type.GetProperties().FirstOrDefault(one => one.IsDefined(typeof(ParamsAttribute)));
            foreach (object? value in parameter?.GetCustomAttribute<ParamsAttribute>()!.Values ?? [null]) Measure(type, parameter, value);
        }
    }

    static void Measure(Type type, PropertyInfo? parameter, object? value)
    {
        object benchmarks = Activator.CreateInstance(type)!;
        parameter?.SetValue(benchmarks, value);
        type.GetMethods().First(one => one.IsDefined(typeof(GlobalSetupAttribute))).Invoke(benchmarks, null);
        foreach (MethodInfo method in type.GetMethods().Where(one => one.IsDefined(typeof(BenchmarkAttribute))))
        {
            (double nanoseconds, double bytes) = Measure(method.CreateDelegate<Func<int>>(benchmarks));
            string of = parameter is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{parameter.Name} {value:N0}");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| `{type.Name.Replace("Benchmarks", "", StringComparison.Ordinal)}.{method.Name}` | {of} | {nanoseconds:N1} | {bytes:N0} |"));
        }
    }

    // The median turn. What is allocated is counted over all of them.
    static (double Nanoseconds, double Bytes) Measure(Func<int> action)
    {
        action(); // compiled now, and not in the time of a turn
        int rounds = 1;
        while (Time(action, rounds) < TurnMilliseconds) rounds *= 2;
        double[] times = new double[Turns];
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int turn = 0; turn < Turns; turn++) times[turn] = Time(action, rounds) * 1e6 / rounds;
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Array.Sort(times);
        return (times[Turns / 2], (double)allocated / Turns / rounds);
    }

    static double Time(Func<int> action, int rounds)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        for (int i = 0; i < rounds; i++) action();
        return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
    }
}
