namespace RawRealtime.Server;

/// <summary>Where the certificates are.</summary>
internal sealed record TlsFiles
{
    /// <summary>Certificates in PEM. The first of all is for clients that ask for no name, or for one that no certificate has.</summary>
    public IReadOnlyList<PemFile> Pem { get; init; } = [];

    /// <summary>Certificates with their keys in PKCS #12; they come after those in PEM.</summary>
    public IReadOnlyList<string> Pfx { get; init; } = [];

    /// <summary>A file that holds the password of the PKCS #12 files; it counts more than <see cref="Password"/>.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>The password of the PKCS #12 files.</summary>
    public string? Password { get; init; }

    /// <summary>Whether there is none, so that no TLS is spoken.</summary>
    public bool IsEmpty => Pem.Count + Pfx.Count == 0;

    /// <summary>Every file that is read.</summary>
    public IEnumerable<string> All =>
        Pem.SelectMany(pem => new[] { pem.Certificate, pem.Key }).Concat(Pfx).Append(PasswordFile).OfType<string>().Distinct();
}

/// <summary>A certificate in PEM.</summary>
/// <param name="Certificate">The file that holds it, and the chain behind it.</param>
/// <param name="Key">The file that holds its private key; null when that is in the same file.</param>
internal readonly record struct PemFile(string Certificate, string? Key);
