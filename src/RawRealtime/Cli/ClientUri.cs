namespace RawRealtime.Cli;

/// <summary>The address of a WebSocket, as typed. RFC 6455 §3.</summary>
internal static class ClientUri
{
    /// <summary>Reads it.</summary>
    /// <param name="text">As typed.</param>
    /// <param name="what">What it is for, to begin the error with.</param>
    /// <exception cref="BadSettingException">It is none, with a guess what was meant.</exception>
    public static Uri Read(string text, string what)
    {
        if (IsOne(text, out Uri? uri)) return uri!;
        throw new BadSettingException($"{what}: '{text}' is no address such as ws://127.0.0.1:5000/ws or wss://example.org/ws.{Suggestion(text)}");
    }

    static string Suggestion(string text)
    {
        if (text.StartsWith("http", StringComparison.OrdinalIgnoreCase) && IsOne("ws" + text[4..], out _)) return $" Did you mean 'ws{text[4..]}'?";
        if (text.Contains('#', StringComparison.Ordinal)) return " It has no fragment ('#').";
        return text.Length > 0 && !text.Contains("://", StringComparison.Ordinal) && IsOne("ws://" + text, out _) ? $" Did you mean 'ws://{text}'?" : "";
    }

    static bool IsOne(string text, out Uri? uri) =>
        Uri.TryCreate(text, UriKind.Absolute, out uri) && uri is { Scheme: "ws" or "wss", Host.Length: > 0, UserInfo: "", Fragment: "" };
}
