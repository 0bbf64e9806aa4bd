namespace Conformance;

/// <summary>No wait in these tests is for a time; each is for something that happens, and this is how long it may take.</summary>
static class Bounded
{
    /// <summary>Generous: the machine may be busy with other builds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>For calls that can be cancelled themselves; it counts from the start of the test.</summary>
    public static CancellationToken Token() => new CancellationTokenSource(Patience).Token;

    /// <summary>Waits for what should happen, and says what it was when it did not.</summary>
    public static async Task<T> Within<T>(this Task<T> task, string what)
    {
        await ((Task)task).Within(what);
        return await task;
    }

    /// <inheritdoc cref="Within{T}(Task{T}, string)"/>
    public static async Task Within(this Task task, string what)
    {
        try
        {
            await task.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"waited {Patience.TotalSeconds:0} s in vain for {what}");
        }
    }

    /// <summary>Asks again and again until the answer is yes.</summary>
    public static async Task Until(Func<Task<bool>> isSo, string what)
    {
        using CancellationTokenSource late = new(Patience);
        while (!await isSo())
        {
            Assert.False(late.IsCancellationRequested, $"asked for {Patience.TotalSeconds:0} s in vain whether {what}");
            await Task.Yield();
        }
    }
}
