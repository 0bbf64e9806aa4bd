using System.Text;

namespace Conformance.Catalogue;

/// <summary>What people send: made by rule, the same on every run.</summary>
static class Payloads
{
    public static byte[] Of(string kind, int length, int seed = 1) => kind switch
    {
        "JSON" => Json(length, seed),
        "prose" => Prose(length, seed),
        "picture" => Picture(length),
        "noise" => Noise(length, seed),
        "zeros" => new byte[length],
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static byte[] Noise(int length, int seed = 1)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    static byte[] Json(int length, int seed)
    {
        StringBuilder text = new();
        Random random = new(seed);
        for (int id = 0; text.Length < length; id++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $$"""{"id":{{id}},"name":"sensor-{{random.Next(40)}}","value":{{random.Next(100_000) / 100.0}},"ok":{{(random.Next(2) == 0 ? "true" : "false")}}},""");
        return Encoding.UTF8.GetBytes(text.ToString(0, length));
    }

    static byte[] Prose(int length, int seed)
    {
        string[] words = ["the", "byte", "of", "a", "stream", "has", "no", "frame", "and", "every", "reader", "waits", "for", "it", "until", "more", "arrives"];
        StringBuilder text = new();
        Random random = new(seed);
        while (text.Length < length) text.Append(words[random.Next(words.Length)]).Append(random.Next(9) == 0 ? ". " : " ");
        return Encoding.UTF8.GetBytes(text.ToString(0, length));
    }

    // Neighbours differ little, rows repeat nearly.
    static byte[] Picture(int length)
    {
        byte[] bytes = new byte[length];
        Random noise = new(3);
        for (int i = 0; i < length; i++) bytes[i] = (byte)(i % 512 / 4 + i / 512 % 64 + noise.Next(3));
        return bytes;
    }
}
