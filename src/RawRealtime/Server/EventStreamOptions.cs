namespace RawRealtime.Server;

/// <summary>What event streams are told.</summary>
internal sealed record EventStreamOptions
{
    /// <summary>Whether they are sent as gzip to clients that accept it. docs/decisions/0043-gzip-of-event-streams.md.</summary>
    public bool Compresses { get; init; } = true;

    /// <summary>How long one may last, of which it lasts 80 to 100 %; null for without an end.</summary>
    public TimeSpan? MaxAge { get; init; }
}
