using RawJournal.Wire;

namespace RawJournal;

/// <summary>Which run of the machine this is.</summary>
static class ThisBoot
{
    const string KernelsId = "/proc/sys/kernel/random/boot_id";

    public static BootMark Read() =>
        File.Exists(KernelsId) ? BootMark.OfId(File.ReadAllText(KernelsId))
        : BootMark.OfTime(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - Environment.TickCount64 / 1000);
}
