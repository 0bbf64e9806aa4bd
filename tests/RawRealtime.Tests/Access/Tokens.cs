using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using RawRealtime.Access;
using RawRealtime.Server;

namespace RawRealtime.Tests.Access;

/// <summary>Tokens made by hand, byte by byte, so that nothing of the code under test is trusted; their time is that of <see cref="ServerRig"/>.</summary>
internal static class Tokens
{
    public const string Secret = "a secret of thirty-two bytes or more";
    public const string Hs256Header = """{"alg":"HS256","typ":"JWT"}""";
    public const string Everything = """{"rawrealtime":{"publish":["*"],"subscribe":["*"],"delete":["*"]}}""";

    public static readonly RSA Rsa = RSA.Create(2048);
    public static readonly ECDsa Ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static TokenRules BySecret => new(new TokenKeys().AddSecret(Secret, "the test"));

    public static ServerOptions AskedFor => new() { Tokens = BySecret };

    /// <summary>A NumericDate, so many seconds from the rig's start.</summary>
    public static long At(long seconds) => Start.ToUnixTimeSeconds() + seconds;

    public static string Hs256(string payload, string header = Hs256Header, string secret = Secret) =>
        Signed(header, payload, bytes => HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), bytes));

    public static string Rs256(string payload, string header = """{"alg":"RS256"}""", RSA? key = null) =>
        Signed(header, payload, bytes => (key ?? Rsa).SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    public static string Es256(string payload, string header = """{"alg":"ES256"}""", ECDsa? key = null) =>
        Signed(header, payload, bytes => (key ?? Ec).SignData(bytes, HashAlgorithmName.SHA256));

    public static string Signed(string header, string payload, Func<byte[], byte[]> sign)
    {
        string signed = $"{Part(header)}.{Part(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    public static string Part(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    /// <summary>A token that lets do these, each a list such as <c>"news.*"</c>.</summary>
    public static string That(string publish = "", string subscribe = "", string delete = "", string more = "") =>
        Hs256($$"""{ {{more}} "rawrealtime":{"publish":[{{publish}}],"subscribe":[{{subscribe}}],"delete":[{{delete}}]} }""");

    /// <summary>A token that lets do everything until so many seconds from the rig's start.</summary>
    public static string Until(long seconds) => That("\"*\"", "\"*\"", "\"*\"", $"\"exp\":{At(seconds)},");

    public static string Bearer(string token) => $"Authorization: Bearer {token}\r\n";

    public static string RsaJwk(string more = "", RSA? key = null)
    {
        RSAParameters numbers = (key ?? Rsa).ExportParameters(false);
        return $$"""{"kty":"RSA","n":"{{Base64Url.EncodeToString(numbers.Modulus)}}","e":"{{Base64Url.EncodeToString(numbers.Exponent)}}"{{more}}}""";
    }

    public static string EcJwk(string more = "", ECDsa? key = null, string curve = "P-256")
    {
        ECParameters numbers = (key ?? Ec).ExportParameters(false);
        return $$"""{"kty":"EC","crv":"{{curve}}","x":"{{Base64Url.EncodeToString(numbers.Q.X)}}","y":"{{Base64Url.EncodeToString(numbers.Q.Y)}}"{{more}}}""";
    }
}

/// <summary>A JWK set in a file of its own.</summary>
internal sealed class JwkFile : IDisposable
{
    public JwkFile(params string[] keys) : this() => File.WriteAllText(Path, $$"""{"keys":[{{string.Join(',', keys)}}]}""");

    JwkFile() => Path = System.IO.Path.GetTempFileName();

    public string Path { get; }

    public static JwkFile Holding(string text)
    {
        JwkFile file = new();
        File.WriteAllText(file.Path, text);
        return file;
    }

    public void Dispose() => File.Delete(Path);
}
