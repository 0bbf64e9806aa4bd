using System.Text;
using System.Text.Unicode;
using RawHttp.Wire;

namespace RawRealtime.Server;

/// <summary>
/// The query of a request whose values were judged: every one can be decoded, and is text. Names are taken as they were sent. Nothing is copied
/// but what is coded; valid as long as the request's head.
/// </summary>
internal readonly ref struct Query
{
    readonly ReadOnlySpan<byte> raw;

    Query(ReadOnlySpan<byte> raw) => this.raw = raw;

    /// <summary>Judges <paramref name="raw"/>.</summary>
    public static Refusal Read(ReadOnlySpan<byte> raw, out Query query)
    {
        query = new(raw);
        QueryReader reader = new(raw);
        while (reader.MoveNext())
        {
            if (!PercentDecoder.IsWellFormed(reader.RawValue)) return HttpFault.BadEscape;
            if (!Utf8.IsValid(new Pair(reader).Value) || !Utf8.IsValid(reader.RawName)) return ServerFault.BadQuery;
        }
        return Refusal.None;
    }

    /// <summary>One that was judged before, and not refused.</summary>
    public static Query OfJudged(ReadOnlySpan<byte> raw) => new(raw);

    /// <summary>All pairs, in order.</summary>
    public Enumerator GetEnumerator() => new(raw);

    /// <summary>The first value of a name; null when it is not there.</summary>
    public string? First(ReadOnlySpan<byte> name)
    {
        foreach (Pair pair in this)
            if (pair.Name.SequenceEqual(name)) return pair.Text;
        return null;
    }

    /// <summary>One name and its value.</summary>
    public readonly ref struct Pair(QueryReader reader)
    {
        readonly QueryReader reader = reader;

        /// <summary>The name as it was sent.</summary>
        public ReadOnlySpan<byte> Name => reader.RawName;

        /// <summary>The value, decoded: UTF-8.</summary>
        public ReadOnlySpan<byte> Value => reader.RawValue.ContainsAny((byte)'%', (byte)'+') ? Decoded() : reader.RawValue;

        /// <summary>The value as text.</summary>
        public string Text => Encoding.UTF8.GetString(Value);

        byte[] Decoded()
        {
            byte[] decoded = new byte[reader.RawValue.Length];
            reader.DecodeValue(decoded, out int length);
            return decoded[..length];
        }
    }

    /// <summary>Walks the pairs.</summary>
    public ref struct Enumerator(ReadOnlySpan<byte> raw)
    {
        QueryReader reader = new(raw);

        /// <summary>The present pair.</summary>
        public readonly Pair Current => new(reader);

        /// <summary>Goes to the next one.</summary>
        public bool MoveNext() => reader.MoveNext();
    }
}
