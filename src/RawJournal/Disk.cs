using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace RawJournal;

/// <summary>All that the journal does to files, in one place, so that a test can let it fail.</summary>
class Disk
{
    const int OpenReadOnly = 0;

    public virtual void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(file, bytes, offset);

    public virtual void Flush(SafeFileHandle file) => RandomAccess.FlushToDisk(file);

    public virtual void SetLength(SafeFileHandle file, long length) => RandomAccess.SetLength(file, length);

    public virtual void Move(string from, string to) => File.Move(from, to, overwrite: true);

    public virtual void Delete(string path) => File.Delete(path);

    /// <summary>
    /// Makes it last which names are in a folder. On Linux a folder is synced like a file, and the base library opens none; elsewhere
    /// the file system keeps names in its own order.
    /// </summary>
    public virtual void FlushFolder(string path)
    {
        if (!OperatingSystem.IsLinux()) return;
        int descriptor = OpenNative(Encoding.UTF8.GetBytes(path + '\0'), OpenReadOnly);
        if (descriptor < 0) throw Failed(path);
        try
        {
            if (FsyncNative(descriptor) != 0) throw Failed(path);
        }
        finally
        {
            _ = CloseNative(descriptor);
        }
    }

    static IOException Failed(string path) => new($"The folder {path} can't be synced: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}.");

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int OpenNative(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int FsyncNative(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int CloseNative(int descriptor);
}
