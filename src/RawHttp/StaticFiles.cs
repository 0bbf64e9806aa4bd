using System.IO.Compression;
using System.Reflection;
using System.Text;
using RawHttp.Wire;

namespace RawHttp;

/// <summary>
/// Files that are compiled into an assembly. Each gets a route of its own, so a path is either one of them, byte for byte, or not found:
/// there is no file system to climb about in. Each is compressed once, and sent so to who accepts it; conditions and ranges as for any file.
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
        var asset = new Asset(Content(resource), MediaTypes.Of(resource));
        router.Map(HttpMethod.Get, path, asset.AnswerAsync);
        return this;
    }

    byte[] Content(string resource)
    {
        using Stream stream = assembly.GetManifestResourceStream(prefix + resource) ?? throw new FileNotFoundException("No such resource.", prefix + resource);
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    // The forms of one file. A form that is not smaller than the file is of no use, and is not there.
    sealed class Asset
    {
        const int BrotliQuality = 9, BrotliWindow = 18; // 10 and 11 take ten times as long for a few percent; the window is as large as any of our files

        readonly Representation plain;
        readonly Representation? gzip, brotli;

        internal Asset(byte[] content, string type)
        {
            byte[]? zipped = Gzipped(content), brotlied = Brotlied(content);
            Representation Form(byte[] bytes, ContentCoding coding) => new()
            {
                Content = new MemoryContent(bytes),
                ContentType = Encoding.ASCII.GetBytes(type),
                Tag = Representation.TagOf(bytes),
                Coding = coding,
                IsNegotiated = zipped is not null || brotlied is not null,
            };
            plain = Form(content, ContentCoding.Identity);
            gzip = zipped is null ? null : Form(zipped, ContentCoding.Gzip);
            brotli = brotlied is null ? null : Form(brotlied, ContentCoding.Brotli);
        }

        internal ValueTask AnswerAsync(HttpExchange exchange)
        {
            ContentCoding coding = AcceptEncoding.Read(exchange.Request.Head.Fields).Choose(gzip is not null, brotli is not null);
            return RepresentationAnswer.SendAsync(exchange, coding switch { ContentCoding.Gzip => gzip!, ContentCoding.Brotli => brotli!, _ => plain });
        }

        static byte[]? Gzipped(byte[] content)
        {
            using var compressed = new MemoryStream();
            using (var gzip = new GZipStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true)) gzip.Write(content);
            return compressed.Length < content.Length ? compressed.ToArray() : null;
        }

        static byte[]? Brotlied(byte[] content)
        {
            byte[] smaller = new byte[content.Length];
            bool fits = BrotliEncoder.TryCompress(content, smaller, out int length, BrotliQuality, BrotliWindow);
            return fits && length < content.Length ? smaller[..length] : null;
        }
    }
}
