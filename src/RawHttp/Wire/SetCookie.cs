using System.Buffers;
using System.Globalization;
using System.Text;

namespace RawHttp.Wire;

/// <summary>When a cookie goes along with requests that other sites begin. RFC 6265bis §5.2.</summary>
public enum SameSite : byte
{
    /// <summary>Not said: the browser decides, today as for <see cref="Lax"/>.</summary>
    Unset,

    /// <summary>Only with what this site begins.</summary>
    Strict,

    /// <summary>Also when somebody follows a link to here.</summary>
    Lax,

    /// <summary>Always; the cookie must be <see cref="SetCookie.Secure"/>.</summary>
    None,
}

/// <summary>
/// A cookie to be set, and the value of its Set-Cookie field. RFC 6265bis §4.1. Whatever a browser would drop or mend is our caller's mistake
/// and is refused. One field line for each cookie: they are never joined by commas (RFC 9110 §5.3).
/// </summary>
public sealed record SetCookie
{
    const int MaxPairBytes = 4096, MaxAttributeBytes = 1024; // RFC 6265bis §5.6: beyond these a browser drops the cookie or the attribute

    // RFC 6265bis §4.1.1: cookie-octet = %x21 / %x23-2B / %x2D-3A / %x3C-5B / %x5D-7E, visible ASCII without quote, comma, semicolon, backslash
    static readonly SearchValues<char> ValueCharacters = Visible(except: " \",;\\");

    // RFC 6265bis §4.1.1: av-octet = %x20-3A / %x3C-7E
    static readonly SearchValues<char> AttributeCharacters = Visible(except: ";");

    static readonly SearchValues<char> DomainCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.");

    /// <summary>Its name: a token.</summary>
    public required string Name { get; init; }

    /// <summary>Its value: visible ASCII without comma, semicolon, backslash and white space, perhaps all of it in quotes. Encode other text yourself.</summary>
    public string Value { get; init; } = "";

    /// <summary>Only below this path; null for the folder of the request's path.</summary>
    public string? Path { get; init; }

    /// <summary>For this host and all below it; null for the answering host alone.</summary>
    public string? Domain { get; init; }

    /// <summary>How long it lives, in seconds, at least 1; null until the browser is closed. To end a cookie, set <see cref="ExpiresSeconds"/> to 0.</summary>
    public long? MaxAgeSeconds { get; init; }

    /// <summary>When it ends, in seconds since 1970; null when not said. <see cref="MaxAgeSeconds"/> goes before it.</summary>
    public long? ExpiresSeconds { get; init; }

    /// <summary>Only over TLS.</summary>
    public bool Secure { get; init; }

    /// <summary>Not for scripts.</summary>
    public bool HttpOnly { get; init; }

    /// <summary>Whether it goes along with requests that other sites begin.</summary>
    public SameSite SameSite { get; init; }

    /// <summary>The field's value, for <c>AddField("Set-Cookie"u8, …)</c>.</summary>
    /// <exception cref="ArgumentException">Name, value or an attribute is not what RFC 6265bis §4.1.1 allows, or they do not go together.</exception>
    public byte[] ToFieldValue()
    {
        CheckPair();
        CheckAttributes();
        CheckPrefix();
        StringBuilder text = new(Name);
        text.Append('=').Append(Value);
        if (Path is not null) text.Append("; Path=").Append(Path);
        if (Domain is not null) text.Append("; Domain=").Append(Domain);
        if (MaxAgeSeconds is { } age) text.Append("; Max-Age=").Append(age.ToString(CultureInfo.InvariantCulture));
        if (ExpiresSeconds is { } end) text.Append("; Expires=").Append(DateOf(end));
        if (Secure) text.Append("; Secure");
        if (HttpOnly) text.Append("; HttpOnly");
        if (SameSite != SameSite.Unset) text.Append("; SameSite=").Append(SameSite);
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    void CheckPair()
    {
        Require(IsToken(Name), "A cookie's name is a token (RFC 6265bis §4.1.1).", nameof(Name));
        ReadOnlySpan<char> value = Value;
        bool quoted = value.Length >= 2 && value[0] == '"' && value[^1] == '"';
        Require(!(quoted ? value[1..^1] : value).ContainsAnyExcept(ValueCharacters), "A cookie's value has no white space, comma, semicolon, backslash or inner quote (RFC 6265bis §4.1.1).", nameof(Value));
        Require(Name.Length + Value.Length <= MaxPairBytes, "Name and value have at most 4096 bytes (RFC 6265bis §5.6).", nameof(Value));
    }

    void CheckAttributes()
    {
        Require(Path is null || (Path.StartsWith('/') && IsAttribute(Path)), "A path begins with a slash, and is ASCII without controls and semicolon (RFC 6265bis §4.1.2.4).", nameof(Path));
        Require(Domain is null || IsDomain(Domain), "A domain is a host name, without a dot in front (RFC 6265bis §4.1.2.3).", nameof(Domain));
        Require(MaxAgeSeconds is null or > 0, "Max-Age has no leading zero, so it is not 0 (RFC 6265bis §4.1.1).", nameof(MaxAgeSeconds));
        Require(Enum.IsDefined(SameSite), "No such value.", nameof(SameSite));
        Require(SameSite != SameSite.None || Secure, "Browsers drop SameSite=None without Secure (RFC 6265bis §5.7).", nameof(SameSite));
    }

    // RFC 6265bis §4.1.3: names that promise something. A browser compares them without case, and drops what breaks the promise.
    void CheckPrefix()
    {
        bool host = Name.StartsWith("__Host-", StringComparison.OrdinalIgnoreCase);
        bool secure = host || Name.StartsWith("__Secure-", StringComparison.OrdinalIgnoreCase);
        Require(!secure || Secure, "A name with __Secure- or __Host- needs Secure (RFC 6265bis §4.1.3).", nameof(Secure));
        Require(!host || (Path == "/" && Domain is null), "A name with __Host- needs Path=/ and no Domain (RFC 6265bis §4.1.3.2).", nameof(Path));
    }

    static bool IsToken(string name)
    {
        foreach (char character in name)
            if (character > 0x7E || !HttpGrammar.IsToken([(byte)character])) return false;
        return name.Length > 0;
    }

    static bool IsAttribute(string value) => value.Length <= MaxAttributeBytes && !value.AsSpan().ContainsAnyExcept(AttributeCharacters);

    static bool IsDomain(string name) =>
        name.Length is > 0 and <= 253 && name[0] is not ('.' or '-') && name[^1] is not ('.' or '-')
        && !name.Contains("..", StringComparison.Ordinal) && !name.AsSpan().ContainsAnyExcept(DomainCharacters);

    static string DateOf(long seconds)
    {
        Span<byte> date = stackalloc byte[HttpDate.Length];
        HttpDate.Write(date, seconds);
        return Encoding.ASCII.GetString(date);
    }

    static void Require(bool holds, string message, string name)
    {
        if (!holds) throw new ArgumentException(message, name);
    }

    static SearchValues<char> Visible(string except)
    {
        StringBuilder all = new();
        for (char character = ' '; character <= '~'; character++)
            if (!except.Contains(character, StringComparison.Ordinal)) all.Append(character);
        return SearchValues.Create(all.ToString());
    }
}
