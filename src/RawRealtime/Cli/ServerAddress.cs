namespace RawRealtime.Cli;

/// <summary>The address of a server, as typed: scheme, host, port, and the path it has behind a proxy.</summary>
internal static class ServerAddress
{
    /// <summary>Reads it.</summary>
    /// <param name="text">As typed.</param>
    /// <param name="what">What it is for, to begin the error with.</param>
    /// <exception cref="BadSettingException">It is none, with a guess what was meant.</exception>
    public static Uri Read(string text, string what)
    {
        if (IsOne(text, out Uri? uri)) return uri!;
        throw new BadSettingException($"{what}: '{text}' is no address such as http://127.0.0.1:5000 or https://example.org.{Suggestion(text)}");
    }

    static string Suggestion(string text)
    {
        if (text.StartsWith("ws", StringComparison.OrdinalIgnoreCase) && IsOne("http" + text[2..], out _)) return $" Did you mean 'http{text[2..]}'?";
        if (text.AsSpan().ContainsAny('?', '#')) return " It has no query ('?') and no fragment ('#').";
        return text.Length > 0 && !text.Contains("://", StringComparison.Ordinal) && IsOne("http://" + text, out _) ? $" Did you mean 'http://{text}'?" : "";
    }

    static bool IsOne(string text, out Uri? uri) =>
        Uri.TryCreate(text, UriKind.Absolute, out uri) && uri is { Scheme: "http" or "https", Host.Length: > 0, UserInfo: "", Query: "", Fragment: "" };
}
