namespace House;

/// <summary>Wire code is bytes in, values out: nothing in a pure namespace can reach a socket, a file, a task, a clock or a log.</summary>
public sealed class PurityTests
{
    static readonly string[] PureNamespaces =
    [
        "RawNet.Wire", "RawHttp.Wire", "RawWebSocket.Wire", "RawWebSocket.Handshake", "RawWebSocket.Deflate", "RawSse.Wire", "RawLongPoll.Wire", "RawHub", "RawJournal.Wire",
    ];

    // What every pure namespace may use. "X.*" takes in the namespaces below X.
    static readonly string[] AllowedNamespaces =
    [
        "System", "System.Buffers.*", "System.Collections.*", "System.Diagnostics.CodeAnalysis", "System.Globalization",
        "System.Numerics", "System.Runtime.*", "System.Text.*",
    ];

    // Types of an allowed namespace that bring time, chance or surroundings with them.
    static readonly string[] ForbiddenTypes =
    [
        "System.TimeProvider", "System.Environment", "System.Console", "System.Random", "System.AppContext", "System.Activator",
    ];

    // What hides loops and allocations: a parser says each step.
    static readonly string[] ForbiddenNamespaces = ["System.Linq", "System.Text.RegularExpressions"];

    static readonly string[] ForbiddenMembers =
    [
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today",
        "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow", "System.Guid.NewGuid",
    ];

    // One namespace, one more type, and why.
    static readonly (string Namespace, string Type, string Why)[] Exceptions =
    [
        ("RawHub", "System.Threading.Lock", "channels are shared by threads; the hub may lock, it never waits"),
        ("RawHub", "System.Threading.Monitor", "what the compiler makes of a lock"),
        ("RawHub", "System.Threading.Interlocked", "counted messages"),
        ("RawHub", "System.Threading.Volatile", "counts read without the lock"),
        ("RawHub", "RawNet.SharedBytes", "one encoding serves all subscribers"),
        ("RawNet.Wire", "System.Net.IPAddress", "a value: four or sixteen bytes"),
        ("RawNet.Wire", "System.Net.IPEndPoint", "a value: an address and a port"),
        ("RawWebSocket.Handshake", "System.Security.Cryptography.SHA1", "RFC 6455 §4.2.2 names it"),
    ];

    // One type, one more type, and why.
    static readonly (string By, string Type, string Why)[] TypeExceptions =
    [
        ("RawWebSocket.Wire.RandomMaskKeys", "System.Security.Cryptography.RandomNumberGenerator", "RFC 6455 §5.3: a mask key is unpredictable"),
        ("RawWebSocket.Handshake.AcceptKey", "System.Security.Cryptography.RandomNumberGenerator", "RFC 6455 §4.1: the client's key is chosen at random"),
        ("RawWebSocket.Handshake.OriginRule", "System.Linq.Enumerable", "the list of origins is prepared once, when the server starts"),
        ("RawHub.Epoch", "System.Security.Cryptography.RandomNumberGenerator", "a new history must not be taken for an old one"),
        ("RawHub.IHubWork", "System.Threading.IThreadPoolWorkItem", "the exe queues work as it is, without an object around it; the hub itself queues nothing"),
        ("RawHub.Feed", "System.Threading.IThreadPoolWorkItem", "it is such work"),
        ("RawHub.Subscription", "System.Threading.IThreadPoolWorkItem", "it is such work"),
    ];

    public static TheoryData<string> Namespaces => [.. PureNamespaces];

    [Theory]
    [MemberData(nameof(Namespaces))]
    public void Pure_code_uses_nothing_but_values(string pure)
    {
        string project = pure.Split('.')[0];
        IEnumerable<string> impure = TypeUses.Of(Repository.AssemblyPath(project))
            .Where(use => NamespaceOf(use.By) == pure && !IsAllowed(pure, use)).Select(use => use.ToString()).Distinct();
        Repository.None(impure);
    }

