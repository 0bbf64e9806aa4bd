using System.Globalization;
using System.Text.Json;

namespace RawRealtime.Server;

/// <summary>How long a message may be delivered after it was published. docs/contract.md, Publishing.</summary>
/// <param name="Seconds">1 to <see cref="MaxSeconds"/>.</param>
internal readonly record struct TimeToLive(int Seconds)
{
    /// <summary>The longest: 365 days.</summary>
    public const int MaxSeconds = 31_536_000;

    /// <summary>The same in milliseconds.</summary>
    public long Milliseconds => Seconds * 1000L;

    /// <summary>Reads a value of a query or a command line: digits and nothing else.</summary>
    /// <param name="text">The value; null for none.</param>
    /// <param name="ttl">What was read; null for none.</param>
    public static bool TryRead(string? text, out TimeToLive? ttl)
    {
        ttl = null;
        return text is null || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) && TryMake(seconds, out ttl));
    }

    /// <summary>Reads the member <c>ttl</c>: a whole number.</summary>
    /// <param name="json">A JSON object.</param>
    /// <param name="ttl">What was read; null when there is no such member.</param>
    public static bool TryRead(JsonElement json, out TimeToLive? ttl)
    {
        ttl = null;
        if (!json.TryGetProperty("ttl"u8, out JsonElement value) || value.ValueKind == JsonValueKind.Null) return true;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int seconds) && TryMake(seconds, out ttl);
    }

    static bool TryMake(int seconds, out TimeToLive? ttl)
    {
        ttl = seconds is >= 1 and <= MaxSeconds ? new(seconds) : null;
        return ttl is not null;
    }
}
