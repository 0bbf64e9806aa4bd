using System.Buffers;
using System.Buffers.Text;

namespace RawRealtime.Delivery;

/// <summary>Bytes that a publisher sent inside of JSON.</summary>
internal static class Base64Data
{
    /// <summary>Decodes <paramref name="data"/>.</summary>
    /// <param name="data">Base64 text, and then the bytes; of no use when it is none.</param>
    /// <returns>False when it is no base64.</returns>
    public static bool TryDecode(ref byte[] data)
    {
        byte[] decoded = new byte[Base64.GetMaxDecodedFromUtf8Length(data.Length)];
        bool isBase64 = Base64.DecodeFromUtf8(data, decoded, out _, out int length) == OperationStatus.Done;
        data = decoded.AsSpan(0, length).ToArray();
        return isBase64;
    }
}
