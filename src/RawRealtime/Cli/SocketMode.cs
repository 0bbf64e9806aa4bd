namespace RawRealtime.Cli;

/// <summary>The mode of a socket's file, written as chmod takes it, in help texts too.</summary>
internal readonly record struct SocketMode(UnixFileMode Mode)
{
    /// <inheritdoc/>
    public override string ToString() => Convert.ToString((int)Mode, 8).PadLeft(3, '0');

    /// <summary>Reads three octal digits, perhaps with a 0 before them.</summary>
    public static bool TryRead(string text, out SocketMode mode)
    {
        mode = default;
        if (text.Length == 4 && text[0] == '0') text = text[1..];
        if (text.Length != 3 || text.AsSpan().ContainsAnyExceptInRange('0', '7')) return false;
        mode = new((UnixFileMode)Convert.ToInt32(text, 8));
        return true;
    }
}
