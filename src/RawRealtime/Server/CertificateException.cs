using System.Diagnostics.CodeAnalysis;

namespace RawRealtime.Server;

/// <summary>A certificate's file is of no use; the message says which and why, in one line.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "Made where a file is read.")]
internal sealed class CertificateException(string file, Exception reason, string? hint = null)
    : Exception($"cannot use the certificate {file}: {reason.Message}{hint}", reason);
