using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using RawHttp.Wire;

namespace RawHttp.Tests.Wire;

/// <summary>
/// RFC 9112 §2 to §6 once more, plainly: line by line over a string that is all there, with the RFCs' grammar as regular expressions.
/// It shares nothing with the reader but the names of the faults.
/// </summary>
static partial class HeadOracle
{
    const string BadTarget = "a target's fault";

    static readonly string[] TargetFaults =
    [
        nameof(HttpFault.BadTarget), nameof(HttpFault.TargetHasFragment), nameof(HttpFault.TargetFormNotAllowed), nameof(HttpFault.BadEscape), nameof(HttpFault.EscapedControl),
    ];

    /// <summary>Whether the reader's outcome is the oracle's; of a target the oracle knows only that it is wrong.</summary>
    public static bool Agrees(string oracle, string reader) => oracle == BadTarget ? TargetFaults.Contains(reader) : oracle == reader;

    /// <summary>The head as <see cref="Requests"/> describes it, or <c>NeedMore</c>, or the fault's name.</summary>
    public static string Read(string input, HttpLimits limits)
    {
        int at = 0, emptyLines = 0;
        while (true) // RFC 9112 §2.2: empty lines before the request line
        {
            if (at < input.Length && !"\r\n".Contains(input[at]) && !Token().IsMatch(input[at..(at + 1)])) return nameof(HttpFault.BadMethod);
            string tooLong = TooLong(input[at..], limits);
            string stopped = ReadLine(input, at, at + limits.MaxRequestLineBytes, tooLong, out string line);
            if (stopped.Length > 0) return stopped;
            if (line.Length > 0) return ReadFrom(input, at, line, limits);
            at += 2;
            if (++emptyLines > 4) return nameof(HttpFault.TooManyEmptyLines);
        }
    }

    static string TooLong(string rest, HttpLimits limits)
    {
        int space = rest[..Math.Min(rest.Length, limits.MaxRequestLineBytes)].IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? nameof(HttpFault.BadRequestLine) : space > 32 ? nameof(HttpFault.MethodTooLong) : nameof(HttpFault.TargetTooLong);
    }

    static string ReadFrom(string input, int start, string requestLine, HttpLimits limits)
    {
        string fault = ReadRequestLine(requestLine, out string[] words, out Match target);
        if (fault.Length > 0) return fault;
        List<(string Name, string Value)> fields = [];
        int at = start + requestLine.Length + 2;
        while (true)
        {
            string stopped = ReadLine(input, at, start + limits.MaxHeadBytes, nameof(HttpFault.FieldsTooLarge), out string line);
            if (stopped.Length > 0) return stopped;
            at += line.Length + 2;
            if (line.Length == 0) break;
            fault = FieldFault(line, out string name, out string value);
            if (fault.Length > 0) return fault;
            if (fields.Count == limits.MaxFields) return nameof(HttpFault.TooManyFields);
            fields.Add((name, value));
        }
        bool is11 = words[2][^1] != '0';
        fault = Judge(fields, is11, target, out string framing);
        if (fault.Length > 0) return fault;
        string path = target.Groups["path"].Value, listed = string.Concat(fields.Select(field => $" [{field.Name}={field.Value}]"));
        if (path.Length == 0 && target.Groups["scheme"].Success) path = "/";
        return $"{at} {words[0]} {path}?{target.Groups["query"].Value} {(is11 ? "Http11" : "Http10")} {framing}{listed}";
    }

    // A line ends with CRLF, and CR or LF stand nowhere else. RFC 9112 §2.2.
    static string ReadLine(string input, int at, int mostEnd, string tooLong, out string line)
    {
        line = "";
        int end = input.IndexOf('\n', at);
        if ((end < 0 ? input.Length : end + 1) > mostEnd) return tooLong;
        if (end < 0) return "NeedMore";
        if (end == at || input[end - 1] != '\r') return nameof(HttpFault.BareLineFeed);
        line = input[at..(end - 1)];
        return line.Contains('\r') ? nameof(HttpFault.BareCarriageReturn) : "";
    }

    static string ReadRequestLine(string line, out string[] words, out Match target)
    {
        words = line.Split(' ');
        target = Match.Empty;
        if (words.Length > 1 && words[0].Length > 32) return nameof(HttpFault.MethodTooLong);
        if (!Token().IsMatch(words[0])) return nameof(HttpFault.BadMethod);
        if (words.Length != 3 || words[1].Length == 0) return nameof(HttpFault.BadRequestLine);
        if (!Version().IsMatch(words[2])) return nameof(HttpFault.BadVersion);
        if (words[2][5] != '1') return nameof(HttpFault.UnsupportedVersion);
        target = (words[0] == "CONNECT" ? AuthorityForm() : words[0] == "OPTIONS" && words[1] == "*" ? AsteriskForm() : OriginOrAbsoluteForm()).Match(words[1]);
        return target.Success && PortIsOne(target.Groups["port"].Value) ? "" : BadTarget;
    }

    /// <summary>The fault of one field line; empty when there is none. RFC 9112 §5.</summary>
    public static string FieldFault(string line, out string name, out string value)
    {
        int colon = line.IndexOf(':', StringComparison.Ordinal);
        (name, value) = colon < 0 ? ("", "") : (line[..colon], line[(colon + 1)..]);
        if (line[0] is ' ' or '\t') return nameof(HttpFault.FoldedField);
        if (colon < 0) return nameof(HttpFault.FieldWithoutColon);
        if (name.EndsWith(' ') || name.EndsWith('\t')) return nameof(HttpFault.SpaceBeforeColon);
        if (!Token().IsMatch(name)) return nameof(HttpFault.BadFieldName);
        if (name.ToUpperInvariant() is "CONTENT_LENGTH" or "TRANSFER_ENCODING") return nameof(HttpFault.FramingLookalike);
        if (!Value().IsMatch(value)) return nameof(HttpFault.BadFieldValue);
        value = value.Trim(' ', '\t');
        return "";
    }

