namespace RawRealtime.Client;

/// <summary>A channel of which something is missing.</summary>
internal readonly record struct LostOf(string Channel, string Reason);

/// <summary>Where delivery begins, and what is missing before that. docs/contract.md, Position.</summary>
/// <param name="From">The cursor that delivery starts after.</param>
/// <param name="Recovered">Nothing is missing.</param>
/// <param name="Reason">Why something is; null when nothing is.</param>
/// <param name="Lost">Which channels that is true of; empty when there is one.</param>
internal sealed record PositionTold(string From, bool Recovered, string? Reason, IReadOnlyList<LostOf> Lost);

/// <summary>A message. docs/contract.md, Message.</summary>
/// <param name="Cursor">The cursor after it.</param>
/// <param name="Channel">Its channel.</param>
/// <param name="Id">Its id.</param>
/// <param name="Event">Its event name; null for none.</param>
/// <param name="Data">Its data: text, or bytes in base64.</param>
/// <param name="IsBytes">The data is bytes.</param>
/// <param name="Time">When it was published.</param>
internal sealed record MessageTold(string Cursor, string Channel, string Id, string? Event, string Data, bool IsBytes, string Time);

/// <summary>Something went wrong with a part of the subscription; the rest goes on.</summary>
internal sealed record ErrorTold(string Code, string Detail, string? Channel);
