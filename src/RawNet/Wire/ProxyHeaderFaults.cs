namespace RawNet.Wire;

/// <summary>The one map from a broken rule of a PROXY header to its name.</summary>
public static class ProxyHeaderFaults
{
    /// <summary>The rule's stable name, in kebab-case, as it stands in logs.</summary>
    /// <param name="fault">A rule, not <see cref="ProxyHeaderFault.None"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not in the map.</exception>
    public static string CodeOf(ProxyHeaderFault fault) => fault switch
    {
        ProxyHeaderFault.NoSignature => "no-signature",
        ProxyHeaderFault.TooLong => "too-long",
        ProxyHeaderFault.BadLineEnd => "bad-line-end",
        ProxyHeaderFault.BadProtocol => "bad-protocol",
        ProxyHeaderFault.BadFields => "bad-fields",
        ProxyHeaderFault.BadAddress => "bad-address",
        ProxyHeaderFault.BadPort => "bad-port",
        ProxyHeaderFault.BadVersion => "bad-version",
        ProxyHeaderFault.BadCommand => "bad-command",
        ProxyHeaderFault.BadFamily => "bad-family",
        ProxyHeaderFault.AddressesCut => "addresses-cut",
        ProxyHeaderFault.Incomplete => "incomplete",
        ProxyHeaderFault.TooSlow => "too-slow",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "No rule of this name."),
    };
}
