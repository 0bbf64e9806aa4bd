using RawNet;

namespace RawRealtime.Server;

/// <summary>
/// Reads the certificates, looks at their files again every few seconds, and puts changed ones in force: new handshakes get them,
/// open connections keep what they have. Files that are of no use change nothing and are told. The looks are one at a time.
/// </summary>
internal sealed class CertificateWatch : IDisposable
{
    /// <summary>Milliseconds between two looks.</summary>
    public const int LookMilliseconds = 5_000;

    readonly TlsFiles files;
    readonly ServerLog log;
    readonly ITimer timer;
    string inForce, lastSeen;
    int looking;

    CertificateWatch(TlsFiles files, ServerLog log, TimeProvider time)
    {
        (this.files, this.log) = (files, log);
        inForce = lastSeen = Look(files); // before they are read, so that no change is missed
        Certificates = new(TlsSettings.Read(files));
        TimeSpan each = TimeSpan.FromMilliseconds(LookMilliseconds);
        timer = time.CreateTimer(static me => ((CertificateWatch)me!).LookAgain(), this, each, each);
    }

    /// <summary>What is in force.</summary>
    public ServerCertificates Certificates { get; }

    /// <summary>Reads the files and begins to watch them; null when there are none.</summary>
    /// <exception cref="CertificateException">A file is of no use.</exception>
    public static CertificateWatch? Start(TlsFiles files, ServerLog log, TimeProvider time) => files.IsEmpty ? null : new(files, log, time);

    /// <summary>Looks no more.</summary>
    public void Dispose() => timer.Dispose();

    void LookAgain()
    {
        if (Interlocked.Exchange(ref looking, 1) == 1) return;
        string seen = Look(files);
        // Changed, and the same as at the last look: whoever writes a certificate and then its key has done both.
        if (seen != inForce && seen == lastSeen)
        {
            inForce = seen;
            Reload();
        }
        lastSeen = seen;
        Volatile.Write(ref looking, 0);
    }

    void Reload()
    {
        try
        {
            IReadOnlyList<ServerCertificate> read = TlsSettings.Read(files);
            Certificates.Replace(read);
            log.OnCertificatesReloaded(string.Join(", ", read.Select(one => $"{one.Leaf.Subject} until {one.Leaf.NotAfter.ToUniversalTime():yyyy-MM-dd}")));
        }
        catch (CertificateException useless)
        {
            log.OnCertificatesKept(useless.Message);
        }
    }

    static string Look(TlsFiles files) => string.Join('\n', files.All.Select(Look));

    // Through an open file, since a look at a name may show the age of a link instead of what it leads to.
    static string Look(string file)
    {
        try
        {
            using Microsoft.Win32.SafeHandles.SafeFileHandle open = File.OpenHandle(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return FormattableString.Invariant($"{RandomAccess.GetLength(open)} {File.GetLastWriteTimeUtc(open).Ticks}");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return failure.GetType().Name;
        }
    }
}
