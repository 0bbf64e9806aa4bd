using RawJournal.Wire;
using RawRealtime.Server;
using RawRealtime.Storage;

namespace RawRealtime.Tests.Storage;

/// <summary>docs/journal.md through the whole server: what a restart keeps, which files go, and what a folder or disk of no use does.</summary>
public sealed class HubStoreTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("rawrealtime-").FullName;

    public void Dispose()
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    string[] Segments => [.. Directory.GetFiles(folder, "*" + SegmentName.Extension).Order(StringComparer.Ordinal)];

    ServerRig Start(long segmentBytes = 64 << 20, int historyMessages = 1000, string? at = null) => new(new ServerOptions
    {
        Store = new(at ?? folder, new() { Fsync = FsyncPolicy.Never, SegmentBytes = segmentBytes }),
        HistoryMessages = historyMessages,
    });

    // The answer comes from the journal's thread, once the message is written.
    static Task<string> Publish(ServerRig rig, string query, string data, string fields = "") =>
        rig.Connect().Send(ServerRig.Request("POST", "/publish?" + query, $"{fields}Content-Length: {data.Length}\r\n") + data).Until("}");

    [Fact]
    public async Task A_restart_keeps_messages_cursors_and_keys()
    {
        string first, kept;
        using (ServerRig before = Start())
        {
            first = await Publish(before, "channel=a&event=e", "one", "Idempotency-Key: k\r\n");
            await Publish(before, "channel=a", "two");
            await Publish(before, "channel=b", "other");
            kept = before.Kept("a");
        }
        using ServerRig after = Start();
        Assert.Equal(kept, after.Kept("a"));
        Assert.Contains("\"data\":\"other\"", after.Kept("b"));
        string resumed = ServerRig.ContentOf(after.Get("/poll?channel=a&cursor=epoch001-1&wait=0"));
        Assert.StartsWith("{\"from\":\"epoch001-1\",\"recovered\":true,", resumed);
        Assert.Contains("\"data\":\"two\"", resumed);
        Assert.DoesNotContain("\"data\":\"one\"", resumed);
        Assert.Equal(ServerRig.ContentOf(first), ServerRig.ContentOf(await Publish(after, "channel=a&event=e", "one", "Idempotency-Key: k\r\n")));
        Assert.Equal(kept, after.Kept("a"));
        Assert.Contains("\"id\":\"epoch001-3\"", await Publish(after, "channel=a", "three"));
    }

    [Fact]
    public async Task A_restart_keeps_deletions()
    {
        using (ServerRig before = Start())
        {
            await Publish(before, "channel=a", "one");
            RigPeer deleting = before.Connect().Send(ServerRig.Request("DELETE", "/channels/a"));
            Assert.StartsWith("HTTP/1.1 204 ", await deleting.Until("\r\n\r\n"));
        }
        using ServerRig after = Start();
        Assert.Equal("404 no-such-channel", ServerRig.Outcome(after.Get("/channels/a")));
    }

    [Fact]
    public async Task A_file_goes_once_none_of_its_messages_is_kept()
    {
        using ServerRig rig = Start(segmentBytes: 4096, historyMessages: 2);
        for (int i = 0; i < 60; i++) await Publish(rig, "channel=a", new string('m', 1000));
        Assert.InRange(Segments.Length, 1, 4);
        Assert.DoesNotContain(Segments, file => file.EndsWith(SegmentName.Of(1), StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_end_that_is_not_whole_is_cut_and_told_in_the_log()
    {
        using (ServerRig before = Start()) await Publish(before, "channel=a", "one");
        File.Delete(Directory.GetFiles(folder).Single(file => !file.EndsWith(SegmentName.Extension, StringComparison.Ordinal) && !file.EndsWith("lock", StringComparison.Ordinal)));
        using (FileStream last = File.Open(Segments[^1], FileMode.Append)) last.Write([0x20, 0, 0, 0, 1, 2, 3]);
        using ServerRig after = Start();
        Assert.Contains("\"data\":\"one\"", after.Kept("a"));
        Assert.Contains(after.Log.Lines, line => line.StartsWith("Warning: ", StringComparison.Ordinal) && line.Contains(Segments[0], StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_in_use_is_refused_with_its_name_and_the_cause()
    {
        using ServerRig first = Start();
        StoreException refused = Assert.Throws<StoreException>(() => Start());
        Assert.StartsWith($"--data {folder}: ", refused.Message);
        Assert.IsAssignableFrom<IOException>(refused.InnerException);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_refused_with_its_name_and_the_cause()
    {
        string file = Path.Combine(folder, "file");
        File.WriteAllText(file, "");
        string below = Path.Combine(file, "data");
        StoreException refused = Assert.Throws<StoreException>(() => Start(at: below));
        Assert.StartsWith($"--data {below}: ", refused.Message);
        Assert.NotNull(refused.InnerException);
    }

    [Fact]
    public async Task A_disk_that_fails_is_told_to_publishers_and_in_the_log()
    {
        using ServerRig rig = Start(segmentBytes: 4096);
        RigPeer cursors = rig.Connect();
        cursors.OpenV1("/ws?channel=a");
        Assert.Contains("\"id\":", await Publish(rig, "channel=b", "one"));
        Directory.Delete(folder, recursive: true); // so no file can be made when the next is begun
        string answer = "";
        for (int i = 0; i < 100 && !answer.StartsWith("HTTP/1.1 503 ", StringComparison.Ordinal); i++) answer = await Publish(rig, "channel=b", new string('m', 4096));
        Assert.Equal("503 store-failed", ServerRig.Outcome(answer));
        Assert.StartsWith("""text {"type":"error","ref":1,"code":"store-failed",""", Assert.Single(cursors.Ask("""{"type":"publish","channel":"a","data":"x","ref":1}""")));
        Assert.Contains(rig.Log.Lines, line => line.StartsWith("Critical: Messages cannot be written down any more", StringComparison.Ordinal));
        RigPeer plain = rig.Connect();
        plain.Open("/ws?channel=a");
        Assert.Equal(["close 1013 store-failed"], plain.Say("x").Frames());
    }
}
