using System.Text;
using static Conformance.Catalogue.Frames;

namespace Conformance.Catalogue;

/// <summary>
/// The ground of Autobahn's section 6: text is UTF-8, and the first byte that can't be fails the connection, without waiting for the
/// next. RFC 6455 §8.1, RFC 3629 §3 and §4. The groups are those of Markus Kuhn's stress test.
/// </summary>
public sealed class Section6Utf8Tests(Testee testee) : IClassFixture<Testee>
{
    /// <summary>Valid text: bytes, and what they are.</summary>
    static readonly (string Clause, string Name, string Hex)[] Valid =
    [
        ("RFC 3629 §4 UTF8-1", "nothing", ""),
        ("RFC 3629 §4", "6.2 letters of one, two and three bytes", "48 65 6C 6C 6F 2D C2 B5 40 C3 9F C3 B6 C3 A4 C3 BC C3 A0 C3 A1 2D 55 54 46 2D 38 21 21 E2 82 AC"),
        ("RFC 3629 §4", "6.5 Greek, which Kuhn begins with", "CE BA E1 BD B9 CF 83 CE BC CE B5"),
        ("RFC 3629 §4 UTF8-1", "6.6 the first of one byte, U+0000", "00"),
        ("RFC 3629 §4 UTF8-2", "6.6 the first of two bytes, U+0080", "C2 80"),
        ("RFC 3629 §4 UTF8-3", "6.6 the first of three bytes, U+0800", "E0 A0 80"),
        ("RFC 3629 §4 UTF8-4", "6.6 the first of four bytes, U+10000", "F0 90 80 80"),
        ("RFC 3629 §4 UTF8-1", "6.7 the last of one byte, U+007F", "7F"),
        ("RFC 3629 §4 UTF8-2", "6.7 the last of two bytes, U+07FF", "DF BF"),
        ("RFC 3629 §4 UTF8-3", "6.7 the last of three bytes, U+FFFF", "EF BF BF"),
        ("RFC 3629 §4 UTF8-4", "6.7 the last of four bytes, U+10FFFF", "F4 8F BF BF"),
        ("RFC 3629 §4 UTF8-3", "6.9 before the surrogates, U+D7FF", "ED 9F BF"),
        ("RFC 3629 §4 UTF8-3", "6.9 behind the surrogates, U+E000", "EE 80 80"),
        ("RFC 3629 §4 UTF8-3", "6.9 the replacement character, U+FFFD", "EF BF BD"),
        ("RFC 3629 §6", "6.9 a byte order mark is a character here", "EF BB BF 61"),
        .. Enumerable.Range(0, 17).SelectMany(plane => new[] { 0xFFFE, 0xFFFF }.Select(end => plane << 16 | end))
            .Append(0xFDD0).Append(0xFDEF).Select(value => ("RFC 3629 §3", $"6.22 a noncharacter is one too, U+{value:X4}", Convert.ToHexString(Encoding.UTF8.GetBytes(char.ConvertFromUtf32(value))))),
        .. new[] { 0xFFFC, 0xFFFD, 0x10FFFD, 0xE0001, 0x1F468 }.Select(value => ("RFC 3629 §3", $"6.23 U+{value:X4}", Convert.ToHexString(Encoding.UTF8.GetBytes(char.ConvertFromUtf32(value))))),
    ];

