using System.IO.Compression;
using System.Reflection;
using System.Text;
using RawHttp.Wire;

namespace RawHttp;

/// <summary>
/// Files that are compiled into an assembly. Each gets a route of its own, so a path is either one of them, byte for byte, or not found:
/// there is no file system to climb about in. Each is compressed once, when it is first asked for, and sent so to who accepts it; conditions and ranges as for any file.
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

        readonly byte[] type;
        readonly Lazy<(Representation Plain, Representation? Gzip, Representation? Brotli)> forms; // a server that nobody asks for files need not wait for them

        internal Asset(byte[] content, string contentType)
        {
            type = Encoding.ASCII.GetBytes(contentType);
            forms = new(() => FormsOf(content));
        }

        internal ValueTask AnswerAsync(HttpExchange exchange)
        {
            (Representation plain, Representation? gzip, Representation? brotli) = forms.Value;
            ContentCoding coding = AcceptEncoding.Read(exchange.Request.Head.Fields).Choose(gzip is not null, brotli is not null);
            return RepresentationAnswer.SendAsync(exchange, coding switch { ContentCoding.Gzip => gzip!, ContentCoding.Brotli => brotli!, _ => plain });
        }

        (Representation Plain, Representation? Gzip, Representation? Brotli) FormsOf(byte[] content)
        {
            byte[]? gzip = Gzipped(content), brotli = Brotlied(content);
            bool isNegotiated = gzip is not null || brotli is not null;
            return (Form(content, ContentCoding.Identity, isNegotiated),
                gzip is null ? null : Form(gzip, ContentCoding.Gzip, isNegotiated),
                brotli is null ? null : Form(brotli, ContentCoding.Brotli, isNegotiated));
        }

        Representation Form(byte[] bytes, ContentCoding coding, bool isNegotiated) => new()
        {
            Content = new MemoryContent(bytes),
            ContentType = type,
            Tag = Representation.TagOf(bytes),
            Coding = coding,
            IsNegotiated = isNegotiated,
        };

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
