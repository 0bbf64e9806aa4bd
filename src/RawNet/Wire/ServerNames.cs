using System.Text;

namespace RawNet.Wire;

/// <summary>Whether a certificate's name is meant by the name a client asks for. RFC 9525 §6.3.</summary>
public static class ServerNames
{
    /// <summary>The names are the same, in any case of ASCII letters.</summary>
    /// <param name="own">A name of the certificate, in its ASCII form.</param>
    /// <param name="asked">What the client asks for, in its ASCII form.</param>
    public static bool IsSame(string own, string asked) => Ascii.EqualsIgnoreCase(own, asked);

    /// <summary>
    /// <c>*.example.org</c> means every name with one label more than <c>example.org</c>. The star is the whole of the
    /// first label, or it is none.
    /// </summary>
    /// <inheritdoc cref="IsSame"/>
    public static bool IsCovered(string own, string asked)
    {
        if (!own.StartsWith("*.", StringComparison.Ordinal)) return false;
        int dot = asked.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && own.Length > 2 && Ascii.EqualsIgnoreCase(own.AsSpan(1), asked.AsSpan(dot));
    }
}
