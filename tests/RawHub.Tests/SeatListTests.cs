namespace RawHub.Tests;

public class SeatListTests
{
    [Fact]
    public void Whatever_the_order_of_coming_and_going_those_who_stay_are_served()
    {
        HubFixture fixture = new();
        Random random = new(7);
        List<Recorder> here = [], gone = [];
        for (int i = 0; i < 500; i++)
        {
            if (here.Count > 0 && random.Next(5) < 2)
            {
                Recorder leaver = here[random.Next(here.Count)];
                here.Remove(leaver);
                gone.Add(leaver);
                leaver.Subscription.Dispose();
                leaver.Log.Clear();
            }
            else
            {
                here.Add(fixture.Subscribe("a"));
            }
            foreach (Recorder recorder in here) recorder.Log.Clear();
            Assert.Equal(here.Count, fixture.Publish("a", $"{i}").Subscribers);
            Assert.All(here, recorder => Assert.Equal($"{i} |", recorder.Text));
        }
        Assert.All(gone, recorder => Assert.Empty(recorder.Log));
    }
}
