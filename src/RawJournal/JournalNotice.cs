using RawJournal.Wire;

namespace RawJournal;

/// <summary>What was mended while opening.</summary>
/// <param name="File">The whole path.</param>
/// <param name="Offset">From where bytes were cut; 0 when the file was deleted.</param>
/// <param name="BytesCut">How many.</param>
/// <param name="Fault">What was wrong there; none for a segment that was not finished.</param>
/// <param name="Message">One sentence for people, with all of it.</param>
public sealed record JournalNotice(string File, long Offset, long BytesCut, JournalFault Fault, string Message);
