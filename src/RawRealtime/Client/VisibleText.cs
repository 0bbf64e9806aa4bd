using System.Text;

namespace RawRealtime.Client;

/// <summary>
/// Text from a server as it may be shown on a terminal: a control character would be a command to the terminal (set its title,
/// move the cursor, write over what stands there), so each is shown as its picture.
/// </summary>
internal static class VisibleText
{
    const int FirstPicture = 0x2400, DeletePicture = 0x2421, Replacement = 0xFFFD;

    /// <summary>The text with pictures in the place of controls; line feeds and tabs stay.</summary>
    /// <param name="utf8">Text; invalid bytes become U+FFFD.</param>
    public static string Of(ReadOnlySpan<byte> utf8) => Of(Encoding.UTF8.GetString(utf8));

    /// <inheritdoc cref="Of(ReadOnlySpan{byte})"/>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        StringBuilder visible = new(text.Length);
        foreach (char one in text) visible.Append(PictureOf(one));
        return visible.ToString();
    }

    static char PictureOf(char one) => one switch
    {
        '\n' or '\t' => one,
        < ' ' => (char)(FirstPicture + one),
        '\u007F' => (char)DeletePicture,
        >= '\u0080' and <= '\u009F' => (char)Replacement, // C1: 9B begins a command as ESC [ does
        >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069' => (char)Replacement, // they turn the direction of what follows
        _ => one,
    };
}
