using System.Text;
using System.Text.Json;
using CsCheck;
using RawNet;

namespace RawHub.Tests;

public class MessageJsonTests
{
    static string Write(ReadOnlySpan<byte> data, bool isText, string? name = null)
    {
        string json = "";
        HubFixture fixture = new();
        fixture.Subscribe("room:1").Before = message =>
        {
            SharedBytes bytes = MessageJson.Encode(message);
            json = Encoding.UTF8.GetString(bytes.Span);
            bytes.Release();
            return true;
        };
        fixture.Hub.Publish(new(ChannelName.Parse("room:1"), isText, name, 1_000), data);
        return json;
    }

    [Fact]
    public void Text_is_a_string() => Assert.Equal(
        """{"channel":"room:1","id":"e0000001-1","event":"greet","data":"hé \"x\"\n\u0001","time":"1970-01-01T00:00:01.000Z"}""",
        Write("hé \"x\"\n\u0001"u8, isText: true, "greet"));

    [Fact]
    public void Bytes_are_base64_and_say_so() => Assert.Equal(
        """{"channel":"room:1","id":"e0000001-1","data":"AP8=","encoding":"base64","time":"1970-01-01T00:00:01.000Z"}""",
        Write([0, 255], isText: false));

    [Fact]
    public void Any_text_comes_back_as_it_was_published() =>
        Gen.String.Where(text => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text).Sample(text =>
        {
            using JsonDocument json = JsonDocument.Parse(Write(Encoding.UTF8.GetBytes(text), isText: true));
            return json.RootElement.GetProperty("data").GetString() == text;
        });

    [Fact]
    public void Any_bytes_come_back_as_they_were_published() => Gen.Byte.Array.Sample(bytes =>
    {
        using JsonDocument json = JsonDocument.Parse(Write(bytes, isText: false));
        return json.RootElement.GetProperty("data").GetBytesFromBase64().SequenceEqual(bytes);
    });

    [Fact]
    public void The_widest_message_fits_the_length_that_is_promised()
    {
        string name = new('\u0001', 128);
        using JsonDocument json = JsonDocument.Parse(Write(Encoding.UTF8.GetBytes(new string('\u0001', 5000)), isText: true, name));
        Assert.Equal(name, json.RootElement.GetProperty("event").GetString());
    }
}
