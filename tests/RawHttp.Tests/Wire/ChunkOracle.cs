using System.Globalization;
using System.Numerics;
using RawHttp.Wire;

namespace RawHttp.Tests.Wire;

/// <summary>
/// RFC 9112 §7.1 once more, plainly: the decoding procedure of §7.1.3 around the grammar of §7.1.1 and §7.1.2, by recursive descent
/// over a string that is all there, a new one for each input. It shares nothing with the reader but the names of the faults.
/// </summary>
sealed class ChunkOracle(string input, HttpLimits limits)
{
    const string TokenCharacters = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const string HexDigits = "0123456789abcdefABCDEF";

    // RFC 9110 §6.5.1, as far as the inputs go.
    static readonly string[] Forbidden = ["HOST", "CONTENT-LENGTH", "TRAILER"];

    readonly List<string> trailers = [];
    string content = "";
    string? stopped; // why nothing more is read: "NeedMore" or a fault's name
    int at, lineStart;
    bool inLine;

    /// <summary><c>content|trailers|rest</c> when the body is complete, else <c>NeedMore content</c> or the fault's name.</summary>
    public string Read()
    {
        long length = 0, overhead = 0;
        while (ReadSizeLine(out BigInteger size)) // §7.1.3: read chunk-size, chunk-ext (if any), and CRLF
        {
            if (size > long.MaxValue) return nameof(HttpFault.ChunkSizeTooLarge);
            if (length + size > limits.MaxBodyBytes) return nameof(HttpFault.BodyTooLarge);
            length += (long)size;
            overhead = Math.Max(0, overhead + (at - lineStart) + 2 - (16 + 2 * (long)size));
            if (overhead > limits.MaxChunkOverheadBytes) return nameof(HttpFault.ChunkOverheadTooLarge);
            if (size == 0)
            {
                ReadTrailers();
                break;
            }
            if (!ReadData((int)size)) break; // read chunk-data and CRLF; append chunk-data to content
        }
        return stopped == "NeedMore" ? $"NeedMore {content}" : stopped ?? $"{content}|{string.Concat(trailers)}|{input[at..]}";
    }

    // chunk = chunk-size [ chunk-ext ] CRLF chunk-data CRLF
    bool ReadSizeLine(out BigInteger size)
    {
        size = 0;
        (lineStart, inLine) = (at, true);
        string digits = "";
        while (See(out char next) && HexDigits.Contains(next))
        {
            digits += next;
            at++;
            if (digits.Length > 16) return Stop(HttpFault.BadChunkSize);
        }
        if (stopped is not null) return false;
        if (digits.Length == 0 || !"\r\n; \t".Contains(input[at])) return Stop(HttpFault.BadChunkSize);
        size = BigInteger.Parse("0" + digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        if (!ReadExtensions()) return false;
        at++; // the CR
        if (!See(out char last)) return false;
        if (last != '\n') return Stop(HttpFault.BareCarriageReturn);
        at++;
        inLine = false;
        return true;
    }

    // chunk-ext = *( BWS ";" BWS chunk-ext-name [ BWS "=" BWS chunk-ext-val ] ), up to the CR
    bool ReadExtensions()
    {
        while (true)
        {
            bool space = SkipSpace();
            if (!See(out char next)) return false;
            if (next == '\r' && !space) return true;
            if (next != ';') return Refuse(next);
            at++;
            SkipSpace();
            if (!ReadToken()) return false;
            int behindName = at;
            SkipSpace();
            if (!See(out next)) return false;
            if (next == '=')
            {
                at++;
                SkipSpace();
                if (!ReadValue()) return false;
            }
            else at = behindName; // the white space belongs to what follows
        }
    }

    // chunk-ext-val = token / quoted-string
    bool ReadValue()
    {
        if (!See(out char next)) return false;
        return next == '"' ? ReadQuoted() : ReadToken();
    }

    bool ReadToken()
    {
        int start = at;
        while (See(out char next) && TokenCharacters.Contains(next)) at++;
        if (stopped is not null) return false;
        return at > start || Refuse(input[at]);
    }

    // quoted-string = DQUOTE *( qdtext / quoted-pair ) DQUOTE
    bool ReadQuoted()
    {
        at++;
        while (See(out char next))
        {
            at++;
            if (next == '"') return true;
            bool escaped = next == '\\';
            if (escaped && !See(out next)) return false;
            if (escaped) at++;
            if (next != '\t' && (next < ' ' || next == '\x7F')) return Refuse(next);
        }
        return false;
    }

    bool SkipSpace()
    {
        int start = at;
        while (See(out char next) && next is ' ' or '\t') at++;
        return at > start;
    }

    // Within a size line no byte is looked at beyond the line's limit.
    bool See(out char next)
    {
        next = '\0';
        if (stopped is not null) return false;
        if (at == input.Length) return Stop("NeedMore");
        if (inLine && at - lineStart >= limits.MaxChunkLineBytes) return Stop(HttpFault.ChunkLineTooLong);
        next = input[at];
        return true;
    }

    bool ReadData(int size)
    {
        int there = Math.Min(size, input.Length - at);
        content += input.Substring(at, there);
        at += there;
        foreach (char expected in "\r\n")
        {
            if (!See(out char next)) return false;
            if (next != expected) return Stop(HttpFault.BadChunkEnd);
            at++;
        }
        return true;
    }

    // §7.1.2: trailer-section = *( field-line CRLF ), and the CRLF behind it
    void ReadTrailers()
    {
        int start = at;
        while (true)
        {
            int end = input.IndexOf('\n', at), most = start + limits.MaxTrailerBytes;
            if ((end < 0 ? input.Length : end + 1) > most) Stop(HttpFault.TrailersTooLarge);
            else if (end < 0) Stop("NeedMore");
            else if (end == at || input[end - 1] != '\r') Stop(HttpFault.BareLineFeed);
            if (stopped is not null) return;
            string line = input[at..(end - 1)];
            at = end + 1;
            if (line.Length == 0) return;
            if (line.Contains('\r'))
            {
                Stop(HttpFault.BareCarriageReturn);
                return;
            }
            string fault = HeadOracle.FieldFault(line, out string name, out string value);
            if (fault.Length == 0 && Forbidden.Contains(name.ToUpperInvariant())) fault = nameof(HttpFault.ForbiddenTrailer);
            if (fault.Length > 0) Stop(fault);
            if (stopped is not null) return;
            trailers.Add($" [{name}={value}]");
        }
    }

    bool Refuse(char next) => Stop(next == '\n' ? HttpFault.BareLineFeed : HttpFault.BadChunkExtension);

    bool Stop(HttpFault fault) => Stop(fault.ToString());

    bool Stop(string why)
    {
        stopped = why;
        return false;
    }
}
