namespace RawWebSocket.Wire;

/// <summary>Which end of the connection we are. RFC 6455 §5.1 gives the two ends different duties in masking only.</summary>
public enum WsRole : byte
{
    /// <summary>We accepted the connection: what arrives must be masked, what we send must not be.</summary>
    Server,

    /// <summary>We opened the connection: what we send must be masked, what arrives must not be.</summary>
    Client,
}
