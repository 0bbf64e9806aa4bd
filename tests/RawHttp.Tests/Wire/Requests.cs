using System.Text;
using RawHttp.Wire;
using Testing;

namespace RawHttp.Tests.Wire;

/// <summary>Reads a request head at every split and tells what came out.</summary>
static class Requests
{
    public static HttpFault FaultOf(string raw, HttpLimits? limits = null)
    {
        string outcome = OutcomeOf(raw, limits);
        return Enum.TryParse(outcome, out HttpFault fault) ? fault : throw new Xunit.Sdk.XunitException($"not refused: {outcome}");
    }

    /// <summary>The fault's name, or <c>NeedMore</c>, or the head as text, the first token telling how many bytes it took.</summary>
    public static string OutcomeOf(string raw, HttpLimits? limits = null) => AllSplits.Outcome(Bytes.Of(raw), () =>
    {
        var reader = new RequestHeadReader(limits ?? HttpLimits.Default);
        var head = new RequestHead();
        string outcome = "NeedMore";
        return (Turn, () => outcome);

        int Turn(ReadOnlySpan<byte> unread, bool isEnd)
        {
            if (outcome != "NeedMore") return 0;
            ReadResult result = reader.Read(unread, head);
            if (result.Status == ReadStatus.Done) outcome = $"{result.Consumed} {Describe(head)}";
            if (result.Status == ReadStatus.Invalid) outcome = result.Fault.ToString();
            return result.Consumed;
        }
    });

    /// <summary>A head that is valid, and the same at every split.</summary>
    public static RequestHead Read(string raw)
    {
        Assert.StartsWith($"{raw.Length} ", OutcomeOf(raw), StringComparison.Ordinal);
        var head = new RequestHead();
        ReadResult result = new RequestHeadReader(HttpLimits.Default).Read(Bytes.Of(raw), head);
        Assert.Equal(ReadResult.Done(raw.Length), result);
        return head;
    }

    /// <summary>A valid 1.1 GET with one more field line.</summary>
    public static string With(string field) => $"GET / HTTP/1.1\r\nHost: a\r\n{field}\r\n\r\n";

    /// <summary>The head as text.</summary>
    public static string Describe(RequestHead head) =>
        $"{Bytes.Text(head.MethodBytes)} {Bytes.Text(head.Path)}?{Bytes.Text(head.Query)} {head.Version} {head.Framing.Kind}{Describe(head.Fields)}";

    /// <summary>Field lines as text, each with a space in front.</summary>
    public static string Describe(FieldLines fields)
    {
        var text = new StringBuilder();
        for (int i = 0; i < fields.Count; i++) text.Append($" [{Bytes.Text(fields.NameAt(i))}={Bytes.Text(fields.ValueAt(i))}]");
        return text.ToString();
    }
}
