using System.CommandLine;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RawRealtime.Cli;

/// <summary>The settings of a client that say which certificates it takes.</summary>
internal sealed class TrustSettings
{
    readonly string scheme;
    readonly Option<FileInfo?> caCert;
    readonly Option<bool> insecure;

    /// <param name="scheme">The addresses that TLS is spoken with: <c>wss</c>, <c>https</c>.</param>
    public TrustSettings(string scheme)
    {
        this.scheme = scheme;
        caCert = new("--cacert") { Description = $"{scheme}: file with the certificates to trust (PEM), instead of the system's", HelpName = "file" };
        insecure = new("--insecure") { Description = $"{scheme}: take any certificate; whoever sits between can read and change everything" };
    }

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Option> All => [caCert, insecure];

    /// <summary>What was set; null for what the system trusts.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="uri">Where to.</param>
    /// <exception cref="BadSettingException">It makes no sense.</exception>
    public SslClientAuthenticationOptions? Read(ParseResult parsed, Uri uri)
    {
        (FileInfo? trusted, bool takesAny) = (parsed.GetValue(caCert), parsed.GetValue(insecure));
        if (trusted is null && !takesAny) return null;
        if (uri.Scheme != scheme) throw new BadSettingException($"{(takesAny ? insecure.Name : caCert.Name)} is for {scheme} addresses.");
        if (trusted is not null && takesAny) throw new BadSettingException($"{caCert.Name} and {insecure.Name}: any certificate, or those that the file vouches for. Leave one away.");
#pragma warning disable CA5359 // that is what --insecure says
        return takesAny ? new() { RemoteCertificateValidationCallback = static (_, _, _, _) => true } : new() { CertificateChainPolicy = Trusting(trusted!) };
#pragma warning restore CA5359
    }

    X509ChainPolicy Trusting(FileInfo file)
    {
        X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(file.FullName);
        }
        catch (Exception unusable) when (unusable is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new BadSettingException($"{caCert.Name}: {file.FullName}: {unusable.Message}");
        }
        return policy.CustomTrustStore.Count > 0 ? policy : throw new BadSettingException($"{caCert.Name}: {file.FullName} holds no certificate in PEM.");
    }
}
