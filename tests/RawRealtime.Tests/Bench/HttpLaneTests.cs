using System.Globalization;
using System.Text;
using RawRealtime.Bench;

namespace RawRealtime.Tests.Bench;

public sealed class HttpLaneTests
{
    static string Answer(string body, int status = 200, string fields = "") =>
        string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} X\r\n{fields}Content-Length: {body.Length}\r\n\r\n{body}");

    static async Task<BenchResult> RunAsync(Func<int, string> answer, Func<BenchOptions, BenchOptions>? change = null)
    {
        await using PlantedServer server = new(async stream =>
        {
            for (int number = 0; ; number++)
            {
                await BenchRig.ReadHeadAsync(stream);
                byte[] bytes = Encoding.ASCII.GetBytes(answer(number));
                await stream.WriteAsync(bytes.AsMemory(0, bytes.Length / 2));
                await stream.WriteAsync(bytes.AsMemory(bytes.Length / 2));
            }
        });
        BenchOptions options = BenchRig.Short(BenchKind.Http, server.Http) with { Connections = 1, Duration = TimeSpan.FromMilliseconds(100) };
        return await BenchRig.RunAsync(change is null ? options : change(options));
    }

    [Fact]
    public async Task Answers_that_differ_in_their_fields_only_are_right() =>
        Assert.True((await RunAsync(number => Answer("abc", fields: $"X-Number: {number}\r\n"))).IsRight);

    [Fact]
    public async Task Another_status_is_found() => Assert.Equal("wrong-status", BenchRig.FaultsOf(await RunAsync(number => Answer("abc", number == 2 ? 500 : 200))));

    [Fact]
    public async Task Another_length_is_found() => Assert.Equal("wrong-length", BenchRig.FaultsOf(await RunAsync(number => Answer(number == 2 ? "abcd" : "abc"))));

    [Fact]
    public async Task The_status_and_length_that_were_asked_for_count()
    {
        Assert.True((await RunAsync(_ => Answer("abc", 404), options => options with { Status = 404, Length = 3 })).IsRight);
        Assert.Equal("wrong-length", BenchRig.FaultsOf(await RunAsync(_ => Answer("abc"), options => options with { Length = 4 })));
    }

    [Fact]
    public async Task An_answer_that_nobody_asked_for_is_found() =>
        Assert.StartsWith("bad-bytes", BenchRig.FaultsOf(await RunAsync(number => number == 2 ? Answer("abc") + Answer("abc") : Answer("abc"))), StringComparison.Ordinal);

    [Fact]
    public async Task What_is_no_answer_is_found() => Assert.StartsWith("bad-bytes", BenchRig.FaultsOf(await RunAsync(_ => "ICY 200 OK\r\n\r\n")), StringComparison.Ordinal);
}
