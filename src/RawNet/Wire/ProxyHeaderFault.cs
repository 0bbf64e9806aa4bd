namespace RawNet.Wire;

/// <summary>
/// Every reason to refuse a PROXY header, of both versions. Nothing is answered: the peer is a proxy that is set up wrongly, and
/// what follows cannot be trusted. Clauses are those of "The PROXY protocol, versions 1 and 2".
/// </summary>
public enum ProxyHeaderFault : byte
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>PROXY §2: the connection begins with one of the two signatures; from this peer a header is required.</summary>
    NoSignature,

    /// <summary>PROXY §2.1: the line is 107 bytes at most, CRLF included; §2.2: we take 4 KiB after the first 16 bytes.</summary>
    TooLong,

    /// <summary>PROXY §2.1: the line ends with CRLF, and neither CR nor LF stands elsewhere.</summary>
    BadLineEnd,

    /// <summary>PROXY §2.1: the protocol is TCP4, TCP6 or UNKNOWN.</summary>
    BadProtocol,

    /// <summary>PROXY §2.1: two addresses and two ports, with one space before each and nothing after the last.</summary>
    BadFields,

    /// <summary>PROXY §2.1: an address is written as its protocol says: four decimal numbers without leading zeros, or RFC 4291 §2.2 without a zone.</summary>
    BadAddress,

    /// <summary>PROXY §2.1: a port is 0 to 65535, in decimal digits without leading zeros.</summary>
    BadPort,

    /// <summary>PROXY §2.2: the version of a binary header is 2.</summary>
    BadVersion,

    /// <summary>PROXY §2.2: the command is LOCAL or PROXY.</summary>
    BadCommand,

    /// <summary>PROXY §2.2: family and transport are one of the seven pairs that are defined.</summary>
    BadFamily,

    /// <summary>PROXY §2.2: the length covers at least the addresses of the family.</summary>
    AddressesCut,

    /// <summary>PROXY §2: the connection ended before the header did.</summary>
    Incomplete,

    /// <summary>PROXY §2: the header comes at once, as the first thing on the connection; it did not come within the handshake's time.</summary>
    TooSlow,
}
