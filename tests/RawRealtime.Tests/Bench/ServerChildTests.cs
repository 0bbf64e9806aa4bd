using RawRealtime.Bench;

namespace RawRealtime.Tests.Bench;

public sealed class ServerChildTests
{
    [Fact]
    public async Task Its_address_stands_in_what_it_prints() =>
        Assert.Equal("http://127.0.0.1:40123/", (await ServerChild.AddressAsync(new StringReader("hello\nRawRealtime 0.1.0 on http://127.0.0.1:40123\n"), CancellationToken.None)).ToString());

    [Fact]
    public async Task One_that_ends_at_once_is_told() =>
        await Assert.ThrowsAsync<IOException>(() => ServerChild.AddressAsync(new StringReader("nothing\n"), CancellationToken.None));

    [Fact]
    public async Task A_program_that_is_not_there_is_told() =>
        await Assert.ThrowsAsync<IOException>(() => ServerChild.StartAsync(["/nowhere/rawrealtime"], CancellationToken.None));
}
