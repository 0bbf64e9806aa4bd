using System.Globalization;
using RawNet.Wire;

namespace RawNet;

/// <summary>
/// The certificates in force, and which of them a client gets: the one whose name it asks for (RFC 6066 §3), else the first.
/// They may be replaced while connections are open: those keep what they have, new handshakes get the new ones. Any thread.
/// </summary>
public sealed class ServerCertificates
{
    static readonly IdnMapping Idn = new();

    volatile ServerCertificate[] all;

    /// <summary>Takes the first certificates.</summary>
    /// <param name="certificates">At least one; the first is for whoever asks for no name, or for one that none has.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public ServerCertificates(IReadOnlyList<ServerCertificate> certificates) => all = Checked(certificates);

    /// <summary>Puts other certificates in force, all at once.</summary>
    /// <param name="certificates">At least one; the first is the default.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public void Replace(IReadOnlyList<ServerCertificate> certificates) => all = Checked(certificates);

    /// <summary>The certificate for a client that asks for <paramref name="serverName"/>: an exact name counts more than a wildcard, an earlier certificate more than a later one.</summary>
    /// <param name="serverName">As the client sent it, or decoded to Unicode; null or empty when it sent none.</param>
    public ServerCertificate For(string? serverName)
    {
        ServerCertificate[] inForce = all;
        if (inForce.Length == 1 || string.IsNullOrEmpty(serverName)) return inForce[0];
        string asked = InAscii(serverName);
        return Array.Find(inForce, one => one.Names.Any(own => ServerNames.IsSame(own, asked)))
            ?? Array.Find(inForce, one => one.Names.Any(own => ServerNames.IsCovered(own, asked)))
            ?? inForce[0];
    }

    static ServerCertificate[] Checked(IReadOnlyList<ServerCertificate> certificates)
    {
        ArgumentNullException.ThrowIfNull(certificates);
        if (certificates.Count == 0) throw new ArgumentException("There is no certificate.", nameof(certificates));
        return [.. certificates];
    }

    // Certificates hold names in ASCII (RFC 5280 §7.2); the runtime shows what the client asks for in Unicode.
    static string InAscii(string name)
    {
        if (System.Text.Ascii.IsValid(name)) return name;
        try
        {
            return Idn.GetAscii(name);
        }
        catch (ArgumentException)
        {
            return ""; // no domain name, so nobody's
        }
    }
}
