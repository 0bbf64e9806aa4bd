using RawHttp.Wire;

namespace RawHttp.Tests.Wire;

public class AcceptEncodingTests
{
    [Theory]
    // RFC 9110 §12.5.3: the examples there          chosen of both  of gzip only
    [InlineData("Accept-Encoding: compress, gzip", "Gzip", "Gzip")]
    [InlineData("Accept-Encoding:", "Identity", "Identity")]
    [InlineData("Accept-Encoding: *", "Brotli", "Gzip")]
    [InlineData("Accept-Encoding: compress;q=0.5, gzip;q=1.0", "Gzip", "Gzip")]
    [InlineData("Accept-Encoding: gzip;q=1.0, identity; q=0.5, *;q=0", "Gzip", "Gzip")]
    // as browsers send it
    [InlineData("Accept-Encoding: gzip, deflate, br, zstd", "Brotli", "Gzip")]
    [InlineData("Accept-Encoding: deflate, gzip", "Gzip", "Gzip")]
    [InlineData("X: y", "Identity", "Identity")]
    // weights
    [InlineData("Accept-Encoding: br;q=0.5, gzip", "Gzip", "Gzip")]
    [InlineData("Accept-Encoding: br;q=0.5, gzip;q=0.5", "Brotli", "Gzip")]
    [InlineData("Accept-Encoding: br;q=0.001", "Brotli", "Identity")]
    [InlineData("Accept-Encoding: br;q=0, gzip;q=0.1", "Gzip", "Gzip")]
    [InlineData("Accept-Encoding: br;q=0, gzip;q=0", "Identity", "Identity")]
    [InlineData("Accept-Encoding: identity, br;q=0.9, gzip;q=0.9", "Identity", "Identity")]
    [InlineData("Accept-Encoding: identity;q=0.5, gzip;q=0.5", "Gzip", "Gzip")]
    [InlineData("Accept-Encoding: *;q=0.5, br;q=0", "Gzip", "Gzip")]
    [InlineData("Accept-Encoding: *;q=0", "Identity", "Identity")]           // nothing acceptable: still an answer
    [InlineData("Accept-Encoding: identity;q=0", "Identity", "Identity")]
    [InlineData("Accept-Encoding: identity;q=0, gzip;q=0.1", "Gzip", "Gzip")]
    [InlineData("Accept-Encoding: deflate", "Identity", "Identity")]
    // names have no case, x-gzip is gzip (§8.4.1.3)
    [InlineData("Accept-Encoding: GZip;Q=1", "Gzip", "Gzip")]
    [InlineData("Accept-Encoding: BR", "Brotli", "Identity")]
    [InlineData("Accept-Encoding: X-GZIP", "Gzip", "Gzip")]
    [InlineData("Accept-Encoding: IDENTITY, gzip;q=0.5", "Identity", "Identity")]
    // lines join, empty members are left out, white space is allowed around ";"
    [InlineData("Accept-Encoding: gzip;q=0.5\r\nAccept-Encoding: br ; q=0.6", "Brotli", "Gzip")]
    [InlineData("Accept-Encoding: ,, gzip ,", "Gzip", "Gzip")]
    // what breaks the grammar does not count
    [InlineData("Accept-Encoding: br;q=2, gzip", "Gzip", "Gzip")]
    [InlineData("Accept-Encoding: br;level=5, gzip", "Gzip", "Gzip")]
    [InlineData("Accept-Encoding: br;", "Identity", "Identity")]
    [InlineData("Accept-Encoding: br gzip", "Identity", "Identity")]
    [InlineData("Accept-Encoding: ;q=1", "Identity", "Identity")]
    [InlineData("Accept-Encoding: \"br\"", "Identity", "Identity")]
    // said twice: the last word counts
    [InlineData("Accept-Encoding: gzip, gzip;q=0", "Identity", "Identity")]
    public void The_coding_liked_best_is_chosen(string field, string ofBoth, string ofGzip)
    {
        AcceptEncoding accepted = AcceptEncoding.Read(Requests.Read(Requests.With(field)).Fields);
        Assert.Equal((ofBoth, ofGzip), (accepted.Choose(hasGzip: true, hasBrotli: true).ToString(), accepted.Choose(hasGzip: true, hasBrotli: false).ToString()));
        Assert.Equal(ContentCoding.Identity, accepted.Choose(hasGzip: false, hasBrotli: false));
    }
}
