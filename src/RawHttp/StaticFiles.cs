using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using RawHttp.Wire;

namespace RawHttp;

/// <summary>
/// Files that are compiled into an assembly. Each gets a route of its own, so a path is either one of them, byte for byte, or not found:
/// there is no file system to climb about in. Strong ETag, If-None-Match (RFC 9110 §8.8.3, §13.1.2).
/// </summary>
/// <param name="assembly">Where the files are embedded.</param>
/// <param name="prefix">What their resource names begin with, and their paths do not.</param>
public sealed class StaticFiles(Assembly assembly, string prefix)
{
    /// <summary>Gives one file a path.</summary>
    /// <param name="router">Gets the route.</param>
    /// <param name="path">The path.</param>
    /// <param name="resource">The resource's name behind the prefix.</param>
    /// <returns>This, for the next file.</returns>
    /// <exception cref="FileNotFoundException">There is no such resource.</exception>
    public StaticFiles Map(Router router, string path, string resource)
    {
        ArgumentNullException.ThrowIfNull(router);
        var file = new File(Content(resource), TypeOf(resource));
        router.Map(HttpMethod.Get, path, file.Answer);
        return this;
    }

    /// <summary>The media type of a file by its name's ending.</summary>
    /// <param name="name">A file's name.</param>
    public static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" or ".mjs" => "text/javascript; charset=utf-8",
        ".json" => "application/json",
        ".svg" => "image/svg+xml",
        ".png" => "image/png",
        ".ico" => "image/x-icon",
        ".woff2" => "font/woff2",
        ".txt" or ".md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    };

    byte[] Content(string resource)
    {
        using Stream stream = assembly.GetManifestResourceStream(prefix + resource) ?? throw new FileNotFoundException("No such resource.", prefix + resource);
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    sealed class File(byte[] content, string type)
    {
        readonly byte[] type = Encoding.ASCII.GetBytes(type);
        readonly byte[] tag = Encoding.ASCII.GetBytes($"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16))}\"");

        internal void Answer(HttpExchange exchange)
        {
            exchange.Response.AddField("ETag"u8, tag);
            exchange.Response.AddField("Cache-Control"u8, "no-cache"u8); // RFC 9111 §5.2.2.4: ask before using a stored one
            exchange.Response.AddField("X-Content-Type-Options"u8, "nosniff"u8);
            if (IsKnown(exchange.Request.Head.Fields)) exchange.Response.SendEmpty(304);
            else exchange.Response.Send(200, type, content);
        }

        // RFC 9110 §13.1.2: any of the listed tags, by weak comparison (§8.8.3.2), or *.
        bool IsKnown(FieldLines fields)
        {
            foreach (ReadOnlySpan<byte> listed in fields.Members("if-none-match"u8))
            {
                ReadOnlySpan<byte> opaque = listed.StartsWith("W/"u8) ? listed[2..] : listed;
                if (opaque.SequenceEqual(tag) || listed.SequenceEqual("*"u8)) return true;
            }
            return false;
        }
    }
}
