using System.Diagnostics.CodeAnalysis;
using RawJournal.Wire;

namespace RawJournal;

/// <summary>A journal can't be opened, or can't be written any more. The message names the file and what to do.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "Made by the journal only.")]
public sealed class JournalException : IOException
{
    internal JournalException(string message, Exception? inner = null) : base(message, inner)
    {
    }

    internal JournalException(string message, string file, long offset, JournalFault fault) : base(message) =>
        (File, Offset, Fault) = (file, offset, fault);

    /// <summary>The damaged file; null when no file is damaged.</summary>
    public string? File { get; }

    /// <summary>Where in it.</summary>
    public long Offset { get; }

    /// <summary>What is wrong there.</summary>
    public JournalFault Fault { get; }
}
