using System.Buffers;
using System.Text;
using RawRealtime.Client;

namespace RawRealtime.Tests.Client;

public sealed class HexDumpTests
{
    [Theory]
    [InlineData("", 0, "")]
    [InlineData("41", 0, "00000000  41                                                |A|\n")]
    [InlineData("000102030405060708090A0B0C0D0E0F10", 0, """
        00000000  00 01 02 03 04 05 06 07  08 09 0a 0b 0c 0d 0e 0f  |................|
        00000010  10                                                |.|

        """)]
    [InlineData("207E7F80FF", 4096, "00001000  20 7e 7f 80 ff                                    | ~...|\n")]
    public void Sixteen_bytes_stand_on_a_line_with_their_place_and_what_is_readable(string hex, int offset, string expected)
    {
        ArrayBufferWriter<byte> lines = new();
        HexDump.Write(lines, Convert.FromHexString(hex), offset);
        Assert.Equal(expected.ReplaceLineEndings("\n"), Encoding.ASCII.GetString(lines.WrittenSpan));
    }
}
