using System.Globalization;
using CsCheck;
using RawNet;

namespace RawHub.Tests;

/// <summary>
/// Random sequences of all that patterns, filters, short lives, slow policies, a store that commits late and restarts can do, against
/// a model that is one list of what was published.
/// </summary>
[Collection(nameof(SharedBytes))] // counts blocks of the whole process
public class PatternModelTests
{
    enum Act { Publish, Short, Wanted, Commit, CommitAll, Subscribe, Pick, Stall, Resume, Leave, Delete, Tick, Hold, Run, List, Restart }

    static readonly string[] Patterns = ["n.*", "*", "n.a", "n.b n.*"];
    static readonly string[] Channels = ["n.a", "n.b", "m"];

    sealed record Sent(string Channel, string Epoch, bool IsWanted, bool IsShort, long Record)
    {
        internal bool IsGone { get; set; }
    }

    sealed class Seen(Recorder recorder, string names, bool isPicky)
    {
        internal Recorder Recorder => recorder;
        internal string Names => names;
        internal bool IsPicky => isPicky;
        internal bool WasStalled { get; set; }
        internal int Last { get; set; } = -1;

        /// <summary>What was published before this may be missing: it was told.</summary>
        internal int ToldTo { get; set; }
    }

    sealed class Model(SlowKind slow, int kept)
    {
        readonly List<Sent> all = [];
        readonly List<Seen> present = [];
        MemoryStore store = new();
        HubFixture fixture = null!;
        long now, committed;
        int restarts;

        internal void Begin()
        {
            fixture = new(messages: kept, slow: new(slow, MaxMessages: 2), store: store);
            HubRestore.WriteList(fixture.Hub, record => store.Append(record));
        }

        internal void Do(Act act, int number)
        {
            string channel = Channels[number % Channels.Length];
            string? cursor = number % 3 == 0 ? Cursor.Earliest : null;
            switch (act)
            {
                case Act.Publish: Publish(channel, "no", 0); break;
                case Act.Short: Publish(channel, "no", 1_500); break;
                case Act.Wanted: Publish(channel, "yes", 0); break;
                case Act.Commit: CommitTo(committed + 1 + number % 4); break;
                case Act.CommitAll: CommitTo(long.MaxValue); break;
                case Act.Subscribe: Subscribe(Patterns[number % Patterns.Length], cursor, isPicky: false); break;
                case Act.Pick: Subscribe(Patterns[number % Patterns.Length], cursor, isPicky: true); break;
                case Act.Stall: With(number, one => (one.Recorder.Room, one.WasStalled) = (number % 2, true)); break;
                case Act.Resume: With(number, Resume); break;
                case Act.Leave: With(number, one => ComeBack(one, Leave(one))); break;
                case Act.Delete: Delete(channel); break;
                case Act.Tick: fixture.Hub.Tick(now += 1_000); break;
                case Act.Hold: fixture.IsHeld = true; break;
                case Act.Run: Run(); break;
                case Act.List: HubRestore.WriteList(fixture.Hub, record => store.Append(record)); break;
                case Act.Restart: Restart(number); break;
            }
        }

        /// <summary>Everything is committed and delivered, and everything given back.</summary>
        internal void End()
        {
            Run();
            CommitTo(long.MaxValue);
            foreach (Seen one in present.ToArray())
            {
                Resume(one);
                Leave(one);
                for (int missed = one.Last + 1; missed < all.Count; missed++) AssertNotOwed(one, missed);
            }
            Empty();
        }

        void Empty()
        {
            Assert.Empty(fixture.Failures);
            foreach (string channel in Channels) fixture.Delete(channel);
            fixture.Hub.Patterns.EndUnused();
            Assert.Equal((0, 0), (fixture.Hub.MessagesInUse, fixture.Hub.Patterns.Count));
            Assert.Empty(store.Kept);
        }

        void Run()
        {
            fixture.IsHeld = false;
            fixture.RunAll();
        }

        static void Resume(Seen one)
        {
            one.Recorder.Room = int.MaxValue;
            one.Recorder.Subscription.Resume();
        }

        void CommitTo(long record)
        {
            record = Math.Min(record, store.Records.Count);
            if (record <= committed) return;
            fixture.Hub.Commit(committed = record, 1);
        }

        void Publish(string channel, string eventName, long ttlMs)
        {
            PublishResult result = fixture.Publish(channel, $"{all.Count}", eventName, ttlMs);
            all.Add(new(channel, $"{result.Id.Epoch}", eventName == "yes", ttlMs > 0, result.Commit));
        }

