using Microsoft.Win32.SafeHandles;
using RawJournal.Wire;

namespace RawJournal;

/// <summary>What a journal writes down about itself, in a file that is replaced as a whole.</summary>
sealed class StateFile(Disk disk, string folder)
{
    public const string Name = "state";

    const string UnfinishedName = "state-new";

    public JournalState? Read()
    {
        string path = Path.Combine(folder, Name);
        if (!File.Exists(path)) return null;
        using SafeFileHandle file = File.OpenHandle(path);
        byte[] bytes = new byte[JournalState.MaxBytes + 1];
        return JournalState.Parse(bytes.AsSpan(0, RandomAccess.Read(file, bytes, 0)));
    }

    public void Write(JournalState state)
    {
        string unfinished = Path.Combine(folder, UnfinishedName);
        using (SafeFileHandle file = File.OpenHandle(unfinished, FileMode.Create, FileAccess.Write))
        {
            disk.Write(file, state.ToBytes(), 0);
            disk.Flush(file);
        }
        disk.Move(unfinished, Path.Combine(folder, Name));
        disk.FlushFolder(folder);
    }
}
