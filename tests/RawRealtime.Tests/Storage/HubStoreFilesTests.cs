using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using RawHub;
using RawJournal.Wire;
using RawRealtime.Storage;

namespace RawRealtime.Tests.Storage;

public sealed class HubStoreFilesTests : IDisposable
{
    sealed class Pool : IHubScheduler
    {
        public void Schedule(IHubWork work) => ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
    }

    readonly string folder = Directory.CreateTempSubdirectory("hub-store").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    // Each batch begins a file of its own.
    (HubStore Store, Hub Hub) Open(int messages)
    {
        HubStore store = new(new(folder, new() { SegmentBytes = 1, Fsync = FsyncPolicy.Never }), new(NullLogger.Instance));
        Hub hub = new(new() { HistoryMessages = messages, Store = store, OnFailed = (_, failure) => throw failure }, new Pool());
        store.Open(hub, 0);
        return (store, hub);
    }

    static async Task Publish(Hub hub, string data)
    {
        TaskCompletionSource decided = new(TaskCreationOptions.RunContinuationsAsynchronously);
        PublishResult published = hub.Publish(new(ChannelName.Parse("a"), IsText: true, null), Encoding.UTF8.GetBytes(data));
        hub.WhenDecided(published.Commit, decided.SetResult);
        await decided.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.True(hub.IsCommitted(published.Commit));
    }

    int Files => Directory.GetFiles(folder, "*.segment").Length;

    [Fact]
    public async Task What_was_published_is_there_after_it_was_closed()
    {
        (HubStore store, Hub hub) = Open(messages: 100);
        for (int i = 1; i <= 5; i++) await Publish(hub, $"{i}");
        store.Dispose();
        Assert.True(Files >= 5);
        (store, Hub again) = Open(messages: 100);
        Assert.Equal(hub.Snapshot(), again.Snapshot());
        Assert.Equal(5, again.Snapshot()[0].Kept);
        store.Dispose();
    }

    [Fact]
    public async Task Files_of_which_nothing_is_kept_go_also_those_found_so_at_the_start()
    {
        (HubStore store, Hub hub) = Open(messages: 100);
        for (int i = 1; i <= 5; i++) await Publish(hub, $"{i}");
        store.Dispose();
        (store, hub) = Open(messages: 1);
        for (int i = 6; i <= 8; i++) await Publish(hub, $"{i}");
        store.Dispose();
        Assert.InRange(Files, 1, 3);
        (store, hub) = Open(messages: 1);
        Assert.Equal((1, 8), (hub.Snapshot()[0].Kept, hub.Snapshot()[0].Cursor.Offset));
        store.Dispose();
    }
}
