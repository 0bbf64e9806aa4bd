using RawRealtime.Server;

namespace Conformance;

/// <summary>Files as curl asks for them: ranges, compression, conditions, paths that it is told to send as they are.</summary>
public sealed class CurlFilesTests : IAsyncLifetime
{
    const int LargeBytes = 3_000_000;

    readonly string root = Directory.CreateTempSubdirectory("raw-").FullName;
    readonly string saved = Path.GetTempFileName();
    readonly byte[] large = new byte[LargeBytes];
    RunningServer server = null!;

    public async Task InitializeAsync()
    {
        new Random(1).NextBytes(large);
        await WriteAsync("large.bin", large);
        await WriteAsync("ten.txt", "0123456789"u8.ToArray());
        await WriteAsync("sub/index.html", "<p>sub"u8.ToArray());
        server = RunningServer.Start(new ServerOptions { RootFolder = root });
    }

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        Directory.Delete(root, recursive: true);
        File.Delete(saved);
    }

    [SkippableTheory]
    [InlineData("2-4", "234", "206")]
    [InlineData("-2", "89", "206")]
    [InlineData("8-", "89", "206")]
    public async Task Ranges_are_sent(string range, string content, string status) =>
        Assert.Equal($"{content}\n{status}", (await Curl.OutputAsync("-w", "\n%{http_code}", "--range", range, $"{server.Http}/ten.txt")).TrimEnd('\n'));

    [SkippableFact]
    public async Task Several_ranges_come_in_parts()
    {
        string output = await Curl.OutputAsync("-i", "--range", "0-0,-1", $"{server.Http}/ten.txt");
        Assert.Contains("multipart/byteranges; boundary=", output, StringComparison.Ordinal);
        Assert.Contains("bytes 0-0/10", output, StringComparison.Ordinal);
        Assert.Contains("bytes 9-9/10", output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_range_that_is_not_there_is_416() => Assert.Equal("416", await Curl.StatusAsync("--range", "10-", $"{server.Http}/ten.txt"));

    [SkippableFact]
    public async Task A_download_that_broke_off_is_continued()
    {
        await File.WriteAllBytesAsync(saved, large[..1_234_567]);
        Assert.Equal("206", await Curl.StatusAsync("-C", "-", "-o", saved, $"{server.Http}/large.bin"));
        Assert.Equal(large, await File.ReadAllBytesAsync(saved));
    }

    [SkippableFact]
    public async Task A_large_file_arrives_whole_also_when_it_is_read_slowly()
    {
        Assert.Equal("200", await Curl.StatusAsync("--limit-rate", "2M", "-o", saved, $"{server.Http}/large.bin"));
        Assert.Equal(large, await File.ReadAllBytesAsync(saved));
    }

    [SkippableFact]
    public async Task The_page_comes_compressed_and_is_the_same()
    {
        string plain = await Curl.OutputAsync($"{server.Http}/");
        string compressed = await Curl.OutputAsync("--compressed", "-D", saved, $"{server.Http}/");
        Assert.Equal(plain, compressed);
        Assert.Matches("(?im)^content-encoding: (br|gzip)\r?$", await File.ReadAllTextAsync(saved));
    }

    [SkippableFact]
    public async Task What_was_saved_is_not_sent_again()
    {
        string tag = Path.GetTempFileName();
        try
        {
            Assert.Equal("200", await Curl.StatusAsync("--etag-save", tag, $"{server.Http}/ten.txt"));
            Assert.Equal("304", await Curl.StatusAsync("--etag-compare", tag, $"{server.Http}/ten.txt"));
            Assert.Equal("304", await Curl.StatusAsync("-z", "7 May 2025", $"{server.Http}/ten.txt"));
            Assert.Equal("200", await Curl.StatusAsync("-z", "5 May 2025", $"{server.Http}/ten.txt"));
            Assert.Equal("412", await Curl.StatusAsync("-z", "-5 May 2025", $"{server.Http}/ten.txt")); // only if it did not change since
        }
        finally
        {
            File.Delete(tag);
        }
    }

    [SkippableFact]
    public async Task A_folder_without_its_slash_leads_to_the_one_with_it() =>
        Assert.Equal("<p>sub", (await Curl.OutputAsync("-L", $"{server.Http}/sub")).TrimEnd());

    [SkippableTheory]
    [InlineData("/../etc/passwd")]
    [InlineData("/sub/../../../../../etc/passwd")]
    [InlineData("/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/..%2f..%2fetc/passwd")]
    [InlineData("/%252e%252e/etc/passwd")]
    [InlineData("//etc/passwd")]
    public async Task No_path_leads_out(string path) => Assert.Equal("404", await Curl.StatusAsync("--path-as-is", server.Http + path));

    async Task WriteAsync(string name, byte[] content)
    {
        string path = Path.Combine(root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, content);
        File.SetLastWriteTimeUtc(path, new DateTime(2025, 5, 6, 7, 8, 9, DateTimeKind.Utc));
    }
}
