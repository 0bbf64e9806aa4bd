using RawWebSocket;

namespace RawRealtime.Client;

/// <summary>What <c>rawrealtime connect</c> was told.</summary>
internal sealed record ConnectOptions
{
    /// <summary>Largest message taken, in bytes: 64 MiB.</summary>
    public const int MaxMessageBytes = 64 << 20;

    /// <summary>Where to.</summary>
    public required Uri Server { get; init; }

    /// <summary>What the opening asks for, and the connection's limits.</summary>
    public WsClientOptions Opening { get; init; } = WsClientOptions.Default;

    /// <summary>Messages are sent as bytes, and those that come are written as they are where no terminal shows them.</summary>
    public bool IsBinary { get; init; }

    /// <summary>One JSON line per event instead of the messages alone.</summary>
    public bool IsJson { get; init; }

    /// <summary>How long the server must be silent after the input's end before the connection is closed; null for as long as the server keeps it open.</summary>
    public TimeSpan? Wait { get; init; } = TimeSpan.FromSeconds(1);
}
