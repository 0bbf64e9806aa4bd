using Microsoft.Win32.SafeHandles;

namespace RawJournal.Tests;

/// <summary>A disk that writes down what is done to it, and fails when it is told to.</summary>
sealed class TestDisk : Disk
{
    readonly object gate = new();
    int flushes;

    public List<string> Done { get; } = [];

    /// <summary>The call that fails, by its name and how often it was called since this was set; null for none.</summary>
    public (string Name, int Count)? Fails { get; set; }

    /// <summary>How much of a write that fails is done.</summary>
    public int PartWritten { get; set; }

    /// <summary>Whether nothing can be cut away.</summary>
    public bool CutFails { get; set; }

    public override void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset)
    {
        if (IsFailing("write"))
        {
            base.Write(file, bytes[..Math.Min(PartWritten, bytes.Length)], offset);
            throw new IOException("No space left on device.");
        }
        base.Write(file, bytes, offset);
    }

    public override void Flush(SafeFileHandle file)
    {
        if (IsFailing("flush")) throw new IOException("Input/output error.");
        base.Flush(file);
        lock (gate)
        {
            flushes++;
            Monitor.PulseAll(gate);
        }
    }

    public override void SetLength(SafeFileHandle file, long length)
    {
        if (CutFails) throw new IOException("Input/output error.");
        base.SetLength(file, length);
    }

    public override void Move(string from, string to)
    {
        if (IsFailing("move")) throw new IOException("Input/output error.");
        base.Move(from, to);
    }

    public override void Delete(string path)
    {
        if (IsFailing("delete")) throw new IOException("Input/output error.");
        base.Delete(path);
        Done[^1] += " " + Path.GetFileName(path);
    }

    public override void FlushFolder(string path)
    {
        if (IsFailing("folder")) throw new IOException("Input/output error.");
        base.FlushFolder(path);
    }

    public string DoneSince(Action what)
    {
        Done.Clear();
        what();
        return string.Join(", ", Done);
    }

    /// <summary>Waits for one flush more than there were when <see cref="ForgetFlushes"/> was called.</summary>
    public void WaitForFlush()
    {
        lock (gate)
        {
            while (flushes == 0) Assert.True(Monitor.Wait(gate, TimeSpan.FromSeconds(30)), "Nothing was flushed.");
        }
    }

    public void ForgetFlushes()
    {
        lock (gate) flushes = 0;
    }

    bool IsFailing(string name)
    {
        Done.Add(name);
        if (Fails is not { } fails || fails.Name != name) return false;
        Fails = (name, fails.Count - 1);
        return fails.Count == 1;
    }
}
