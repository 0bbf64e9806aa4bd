using RawJournal.Wire;
using RawRealtime.Bench;

// Where: the disk is what is measured. How long: seconds for each row.
string folder = args.Length > 0 ? args[0] : Path.GetTempPath();
double seconds = args.Length > 1 ? double.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 3;
Console.WriteLine("| policy | writers | records/s | records a batch | commit, median | commit, 99 % |");
Console.WriteLine("|---|--:|--:|--:|--:|--:|");
foreach (FsyncPolicy policy in Enum.GetValues<FsyncPolicy>())
    foreach (int writers in new[] { 1, 64 }) Console.WriteLine(Run.Measure(folder, policy, writers, TimeSpan.FromSeconds(seconds)));
