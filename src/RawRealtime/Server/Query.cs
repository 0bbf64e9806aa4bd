using System.Text;
using RawHttp.Wire;

namespace RawRealtime.Server;

/// <summary>The query of a request, decoded once, as texts: for routes that look at several names.</summary>
internal sealed class Query
{
    static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    readonly List<(string Name, string Value)> pairs = [];

    /// <summary>Decodes <paramref name="raw"/>.</summary>
    public static Refusal Read(ReadOnlySpan<byte> raw, out Query query)
    {
        query = new();
        QueryReader reader = new(raw);
        Span<byte> decoded = new byte[raw.Length];
        while (reader.MoveNext())
        {
            HttpFault fault = reader.DecodeValue(decoded, out int length);
            if (fault != HttpFault.None) return fault;
            if (!TryText(decoded[..length], out string value) || !TryText(reader.RawName, out string name)) return ServerFault.BadQuery;
            query.pairs.Add((name, value));
        }
        return Refusal.None;
    }

    /// <summary>All pairs, in order.</summary>
    public IReadOnlyList<(string Name, string Value)> Pairs => pairs;

    /// <summary>The first value of a name; null when it is not there.</summary>
    public string? First(string name)
    {
        foreach ((string Name, string Value) pair in pairs)
            if (pair.Name == name) return pair.Value;
        return null;
    }

    /// <summary>All values of a name, in order.</summary>
    public IEnumerable<string> All(string name) => pairs.Where(pair => pair.Name == name).Select(pair => pair.Value);

    static bool TryText(ReadOnlySpan<byte> bytes, out string text)
    {
        bool isText = System.Text.Unicode.Utf8.IsValid(bytes);
        text = isText ? Strict.GetString(bytes) : "";
        return isText;
    }
}
