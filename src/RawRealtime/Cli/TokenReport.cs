using System.Globalization;
using System.Text;
using System.Text.Json;
using RawHub;
using RawRealtime.Access;
using RawRealtime.Server;

namespace RawRealtime.Cli;

/// <summary>What <c>rawrealtime token</c> says, for people or as JSON.</summary>
internal static class TokenReport
{
    /// <summary>A token was made.</summary>
    public static void Made(TextWriter output, bool isJson, string token, TokenClaims claims) => output.WriteLine(!isJson ? token : Json(json =>
    {
        json.WriteString("token"u8, token);
        Write(json, claims);
    }));

    /// <summary>A token was checked.</summary>
    public static void Checked(TextWriter output, bool isJson, ServerFault fault, TokenClaims claims, DateTimeOffset now)
    {
        if (isJson) output.WriteLine(Json(json => Write(json, fault, claims)));
        else if (fault != ServerFault.None) output.WriteLine($"Refused, {ServerFaults.CodeOf(fault)}: {ServerFaults.DetailOf(fault)}");
        else foreach (string line in Lines(claims, now)) output.WriteLine(line);
    }

    static IEnumerable<string> Lines(TokenClaims claims, DateTimeOffset now)
    {
        yield return claims.Subject is { } subject ? $"A good token of {Client.VisibleText.Of(subject)}." : "A good token of nobody by name.";
        yield return $"It may publish to {Told(claims.Publish)}.";
        yield return $"It may subscribe to {Told(claims.Subscribe)}.";
        yield return $"It may delete {Told(claims.Delete)}.";
        yield return claims.ExpiresAt switch
        {
            null => "It counts for ever.",
            { } end when end <= now => $"It counted until {Told(end)}, and does still, since clocks may differ by {Quantities.WriteDuration(TokenChecker.Skew)}.",
            { } end => $"It counts until {Told(end)}, {Left(end - now)} from now.",
        };
    }

    static string Told(IReadOnlyList<ChannelPattern> patterns) => patterns.Count == 0 ? "nothing" : string.Join(", ", patterns.Select(pattern => pattern.Text));

    static string Told(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    static string Left(TimeSpan left) => Quantities.WriteDuration(TimeSpan.FromSeconds(Math.Ceiling(left.TotalSeconds)));

    static string Json(Action<Utf8JsonWriter> members)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(text.ToArray());
    }

    static void Write(Utf8JsonWriter json, ServerFault fault, TokenClaims claims)
    {
        json.WriteBoolean("good"u8, fault == ServerFault.None);
        if (fault == ServerFault.None)
        {
            Write(json, claims);
            return;
        }
        json.WriteString("code"u8, ServerFaults.CodeOf(fault));
        json.WriteString("detail"u8, ServerFaults.DetailOf(fault));
    }

    static void Write(Utf8JsonWriter json, TokenClaims claims)
    {
        if (claims.Subject is not null) json.WriteString("subject"u8, claims.Subject);
        if (claims.ExpiresAt is { } end) json.WriteString("expires"u8, end.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        foreach ((string name, IReadOnlyList<ChannelPattern> patterns) in new[] { ("publish", claims.Publish), ("subscribe", claims.Subscribe), ("delete", claims.Delete) })
        {
            json.WriteStartArray(name);
            foreach (ChannelPattern pattern in patterns) json.WriteStringValue(pattern.Text);
            json.WriteEndArray();
        }
    }
}
