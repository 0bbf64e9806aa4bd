using System.Diagnostics.CodeAnalysis;

namespace RawRealtime.Storage;

/// <summary>The folder of <c>--data</c> is of no use; the message says why and what to do, in one line.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "Made where the folder is opened.")]
internal sealed class StoreException(string message, Exception? reason = null) : Exception(message, reason);