    /// <summary>Text that is none: bytes, and how many of them are taken before the connection fails; -1 where only the end does it.</summary>
    static readonly (string Clause, string Name, string Hex, int FailsAt)[] Invalid =
    [
        ("RFC 3629 §3", "6.3 a surrogate inside of text", "CE BA E1 BD B9 CF 83 CE BC CE B5 ED A0 80 65 64 69 74 65 64", 12),
        ("RFC 3629 §3", "6.4 past U+10FFFF inside of text", "CE BA E1 BD B9 CF 83 CE BC CE B5 F4 90 80 80 65 64 69 74 65 64", 12),
        ("RFC 3629 §4", "6.8 the first of five bytes", "F8 88 80 80 80", 0),
        ("RFC 3629 §4", "6.8 the first of six bytes", "FC 84 80 80 80 80", 0),
        ("RFC 3629 §4", "6.10 the last of four bytes as there were once, U+1FFFFF", "F7 BF BF BF", 0),
        ("RFC 3629 §4", "6.10 past the last, U+110000", "F4 90 80 80", 1),
        ("RFC 3629 §4", "6.10 the last of five bytes", "FB BF BF BF BF", 0),
        ("RFC 3629 §4", "6.10 the last of six bytes", "FD BF BF BF BF BF", 0),
        ("RFC 3629 §4 UTF8-tail", "6.12 a continuation byte, the first", "80", 0),
        ("RFC 3629 §4 UTF8-tail", "6.12 a continuation byte, the last", "BF", 0),
        .. Enumerable.Range(2, 6).Select(count => ("RFC 3629 §4 UTF8-tail", $"6.12 {count} continuation bytes", string.Concat(Enumerable.Range(0, count).Select(i => i % 2 == 0 ? "80" : "BF")), 0)),
        .. Enumerable.Range(0x80, 64).Select(value => ("RFC 3629 §4 UTF8-tail", $"6.12 continuation byte {value:X2} behind a letter", $"61 {value:X2}", 1)),
        .. Enumerable.Range(0xC2, 0xF5 - 0xC2).Select(value => ("RFC 3629 §4", $"6.13 first byte {value:X2} and a blank", $"{value:X2} 20", 1)),
        .. new[] { 0xC0, 0xC1, 0xF5, 0xF6, 0xF7, 0xF8, 0xF9, 0xFA, 0xFB, 0xFC, 0xFD, 0xFE, 0xFF }.Select(value => ("RFC 3629 §4", $"6.16 byte {value:X2} is in no text", $"61 62 {value:X2}", 2)),
        ("RFC 3629 §4", "6.14 two bytes, the last is missing", "C3", -1),
        ("RFC 3629 §4", "6.14 three bytes, the last is missing", "E2 82", -1),
        ("RFC 3629 §4", "6.14 three bytes, two are missing", "E2", -1),
        ("RFC 3629 §4", "6.14 four bytes, the last is missing", "F0 90 8D", -1),
        ("RFC 3629 §4", "6.14 four bytes, two are missing", "F0 90", -1),
        ("RFC 3629 §4", "6.14 four bytes, three are missing", "F4", -1),
        ("RFC 3629 §4", "6.15 unfinished ones behind each other", "C3 E2 82 F0 90 8D", 1),
        ("RFC 3629 §3", "6.17 a slash in two bytes", "C0 AF", 0),
        ("RFC 3629 §3", "6.17 a slash in three bytes", "E0 80 AF", 1),
        ("RFC 3629 §3", "6.17 a slash in four bytes", "F0 80 80 AF", 1),
        ("RFC 3629 §3", "6.18 the largest that two bytes are too many for", "C1 BF", 0),
        ("RFC 3629 §3", "6.18 the largest that three bytes are too many for", "E0 9F BF", 1),
        ("RFC 3629 §3", "6.18 the largest that four bytes are too many for", "F0 8F BF BF", 1),
        ("RFC 3629 §3", "6.19 NUL in two bytes", "C0 80", 0),
        ("RFC 3629 §3", "6.19 NUL in three bytes", "E0 80 80", 1),
        ("RFC 3629 §3", "6.19 NUL in four bytes", "F0 80 80 80", 1),
        .. new[] { "ED A0 80", "ED AD BF", "ED AE 80", "ED AF BF", "ED B0 80", "ED BE 80", "ED BF BF" }.Select(hex => ("RFC 3629 §3", $"6.20 the surrogate {hex}", hex, 1)),
        .. new[] { "ED A0 80 ED B0 80", "ED A0 80 ED BF BF", "ED AD BF ED B0 80", "ED AD BF ED BF BF", "ED AE 80 ED B0 80", "ED AE 80 ED BF BF", "ED AF BF ED B0 80", "ED AF BF ED BF BF" }
            .Select(hex => ("RFC 3629 §3", $"6.21 the pair of surrogates {hex}", hex, 1)),
    ];