    /// <summary>The test above would find what it is for.</summary>
    [Theory]
    [InlineData("RawNet.SocketChannel", "System.Net.Sockets.Socket")]
    [InlineData("RawNet.TlsChannel", "System.Net.Security.SslStream")]
    [InlineData("RawNet.Connector", "RawNet.SocketChannel")] // only inside an async method, in a type the compiler made
    [InlineData("RawNet.Connection", "System.Threading.Tasks.ValueTask`1")]
    [InlineData("RawNet.Heartbeat", "System.TimeProvider")]
    [InlineData("RawNet.Listener", "System.Threading.Tasks.Task")]
    [InlineData("RawNet.SendQueue", "System.IO.IOException", false)]
    public void It_sees_into_fields_signatures_and_bodies(string by, string type, bool uses = true)
    {
        IReadOnlyCollection<Use> found = TypeUses.Of(Repository.AssemblyPath("RawNet"));
        Assert.Equal(uses, found.Any(use => use.By == by && use.Type == type));
        if (uses) Assert.Contains(found, use => use.By == by && use.Type == type && !IsAllowed("RawNet", use));
    }

    [Fact]
    public void It_sees_single_members()
    {
        IReadOnlyCollection<Use> found = TypeUses.Of(typeof(PurityTests).Assembly.Location);
        Assert.Contains(found, use => use is { By: "House.UsesTheClock", Type: "System.DateTime", Member: "get_UtcNow" } && !IsAllowed("House", use));
    }

    [Theory]
    [InlineData("System.Linq.Enumerable")]
    [InlineData("System.Text.RegularExpressions.Regex")]
    public void It_sees_what_hides_a_loop(string type) =>
        Assert.Contains(TypeUses.Of(typeof(PurityTests).Assembly.Location), use => use.Type == type && !IsAllowed("House", use));

    [Fact]
    public void Every_pure_namespace_that_has_files_is_listed()
    {
        IEnumerable<string> folders = Repository.Files("src", "*.cs").Select(path => path.Split('/'))
            .Where(parts => parts.Length > 3 && parts[2] is "Wire" or "Handshake" or "Deflate").Select(parts => parts[1] + "." + parts[2]).Distinct();
        Repository.None(folders.Except(PureNamespaces));
    }

    [Fact]
    public void Exceptions_are_needed()
    {
        List<Use> all = [.. Repository.Libraries.SelectMany(project => TypeUses.Of(Repository.AssemblyPath(project)))];
        Repository.None(Exceptions.Where(one => one.Type != "System.Threading.Monitor" && !all.Any(use => NamespaceOf(use.By) == one.Namespace && use.Type == one.Type)).Select(one => one.Type));
        Repository.None(TypeExceptions.Where(one => !all.Any(use => use.By == one.By && use.Type == one.Type)).Select(one => one.By));
    }

    static bool IsAllowed(string pure, Use use)
    {
        if (use.Type.Length == 0 || !use.Type.Contains('.', StringComparison.Ordinal)) return true; // made by the compiler
        if (Exceptions.Any(one => one.Namespace == pure && one.Type == use.Type)) return true;
        if (TypeExceptions.Any(one => one.By == use.By && one.Type == use.Type)) return true;
        if (ForbiddenTypes.Contains(use.Type) || ForbiddenMembers.Contains(use.Type + "." + use.Member)) return false;
        string space = NamespaceOf(use.Type);
        if (ForbiddenNamespaces.Contains(space)) return false;
        return PureNamespaces.Contains(space) || AllowedNamespaces.Any(allowed => IsIn(space, allowed));
    }

    static bool IsIn(string space, string allowed) =>
        allowed.EndsWith(".*", StringComparison.Ordinal)
            ? space == allowed[..^2] || space.StartsWith(allowed[..^1], StringComparison.Ordinal)
            : space == allowed;

    static string NamespaceOf(string type) => type.LastIndexOf('.') is > 0 and int dot ? type[..dot] : "";
}

/// <summary>Here for <see cref="PurityTests"/> to find.</summary>
static class UsesTheClock
{
    public static bool IsLate => DateTime.UtcNow.Hour > 20;
}
