using CsCheck;
using RawNet;

namespace RawHub.Tests;

/// <summary>Random sequences of everything a hub can do, against a model that is a list of numbers per channel.</summary>
[Collection(nameof(SharedBytes))] // counts blocks of the whole process
public class HubModelTests
{
    const int Kept = 4;

    enum Act { Publish, Subscribe, Stall, Resume, Dispose, Delete, Hold, Run }

    sealed class Model
    {
        internal readonly HubFixture Fixture = new(messages: Kept);
        internal readonly List<(Recorder Recorder, int Channel)> Subscribers = [];
        internal readonly int[] Last = new int[2];
        internal readonly int[] Epochs = new int[2];

        internal void Do(Act act, int number)
        {
            int channel = number % 2;
            switch (act)
            {
                case Act.Publish: Publish(channel); break;
                case Act.Subscribe: Subscribe(channel, number); break;
                case Act.Stall: With(number, subscriber => subscriber.Room = 0); break;
                case Act.Resume: With(number, Resume); break;
                case Act.Dispose: With(number, subscriber => subscriber.Subscription.Dispose()); break;
                case Act.Delete:
                    if (Fixture.Delete($"c{channel}")) (Last[channel], Epochs[channel]) = (0, Epochs[channel] + 1);
                    break;
                case Act.Hold: Fixture.IsHeld = true; break;
                case Act.Run: Run(); break;
            }
        }

        internal void Run()
        {
            Fixture.IsHeld = false;
            Fixture.RunAll();
        }

        void Publish(int channel) =>
            Assert.Equal(++Last[channel], Fixture.Publish($"c{channel}", $"c{channel}:{Epochs[channel]}:{Last[channel]}").Id.Offset);

        void Subscribe(int channel, int number) => Subscribers.Add((Fixture.Subscribe($"c{channel}", number % 3 == 0 ? Cursor.Earliest : null), channel));

        void With(int number, Action<Recorder> then)
        {
            if (Subscribers.Count > 0) then(Subscribers[number % Subscribers.Count].Recorder);
        }

        internal static void Resume(Recorder recorder)
        {
            recorder.Room = int.MaxValue;
            recorder.Subscription.Resume();
        }
    }

    [Fact]
    public void Whatever_happens_each_number_comes_once_and_in_order_or_its_loss_is_told_there() =>
        Gen.Select(Gen.Enum<Act>(), Gen.Int[0, 1000]).Array[0, 60].Sample(acts =>
        {
            long before = SharedBytes.Outstanding;
            Model model = new();
            foreach ((Act act, int number) in acts) model.Do(act, number);
            model.Run();
            foreach ((Recorder recorder, int channel) in model.Subscribers)
            {
                Model.Resume(recorder);
                Check(recorder, model, channel);
            }
            Assert.Empty(model.Fixture.Failures);
            foreach (ChannelInfo info in model.Fixture.Hub.Snapshot()) Assert.InRange(info.Kept, 0, Kept);
            model.Fixture.Delete("c0");
            model.Fixture.Delete("c1");
            Assert.Equal(0, model.Fixture.Hub.MessagesInUse);
            Assert.Equal(before, SharedBytes.Outstanding);
        }, iter: 3000, threads: 1);

    // The log must tell the numbers after the position, one by one, up to the channel's last, its deletion or its Dispose.
    static void Check(Recorder recorder, Model model, int channel)
    {
        MessageId[] at = new MessageId[1];
        Assert.True(Cursor.TryParse(recorder.Subscription.Position.From, at));
        long next = at[0].Offset + 1;
        bool isDeleted = false;
        foreach (string word in recorder.Log)
        {
            if (word == "|") continue;
            Assert.False(isDeleted, "something came after the deletion");
            if (word.StartsWith("lost", StringComparison.Ordinal))
            {
                Assert.True(Cursor.TryParse(word.Split(':')[3], at));
                Assert.True(at[0].Offset + 1 > next, "a loss of nothing was told");
                next = at[0].Offset + 1;
            }
            else if (word.StartsWith("deleted", StringComparison.Ordinal)) isDeleted = true;
            else Assert.Equal($"{next++}", word.Split(':')[2]);
        }
        Assert.True(Cursor.TryParse(recorder.Subscription.Cursor, at));
        Assert.Equal(next - 1, at[0].Offset);
        bool isLive = recorder.Subscription.Add(HubFixture.Pattern($"c{channel}"), null, out _) == AddOutcome.AlreadySubscribed;
        if (isLive) Assert.Equal(model.Last[channel], next - 1);
        recorder.Subscription.Dispose();
    }
}