        void Delete(string channel)
        {
            if (!fixture.Hub.TryDescribe(ChannelName.Parse(channel), out ChannelInfo info)) return;
            foreach (Sent sent in all) sent.IsGone |= sent.Epoch == $"{info.Cursor.Epoch}";
            fixture.Delete(channel);
        }

        Seen Subscribe(string names, string? cursor, bool isPicky)
        {
            Recorder recorder = fixture.Subscribe(names, cursor, starts: false, events: isPicky ? ["yes"] : []);
            recorder.AtLoss = () => recorder.Log.Add($"told:{all.Count}");
            Seen seen = new(recorder, names, isPicky) { ToldTo = all.Count };
            present.Add(seen);
            recorder.Subscription.Start();
            return seen;
        }

        string Leave(Seen one)
        {
            one.Recorder.Subscription.Dispose();
            present.Remove(one);
            Check(one);
            return one.Recorder.Subscription.Cursor;
        }

        void ComeBack(Seen one, string cursor)
        {
            Seen next = Subscribe(one.Names, cursor, one.IsPicky);
            LossReason reason = next.Recorder.Subscription.Position.Reason;
            if (reason is LossReason.None or LossReason.Evicted) next.Last = one.Last; // else it begins anew
            if (reason == LossReason.None) next.ToldTo = one.ToldTo;
        }

        // What was committed is in the records that are left; of the rest a random part.
        void Restart(int number)
        {
            Run();
            List<(Seen One, string Cursor)> left = [.. present.ToArray().Select(one => (one, Leave(one)))];
            byte[][] records = [.. store.Records.Take((int)(committed + number % (store.Records.Count - committed + 1)))];
            foreach (Sent sent in all) sent.IsGone |= sent.Record > records.Length;
            Empty();
            fixture = MemoryStore.Restore(records, out store, messages: kept, slow: new(slow, MaxMessages: 2));
            store.Records.AddRange(records);
            fixture.Draw(1000 * ++restarts);
            fixture.Hub.Tick(now);
            HubRestore.WriteList(fixture.Hub, record => store.Append(record));
            committed = records.Length;
            foreach ((Seen one, string cursor) in left) ComeBack(one, cursor);
        }

        void With(int number, Action<Seen> then)
        {
            if (present.Count > 0) then(present[number % present.Count]);
        }

        // Numbers in order, each once; between two of them nothing is left out that was wanted, unless a loss was told there.
        void Check(Seen one)
        {
            foreach (string word in one.Recorder.Log)
            {
                if (word.StartsWith("lost", StringComparison.Ordinal)) Assert.True(one.WasStalled, "who keeps up loses nothing");
                else if (word.StartsWith("told", StringComparison.Ordinal)) one.ToldTo = int.Parse(word[5..], CultureInfo.InvariantCulture);
                else if (word.StartsWith("deleted", StringComparison.Ordinal)) one.ToldTo = int.MaxValue;
                else if (word != "|") Take(one, int.Parse(word, CultureInfo.InvariantCulture));
            }
        }

        void Take(Seen one, int number)
        {
            Assert.True(!one.IsPicky || all[number].IsWanted, "it was not wanted");
            if (one.Names.Contains(' ')) return; // of both
            Assert.True(number > one.Last, $"{number} after {one.Last}");
            for (int missed = one.Last + 1; missed < number; missed++) AssertNotOwed(one, missed);
            one.Last = number;
        }

        void AssertNotOwed(Seen one, int number)
        {
            Sent sent = all[number];
            bool isOwed = !sent.IsGone && !sent.IsShort && (sent.IsWanted || !one.IsPicky) && number >= one.ToldTo
                && !one.Names.Contains(' ') && HubFixture.Pattern(one.Names).Matches(ChannelName.Parse(sent.Channel));
            Assert.False(isOwed, $"{number} is missing behind {one.Last} of {one.Names}, untold: {one.Recorder.Text}");
        }
    }

    [Fact]
    public void Whatever_happens_a_pattern_tells_each_message_once_and_in_order_or_its_loss() =>
        Gen.Select(Gen.Select(Gen.Enum<Act>(), Gen.Int[0, 1000]).Array[0, 60], Gen.Bool, Gen.Int[1, 6]).Sample((acts, isLatestOnly, kept) =>
        {
            long before = SharedBytes.Outstanding;
            Model model = new(isLatestOnly ? SlowKind.LatestOnly : SlowKind.DropOldest, kept);
            model.Begin();
            foreach ((Act act, int number) in acts) model.Do(act, number);
            model.End();
            Assert.Equal(before, SharedBytes.Outstanding);
        }, iter: long.TryParse(Environment.GetEnvironmentVariable("PATTERN_MODEL_RUNS"), out long runs) ? runs : 2000, threads: 1);
}