    // What only the whole head can tell, in the order of RFC 9112.
    static string Judge(List<(string Name, string Value)> fields, bool is11, Match target, out string framing)
    {
        framing = "None";
        string[] hosts = ValuesOf("host"), lengths = ValuesOf("content-length"), codings = ValuesOf("transfer-encoding");
        if (hosts.Length > 1) return nameof(HttpFault.HostRepeated); // §3.2
        if (hosts.Length == 0 && is11) return nameof(HttpFault.HostMissing);
        if (hosts.Length == 1 && !(Host().Match(hosts[0]) is { Success: true } host && PortIsOne(host.Groups["port"].Value))) return nameof(HttpFault.BadHost);
        if (codings.Length > 0 && lengths.Length > 0) return nameof(HttpFault.TwoBodyLengths); // §6.3
        if (codings.Length > 0) framing = "Chunked";
        if (codings.Length > 0 && CodingFault(codings, is11) is { Length: > 0 } bad) return bad;
        if (lengths.Length > 1) return nameof(HttpFault.ContentLengthRepeated);
        if (lengths.Length == 1 && !(Length().IsMatch(lengths[0]) && BigInteger.Parse(lengths[0], CultureInfo.InvariantCulture) <= long.MaxValue)) return nameof(HttpFault.BadContentLength);
        if (lengths.Length == 1) framing = "Fixed";
        if (ValuesOf("content-type").Length > 1) return nameof(HttpFault.ContentTypeRepeated);
        bool expectsOther = is11 && ValuesOf("expect").SelectMany(Members).Any(one => one.Length > 0 && !one.Equals("100-continue", StringComparison.OrdinalIgnoreCase));
        if (expectsOther) return nameof(HttpFault.UnknownExpectation);
        return target.Groups["scheme"].Value.Equals("https", StringComparison.OrdinalIgnoreCase) ? nameof(HttpFault.SchemeNotServedHere) : "";

        string[] ValuesOf(string name) => [.. fields.Where(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(field => field.Value)];
    }

    // RFC 9112 §6.1 and §6.3: chunked is last and once, tokens only; another coding in front of it is not known here.
    static string CodingFault(string[] lines, bool is11)
    {
        if (!is11) return nameof(HttpFault.TransferCodingInHttp10);
        string[] codings = [.. lines.SelectMany(Members)];
        if (codings.Any(coding => !Token().IsMatch(coding))) return nameof(HttpFault.BadTransferCoding);
        int chunked = Array.FindIndex(codings, coding => coding.Equals("chunked", StringComparison.OrdinalIgnoreCase));
        if (chunked >= 0 && chunked < codings.Length - 1) return nameof(HttpFault.BadTransferCoding);
        return codings.Length > 1 || chunked < 0 ? nameof(HttpFault.UnknownTransferCoding) : "";
    }

    // RFC 9110 §5.6.1, with the quoted strings of §5.6.4; one that does not end takes all that follows.
    static IEnumerable<string> Members(string list) => Member().Matches("," + list).Select(found => found.Groups[1].Value.Trim(' ', '\t'));

    static bool PortIsOne(string port) => port.Length == 0 || (port.Length <= 5 && int.Parse(port, CultureInfo.InvariantCulture) <= 65535);

    const string Pct = "%[0-9A-Fa-f]{2}", NoControl = "%(?!7[Ff]|[01])[0-9A-Fa-f]{2}", Unreserved = "A-Za-z0-9\\-._~", SubDelims = "!$&'()*+,;=";
    const string UriHost = "(?:[" + Unreserved + "]+|\\[(?=[^\\]]*:[^\\]]*:)[0-9A-Fa-f:.]+\\])";
    const string PathAndQuery = "(?:\\?(?<query>(?:[" + Unreserved + SubDelims + ":@/?\\[\\]{}|\\\\^`]|" + Pct + ")*))?\\z";
    const string PathCharacter = "(?:[" + Unreserved + SubDelims + ":@/]|" + NoControl + ")";

    [GeneratedRegex("\\A[!#$%&'*+\\-.^_`|~0-9A-Za-z]+\\z")]
    private static partial Regex Token();

    [GeneratedRegex("\\AHTTP/[0-9]\\.[0-9]\\z")]
    private static partial Regex Version();

    [GeneratedRegex("\\A[\\t -~\\x80-\\xFF]*\\z")]
    private static partial Regex Value();

    [GeneratedRegex("\\A(?:0|[1-9][0-9]{0,18})\\z")]
    private static partial Regex Length();

    [GeneratedRegex("\\A" + UriHost + "(?::(?<port>[0-9]*))?\\z")]
    private static partial Regex Host();

    [GeneratedRegex("\\A" + UriHost + ":(?<port>[0-9]+)\\z")]
    private static partial Regex AuthorityForm();

    [GeneratedRegex("\\A\\*\\z")]
    private static partial Regex AsteriskForm();

    [GeneratedRegex("\\A(?:(?<scheme>[Hh][Tt][Tt][Pp][Ss]?)://" + UriHost + "(?::(?<port>[0-9]*))?(?<path>(?:/" + PathCharacter + "*)?)|(?<path>/" + PathCharacter + "*))" + PathAndQuery)]
    private static partial Regex OriginOrAbsoluteForm();

    [GeneratedRegex(",((?:\"(?:\\\\[^\\n]|[^\"\\\\])*(?:\"|\\\\?\\z)|[^,\"])*)")]
    private static partial Regex Member();
}
