// Each test starts servers, clients and browsers of its own: one after the other, so that their times mean something.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Conformance;

/// <summary>
/// The foreign programs that judge the server. Where one is missing the test that asked for it is skipped with the reason;
/// with REQUIRE_ALL=1 it fails, so that nothing is left out unseen where all of them should be.
/// </summary>
static class Tools
{
    static readonly bool AllRequired = Environment.GetEnvironmentVariable("REQUIRE_ALL") == "1";

    public static string Curl => OnPath("curl");

    public static string Python => OnPath("python3", "python");

    /// <summary>The first Python on the path that knows a module which is not its own: the system's packages are not every Python's.</summary>
    public static async Task<string> PythonWithAsync(string module)
    {
        foreach (string python in AllOnPath("python3", "python"))
            if ((await Child.RunAsync(python, ["-c", $"import {module}"])).ExitCode == 0) return python;
        return Missing($"no Python on the path has the module {module}");
    }

    /// <summary>Node for scripts that need nothing but itself.</summary>
    public static string PlainNode => OnPath("node");

    public static string Chromium => OnPath("chromium", "chromium-browser", "google-chrome");

    /// <summary>The program that runs this test, which runs the server's own exe too.</summary>
    public static string DotNet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? OnPath("dotnet");

    /// <summary>A POSIX shell, for limits and for lines that people paste.</summary>
    public static string Shell => OnPath("sh");

    public static string Node
    {
        get
        {
            string node = PlainNode;
            if (!Directory.Exists(Path.Combine(Clients, "node_modules", "ws")))
                Missing("the packages of tests/Conformance/clients are not installed: npm ci --ignore-scripts");
            return node;
        }
    }

    /// <summary>The folder of the scripts.</summary>
    public static string Clients => Path.Combine(Root, "tests", "Conformance", "clients");

    /// <summary>Where the repository is.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The exe under test, beside this assembly.</summary>
    public static string Exe => Path.Combine(AppContext.BaseDirectory, "rawrealtime.dll");

    /// <summary>For what only Unix has: signals and limits.</summary>
    public static void RequireUnix()
    {
        if (OperatingSystem.IsWindows()) Missing("signals and limits of Unix are not to be had on Windows");
    }

    static string OnPath(params string[] names) => AllOnPath(names).FirstOrDefault() ?? Missing($"{names[0]} is not on the path");

    static IEnumerable<string> AllOnPath(params string[] names)
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        string[] endings = OperatingSystem.IsWindows() ? [".exe", ".cmd"] : [""];
        return names.SelectMany(name => folders.SelectMany(folder => endings.Select(ending => Path.Combine(folder, name + ending)))).Where(File.Exists);
    }

    static string Missing(string reason)
    {
        Assert.False(AllRequired, $"REQUIRE_ALL=1, but {reason}");
        throw new SkipException(reason);
    }

    static string FindRoot()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "RawRealtime.sln"))) folder = Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar))!;
        return folder;
    }
}
