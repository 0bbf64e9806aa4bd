using System.Globalization;
using System.Text;

namespace RawRealtime.Bench;

/// <summary>
/// Messages as a server of events sends them: orders with nested parts, prices, times and ids, each another one, and the same ones on each run.
/// A larger message holds more orders.
/// </summary>
static class JsonMessages
{
    static readonly string[] Names = ["Ada Byron", "Grace Hopper", "Jürgen Müller", "María López", "Linus Berg", "Chen Wei", "Nadia Petrova", "Sam O'Neil"];
    static readonly string[] Items = ["espresso beans", "oat milk", "paper filter", "kettle", "hand grinder", "scale", "cup, blue", "cup, white"];
    static readonly string[] States = ["placed", "paid", "packed", "sent", "returned"];

    /// <summary>Makes messages.</summary>
    /// <param name="size">Bytes of each.</param>
    /// <param name="count">How many.</param>
    internal static byte[][] Make(int size, int count)
    {
        var chance = new Random(20261122);
        var messages = new byte[count][];
        for (int i = 0; i < count; i++) messages[i] = Message(size, i, chance);
        return messages;
    }

    /// <summary>As many messages as fill more than two windows, so that none is in the window of its like.</summary>
    internal static byte[][] Make(int size) => Make(size, Math.Max(8, (80 << 10) / size));

    static byte[] Message(int size, int number, Random chance)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{{\"type\":\"message\",\"channel\":\"orders.eu\",\"id\":{70_000 + number},\"time\":\"2026-11-22T16:{number / 60 % 60:00}:{number % 60:00}.{chance.Next(1000):000}Z\",\"data\":[");
        while (true)
        {
            Order(text, chance);
            if (Encoding.UTF8.GetByteCount(text.ToString()) >= size) break;
            text.Append(',');
        }
        return Encoding.UTF8.GetBytes(text.ToString())[..size]; // the end is cut off: sizes are compared, not documents
    }

    static void Order(StringBuilder text, Random chance)
    {
        text.Append(CultureInfo.InvariantCulture, $"{{\"order\":\"{chance.NextInt64(1L << 40):x10}\",\"customer\":\"{Names[chance.Next(Names.Length)]}\",\"state\":\"{States[chance.Next(States.Length)]}\",\"lines\":[");
        for (int line = chance.Next(1, 4); line > 0; line--)
        {
            text.Append(CultureInfo.InvariantCulture, $"{{\"item\":\"{Items[chance.Next(Items.Length)]}\",\"count\":{chance.Next(1, 9)},\"price\":{chance.Next(100, 9_999) / 100m}}}");
            if (line > 1) text.Append(',');
        }
        text.Append(CultureInfo.InvariantCulture, $"],\"total\":{chance.Next(1_000, 99_999) / 100m},\"gift\":{(chance.Next(5) == 0 ? "true" : "false")},\"note\":null}}");
    }
}
