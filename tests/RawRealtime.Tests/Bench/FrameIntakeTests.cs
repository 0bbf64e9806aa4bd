using System.Text;
using RawRealtime.Bench;
using Testing;

namespace RawRealtime.Tests.Bench;

public sealed class FrameIntakeTests
{
    [Theory]
    [InlineData("8103616263", "abc.")]
    [InlineData("8100", ".")]
    [InlineData("0102616280016381026465", "abc.de.")]
    [InlineData("010261628901708001638A00", "ab(p)c.()")]
    [InlineData("880203E8", "close")]
    [InlineData("8183000000006162", "invalid")]    // §5.1 masked
    [InlineData("C103616263", "invalid")]          // §5.2 a reserved bit
    [InlineData("83036162", "invalid")]            // §5.2 no such opcode
    [InlineData("800161", "invalid")]              // §5.4 nothing to continue
    [InlineData("010161810162", "ainvalid")]       // §5.4 a message inside of another
    [InlineData("090170", "invalid")]              // §5.5 a control frame in fragments
    [InlineData("897E0080", "invalid")]            // §5.5 a long control frame
    [InlineData("817E0003616263", "invalid")]      // §5.2 not the shortest length
    public void Frames_are_taken_apart_however_they_are_cut(string hex, string expected)
    {
        Assert.Equal(expected, AllSplits.Outcome(Convert.FromHexString(hex), () =>
        {
            FrameIntake frames = default;
            StringBuilder seen = new();
            bool isOver = false;
            return ((unread, _) =>
            {
                int all = unread.Length;
                while (!isOver)
                {
                    FramePart part = frames.Next(ref unread, out ReadOnlySpan<byte> piece);
                    if (part == FramePart.NeedMore) break;
                    string text = Encoding.ASCII.GetString(piece);
                    seen.Append(part switch { FramePart.Piece => text, FramePart.LastPiece => text + ".", FramePart.Ping or FramePart.Pong => $"({text})", FramePart.Close => "close", _ => "invalid" });
                    isOver = part == FramePart.Invalid;
                }
                return isOver ? all : all - unread.Length;
            }, seen.ToString);
        }));
    }
}
