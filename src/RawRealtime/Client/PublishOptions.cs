using RawRealtime.Server;

namespace RawRealtime.Client;

/// <summary>What <c>rawrealtime publish</c> was told.</summary>
/// <param name="Target">Where to.</param>
internal sealed record PublishOptions(ServerTarget Target)
{
    /// <summary>The channel; null for the server's own default.</summary>
    public string? Channel { get; init; }

    /// <summary>The event name; null for none.</summary>
    public string? Event { get; init; }

    /// <summary>How long the messages may be delivered; null for as long as they are kept.</summary>
    public TimeToLive? Ttl { get; init; }

    /// <summary>The idempotency key of one message, or what those of several begin with; null for none.</summary>
    public string? Key { get; init; }

    /// <summary>What is published: each one message; none for what comes from the file or the input.</summary>
    public IReadOnlyList<string> Data { get; init; } = [];

    /// <summary>A file to publish; null for the input.</summary>
    public string? File { get; init; }

    /// <summary>Data is bytes.</summary>
    public bool IsBinary { get; init; }

    /// <summary>Each line of the file or the input is a message.</summary>
    public bool AreLines { get; init; }

    /// <summary>One JSON line per event.</summary>
    public bool IsJson { get; init; }

    /// <summary>The target of the requests.</summary>
    public string Path => Target.PathOf("/publish", ("channel", Channel), ("event", Event), ("ttl", Ttl?.Seconds.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    /// <summary>The key of the message with this number; null for none. One that is alone has the key as it is.</summary>
    public string? KeyOf(long number) => Key is null || (Data.Count <= 1 && !AreLines) ? Key : $"{Key}-{number}";
}
