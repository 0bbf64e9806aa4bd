using RawJournal;

namespace RawRealtime.Storage;

/// <summary>Where and how messages are written down.</summary>
/// <param name="Directory">The folder; it belongs to this server alone.</param>
/// <param name="Journal">How the journal in it is written.</param>
internal sealed record StoreOptions(string Directory, JournalOptions Journal);