    static readonly Case[] Cases =
    [
        .. Valid.Select(row => Case.Lives(row.Clause, row.Name, [TextBytes(Hex(row.Hex))], Back.TextBytes(Hex(row.Hex)))),
        .. Valid.Select(row => Case.Lives(row.Clause, row.Name + ", each byte a fragment", [.. Fragmented(1, Hex(row.Hex), 1)], Back.TextBytes(Hex(row.Hex)))),
        .. Invalid.Select(row => Case.Fails(1007, row.Clause, row.Name, [Text("before"), TextBytes(Hex(row.Hex)), Text("after")], Back.Text("before"))),
        .. Invalid.Select(row => Case.Fails(1007, row.Clause, row.Name + ", each byte a fragment", [.. Fragmented(1, Hex(row.Hex), 1)])),
        .. Invalid.Select(row => Case.Lives("RFC 6455 §5.6", row.Name + ", but it is binary", [Binary(Hex(row.Hex))], Back.Binary(Hex(row.Hex)))),
        Case.Lives("RFC 6455 §5.6", "6.1.1 a text of nothing", [Text("")], Back.Text("")),
        Case.Lives("RFC 6455 §5.4", "6.1.2 a text of nothing in three fragments", [First(""), Middle(""), Last("")], Back.Text("")),
        Case.Lives("RFC 6455 §5.4", "6.1.3 something between two empty fragments", [First(""), Middle("middle"), Last("")], Back.Text("middle")),
        Case.Fails(1007, "RFC 6455 §8.1", "a character that a last, empty fragment leaves unfinished", [Of(1, Hex("E2 82"), isFinal: false), Of(0, [])]),
        Case.Lives("RFC 6455 §8.1", "a ping inside of a character", [Of(1, Hex("E2 82"), isFinal: false), Ping("x"), Of(0, Hex("AC"))], Back.Pong("x"), Back.Text("€")),
        Case.Fails(1007, "RFC 6455 §8.1", "a character does not go on in the next message", [Of(1, Hex("C3")), Of(1, Hex("A4"))]),
    ];

    public static TheoryData<string, string> Rows => Case.Rows(Cases);

    public static TheoryData<string, string, string, int> FailFast
    {
        get
        {
            TheoryData<string, string, string, int> rows = [];
            foreach ((string clause, string name, string hex, int failsAt) in Invalid.Where(row => row.FailsAt >= 0)) rows.Add(clause, name, hex, failsAt);
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public Task What_comes_back(string clause, string name) => testee.PlayAsync(Cases, clause, name);

    /// <summary>Only the bytes up to the wrong one are sent, of a frame that claims a megabyte: nothing else could make the server fail the connection.</summary>
    [Theory]
    [MemberData(nameof(FailFast))]
    public async Task The_first_wrong_byte_fails_a_long_frame_before_its_end(string clause, string name, string hex, int failsAt)
    {
        Assert.NotEmpty(clause + name);
        using RawClient client = await RawClient.OpenAsync(testee.Port);
        byte[] begun = [.. Header(1, 1 << 20).AsSpan(0, 10), 0, 0, 0, 0, .. Hex(hex).AsSpan(0, failsAt + 1)]; // a key of zeros
        await client.SendAsync(begun);
        Assert.Equal([Back.Close(1007)], await client.ReceiveToEndAsync());
    }

    /// <summary>The same in fragments, where a ping after each byte shows that it was taken, up to the wrong one.</summary>
    [Theory]
    [MemberData(nameof(FailFast))]
    public async Task The_first_wrong_byte_fails_a_message_in_fragments_and_none_before_it(string clause, string name, string hex, int failsAt)
    {
        Assert.NotEmpty(clause + name);
        using RawClient client = await RawClient.OpenAsync(testee.Port);
        byte[] bytes = Hex(hex);
        for (int i = 0; i < failsAt; i++)
        {
            await client.SendFramesAsync(Of(i == 0 ? 1 : 0, bytes.AsSpan(i, 1), isFinal: false), Ping($"{i}"));
            Assert.Equal(Back.Pong($"{i}"), await client.ReceiveAsync());
        }
        await client.SendAsync(Of(failsAt == 0 ? 1 : 0, bytes.AsSpan(failsAt, 1), isFinal: false));
        Assert.Equal([Back.Close(1007)], await client.ReceiveToEndAsync());
    }

    /// <summary>The rows say where each sequence becomes wrong; the base library agrees.</summary>
    [Fact]
    public void The_rows_are_right()
    {
        Assert.All(Valid, row => Assert.True(System.Text.Unicode.Utf8.IsValid(Hex(row.Hex)), row.Name));
        foreach ((string _, string name, string hex, int failsAt) in Invalid)
            Assert.True(failsAt == FirstWrong(Hex(hex)), $"{name}: {FirstWrong(Hex(hex))}");
    }

    static int FirstWrong(ReadOnlySpan<byte> bytes)
    {
        for (int length = 1; length <= bytes.Length; length++)
            for (ReadOnlySpan<byte> rest = bytes[..length]; !rest.IsEmpty;)
            {
                System.Buffers.OperationStatus status = Rune.DecodeFromUtf8(rest, out _, out int used);
                if (status == System.Buffers.OperationStatus.InvalidData) return length - 1;
                if (status == System.Buffers.OperationStatus.NeedMoreData) break;
                rest = rest[used..];
            }
        return -1;
    }
}
