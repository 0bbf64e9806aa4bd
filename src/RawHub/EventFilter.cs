namespace RawHub;

/// <summary>Which messages a subscription wants, by their event names. The others are passed over: its cursor goes on past them.</summary>
/// <param name="names">The names; <c>message</c> also means messages without one, as in a browser's event stream (HTML §9.2.6).</param>
public sealed class EventFilter(IReadOnlyList<string> names)
{
    /// <summary>Most names in one filter.</summary>
    public const int MaxNames = 64;

    /// <summary>What a message without an event name is called.</summary>
    public const string Unnamed = "message";

    /// <summary>Whether a message with this event name is wanted; null for none.</summary>
    public bool Wants(string? eventName)
    {
        eventName ??= Unnamed;
        for (int i = 0; i < names.Count; i++)
            if (names[i] == eventName) return true;
        return false;
    }
}
