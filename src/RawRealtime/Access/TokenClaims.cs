using System.Text.Json;
using RawHub;
using RawRealtime.Server;

namespace RawRealtime.Access;

/// <summary>What a token says, its members read and their types checked. RFC 7519 §4.1; the claim <c>rawrealtime</c> is ours, docs/tokens.md.</summary>
internal sealed record TokenClaims
{
    /// <summary>The name of our claim.</summary>
    public const string Ours = "rawrealtime";

    static readonly long LastSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds() - 60; // so that the skew can be added

    /// <summary>Who it is about: <c>sub</c>.</summary>
    public string? Subject { get; init; }

    /// <summary>Who made it: <c>iss</c>.</summary>
    public string? Issuer { get; init; }

    /// <summary>For whom it was made: <c>aud</c>.</summary>
    public IReadOnlyList<string> Audiences { get; init; } = [];

    /// <summary>From when on it counts no more: <c>exp</c>.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Before when it does not count yet: <c>nbf</c>.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Where it lets publish.</summary>
    public IReadOnlyList<ChannelPattern> Publish { get; init; } = [];

    /// <summary>What it lets subscribe to.</summary>
    public IReadOnlyList<ChannelPattern> Subscribe { get; init; } = [];

    /// <summary>What it lets delete.</summary>
    public IReadOnlyList<ChannelPattern> Delete { get; init; } = [];

    /// <summary>Reads them. Members that we do not know are left alone (RFC 7519 §4).</summary>
    public static ServerFault Read(ReadOnlyMemory<byte> payload, out TokenClaims claims)
    {
        claims = new();
        try
        {
            using JsonDocument document = JsonDocument.Parse(payload, TokenText.Strict);
            claims = Read(document.RootElement);
            return ServerFault.None;
        }
        catch (Exception notOurs) when (notOurs is JsonException or InvalidOperationException or FormatException)
        {
            return ServerFault.TokenClaims; // no JSON, a member of another type, or a text that is no pattern
        }
    }

    static TokenClaims Read(JsonElement json)
    {
        if (!json.TryGetProperty(Ours, out JsonElement ours)) throw new FormatException($"There is no {Ours}.");
        return new()
        {
            Subject = Text(json, "sub"),
            Issuer = Text(json, "iss"),
            Audiences = Texts(json, "aud"),
            ExpiresAt = Moment(json, "exp"),
            NotBefore = Moment(json, "nbf"),
            Publish = Patterns(ours, "publish"),
            Subscribe = Patterns(ours, "subscribe"),
            Delete = Patterns(ours, "delete"),
        };
    }

    static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) ? value.GetString() ?? throw new FormatException($"{name} is null.") : null;

    // RFC 7519 §4.1.3: one text, or a list of them.
    static string[] Texts(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out JsonElement value)) return [];
        return value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(Named)] : [Named(value)];
    }

    static string Named(JsonElement text) => text.GetString() ?? throw new FormatException("A text is null.");

    // RFC 7519 §2, NumericDate: seconds since 1970, with a fraction or without.
    static DateTimeOffset? Moment(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out JsonElement value)) return null;
        double seconds = value.GetDouble();
        return seconds >= 0 && seconds <= LastSecond ? DateTimeOffset.UnixEpoch.AddSeconds(seconds) : throw new FormatException($"{name} is no date.");
    }

    static ChannelPattern[] Patterns(JsonElement ours, string name) =>
        ours.TryGetProperty(name, out JsonElement list) ? [.. list.EnumerateArray().Select(PatternOf)] : [];

    static ChannelPattern PatternOf(JsonElement text) =>
        ChannelPattern.TryParse(text.GetString(), out ChannelPattern pattern) ? pattern : throw new FormatException("No pattern of channels.");
}
