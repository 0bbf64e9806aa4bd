using RawHttp.Wire;

namespace RawHttp;

/// <summary>What <see cref="HttpRequest.ReadBodyPartAsync"/> gives: a fault, or a piece of content, or its end.</summary>
/// <param name="Fault">None, or why the content cannot be read; then nothing more comes.</param>
/// <param name="Data">A piece of the content where it lies, not a copy: valid until the next read, and no longer than the handler runs. Empty at the end and with a fault.</param>
/// <param name="IsEnd">Whether the content was read to its end.</param>
public readonly record struct BodyPart(HttpFault Fault, ReadOnlyMemory<byte> Data, bool IsEnd);
