namespace RawHub;

/// <summary>What is known of a message beside its data.</summary>
/// <param name="Channel">Where it goes.</param>
/// <param name="IsText">Whether the data is text: then it is valid UTF-8, which the caller has checked.</param>
/// <param name="Event">A valid event name, or null.</param>
/// <param name="UnixMs">When: milliseconds since 1970, UTC.</param>
/// <param name="TtlMs">How long it is worth delivering, in milliseconds; 0 for as long as it is kept. After that it is passed over without a word: its publisher wanted it so.</param>
/// <param name="Key">Its idempotency key, to be found again after a restart; null for none.</param>
public readonly record struct Publication(ChannelName Channel, bool IsText, string? Event, long UnixMs = 0, long TtlMs = 0, string? Key = null);
