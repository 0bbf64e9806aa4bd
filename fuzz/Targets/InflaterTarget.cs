using System.IO.Compression;
using RawWebSocket.Deflate;

namespace RawHttp.Fuzz.Targets;

/// <summary>
/// Compressed messages on one direction of a connection. The first byte says which window, whether context is kept and which level
/// deflates; an empty line ends a message. The messages are inflated whole, in pieces, byte by byte and with room for one byte more
/// each time, and by the base library; and the input as it is goes through our own deflater and back.
/// </summary>
sealed class InflaterTarget : Target
{
    const int MaxMessage = 1 << 14, MaxMessages = 3;

    readonly EventLog whole = new(), other = new();
    readonly byte[] room = new byte[MaxMessage], foreign = new byte[MaxMessage];
    byte[] deflated = [];

    public override string Name => "inflater";

    public override void Run(ReadOnlySpan<byte> input)
    {
        int choice = input.IsEmpty ? 0 : input[0], windowBits = 8 + (choice & 7);
        bool keepsContext = (choice & 8) != 0;
        ReadOnlySpan<byte> data = input.IsEmpty ? input : input[1..];
        Play(data, windowBits, keepsContext, data.Length + 1, MaxMessage, whole);
        uint hash = StreamTarget.Hash(input);
        Play(data, windowBits, keepsContext, 1, MaxMessage, other);
        Same("byte by byte");
        Play(data, windowBits, keepsContext, 1 + (int)(hash % 29), 1 + (int)((hash >> 8) % 300), other);
        Same("in pieces");
        if ((hash & 3) == 0) AgreesWithTheBaseLibrary(data); // it takes long to begin
        RoundTrip(data, windowBits, keepsContext, (choice & 16) != 0 ? DeflateLevel.Small : DeflateLevel.Fast);
    }

    // Pieces of input, and of room: it grows by so many bytes when there is none left.
    void Play(ReadOnlySpan<byte> data, int windowBits, bool keepsContext, int piece, int growth, EventLog log)
    {
        log.Clear();
        using MessageInflater inflater = new(windowBits, keepsContext);
        for (int message = 0; message < MaxMessages; message++)
        {
            int end = EndOfMessage(data), length = 0;
            InflateStatus status = Inflate(inflater, data[..end], piece, growth, ref length);
            log.Event('m', room.AsSpan(0, length));
            log.Event('s', (int)status);
            log.Event('f', (int)inflater.Fault);
            Results.Unless(status == InflateStatus.Invalid == (inflater.Fault != DeflateFault.None), "a fault without a refusal, or the other way round");
            if (status != InflateStatus.NeedInput) return;
            bool ends = inflater.TryEndMessage(room.AsSpan(0, length));
            log.Event('e', ends ? 1 : 0);
            if (!ends || end == data.Length) return;
            int kept = keepsContext ? 1 << windowBits : 0;
            Results.Unless(inflater.HeldBytes <= kept, "more is held between messages than the window");
            data = data[(end + 4)..];
        }
    }

    InflateStatus Inflate(MessageInflater inflater, ReadOnlySpan<byte> data, int piece, int growth, ref int length)
    {
        int there = Math.Min(growth, MaxMessage);
        while (true)
        {
            ReadOnlySpan<byte> input = data[..Math.Min(piece, data.Length)];
            int given = input.Length, before = length;
            InflateStatus status = inflater.Inflate(ref input, room.AsSpan(0, there), ref length);
            data = data[(given - input.Length)..];
            Results.Unless(length >= before && length <= there, "the length is out of bounds");
            if (status == InflateStatus.Invalid) return status;
            if (status == InflateStatus.NeedInput)
            {
                Results.Unless(input.IsEmpty, "input is left, and more is wanted");
                if (data.IsEmpty) return status;
                continue;
            }
            Results.Unless(length == there, "room is left, and more is wanted");
            if (there == MaxMessage) return status;
            there = Math.Min(there + growth, MaxMessage);
        }
    }

    static int EndOfMessage(ReadOnlySpan<byte> data) => data.IndexOf("\r\n\r\n"u8) is >= 0 and int end ? end : data.Length;

    // What is one whole message to us, it inflates to the same; what it cannot read, neither can we.
    void AgreesWithTheBaseLibrary(ReadOnlySpan<byte> data)
    {
        using MessageInflater inflater = new(15, keepsContext: false);
        int length = 0;
        InflateStatus status = Inflate(inflater, data, data.Length + 1, MaxMessage, ref length);
        if (status == InflateStatus.NeedRoom) return;
        bool ends = status == InflateStatus.NeedInput && inflater.TryEndMessage(room.AsSpan(0, length));
        using MemoryStream input = new([.. data, 0, 0, 0xFF, 0xFF]);
        using DeflateStream stream = new(input, CompressionMode.Decompress);
        int count = 0;
        try
        {
            while (count < foreign.Length && stream.Read(foreign, count, foreign.Length - count) is > 0 and int more) count += more;
        }
        catch (InvalidDataException)
        {
            Results.Unless(!ends, "the base library refuses what we inflate");
        }
        int common = Math.Min(count, length); // it stops behind a last block, where we go on
        Results.Unless(room.AsSpan(0, common).SequenceEqual(foreign.AsSpan(0, common)), "the base library inflates something else");
        Results.Unless(!ends || count <= length, "the base library inflates more");
    }

    void RoundTrip(ReadOnlySpan<byte> data, int windowBits, bool keepsContext, DeflateLevel level)
    {
        using MessageDeflater deflater = new(level, windowBits, keepsContext);
        using MessageInflater inflater = new(windowBits, keepsContext);
        if (deflated.Length < MessageDeflater.MaxLength(data.Length)) deflated = new byte[2 * MessageDeflater.MaxLength(data.Length)];
        int half = data.Length / 2;
        Trip(deflater, inflater, data);
        Trip(deflater, inflater, data[half..]);
        if (data.Length % 5 == 0) deflater.Forget();
        Trip(deflater, inflater, data[..half]);
        Results.Unless(keepsContext || deflater.HeldBytes + inflater.HeldBytes == 0, "something is held between messages without context");
    }

    void Trip(MessageDeflater deflater, MessageInflater inflater, ReadOnlySpan<byte> message)
    {
        ReadOnlySpan<byte> input = deflated.AsSpan(0, deflater.Deflate(message, deflated));
        int length = 0;
        InflateStatus status = inflater.Inflate(ref input, room.AsSpan(0, message.Length), ref length);
        Results.Unless(status == InflateStatus.NeedInput && input.IsEmpty, "our own message is not inflated to its end");
        Results.Unless(room.AsSpan(0, length).SequenceEqual(message), "our own message is inflated to something else");
        Results.Unless(inflater.TryEndMessage(room.AsSpan(0, length)), "our own message does not end");
    }

    void Same(string how)
    {
        if (!whole.Written.SequenceEqual(other.Written)) throw new FuzzFailureException($"{how}: {other}\nwhole: {whole}");
    }
}
