namespace RawHttp.Wire;

/// <summary>How much a client likes one of several. RFC 9110 §12.4.2: <c>weight = OWS ";" OWS "q=" qvalue</c></summary>
public static class Weights
{
    /// <summary>Reads what follows the semicolon.</summary>
    /// <param name="text"><c>q=0.5</c>, perhaps with white space around it.</param>
    /// <param name="thousandths">0 for "not at all" to 1000; 0 when the answer is false.</param>
    /// <returns>False when it breaks the grammar: more than 1, more than three decimals, a sign, no digit in front of the point.</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, out int thousandths)
    {
        thousandths = 0;
        ReadOnlySpan<byte> weight = HttpGrammar.WithoutOws(text).Of(text);
        if (weight.Length is < 3 or > 7 || (weight[0] | 0x20) != 'q' || weight[1] != '=') return false; // ABNF strings have no case
        return TryReadValue(weight[2..], out thousandths);
    }

    // qvalue = ( "0" [ "." 0*3DIGIT ] ) / ( "1" [ "." 0*3("0") ] )
    static bool TryReadValue(ReadOnlySpan<byte> value, out int thousandths)
    {
        thousandths = 0;
        if (value[0] is not ((byte)'0' or (byte)'1') || (value.Length > 1 && value[1] != '.')) return false;
        int total = (value[0] - '0') * 1000, place = 100;
        for (int i = 2; i < value.Length; i++, place /= 10)
        {
            if (value[i] is < (byte)'0' or > (byte)'9') return false;
            total += (value[i] - '0') * place;
        }
        if (total > 1000) return false;
        thousandths = total;
        return true;
    }
}
