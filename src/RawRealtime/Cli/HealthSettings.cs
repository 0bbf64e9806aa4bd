using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using RawHttp.Client;
using RawRealtime.Server;

namespace RawRealtime.Cli;

/// <summary>Whom <c>health</c> asks: who is named, else the server that the same settings describe, which is the one of the same container.</summary>
internal sealed class HealthSettings
{
    const string Route = "/healthz";

    /// <summary>Who is asked.</summary>
    public Argument<string?> Server { get; } = new("server")
    {
        Description = "Where the server is, such as http://127.0.0.1:5000. None: where the settings, the environment or the file say that it listens",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>What was set.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="serving">The server's own settings.</param>
    /// <exception cref="BadSettingException">The address is none, or nobody can know the port.</exception>
    public HealthTarget Read(ParseResult parsed, ServeSettings serving)
    {
        if (parsed.GetValue(Server) is not { } named) return Of(serving.Read(parsed));
        Uri address = ServerAddress.Read(named, Server.Name);
        return new(HttpOrigin.Of(address), address.AbsolutePath.TrimEnd('/') + Route, named);
    }

    /// <summary>The first place that a server listens at, as it is reached from its own machine.</summary>
    /// <exception cref="BadSettingException">It is port 0.</exception>
    internal static HealthTarget Of(ServerOptions options)
    {
        string scheme = options.Tls.IsEmpty ? "http" : "https";
        if (options.EndPoints[0] is UnixDomainSocketEndPoint file) return new(HttpOrigin.Of(new($"{scheme}://localhost"), file.ToString()), Route, $"unix:{file}");
        IPEndPoint at = (IPEndPoint)options.EndPoints[0];
        if (at.Port == 0) throw new BadSettingException("port 0 is a free port that only the server knows: name its address.");
        // The socket of "all addresses" of IPv6 takes IPv4 too.
        IPAddress near = at.Address.Equals(IPAddress.Any) || at.Address.Equals(IPAddress.IPv6Any) ? IPAddress.Loopback : at.Address;
        string address = $"{scheme}://{new IPEndPoint(near, at.Port)}";
        return new(HttpOrigin.Of(new(address)), Route, address);
    }
}

/// <summary>Whom <c>health</c> asks.</summary>
/// <param name="Origin">Where the request goes.</param>
/// <param name="Path">Its path.</param>
/// <param name="Name">What people call it.</param>
internal readonly record struct HealthTarget(HttpOrigin Origin, string Path, string Name);
