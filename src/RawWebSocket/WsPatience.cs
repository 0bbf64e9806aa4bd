using RawNet;

namespace RawWebSocket;

/// <summary>What a moment that has come asks for.</summary>
enum DueStep : byte
{
    /// <summary>Nothing; a later moment is set.</summary>
    Wait,

    /// <summary>Ping the silent peer.</summary>
    Ping,

    /// <summary>Give up a peer that answered no ping.</summary>
    GiveUpSilent,

    /// <summary>Give up a peer with which closing takes too long.</summary>
    GiveUpClosing,
}

/// <summary>
/// How long a connection waits for its peer. One deadline serves in turn as the time of the next ping, of its pong, and of
/// the end of closing; it is set anew when it comes, not with each read. Any thread.
/// </summary>
sealed class WsPatience(Deadline deadline, WsOptions options)
{
    // It locks itself, which nobody else sees: a lock of its own would weigh on each connection that idles.
    long heardAt, pingedAt;
    bool awaitsPong, isClosing;

    /// <summary>The connection begins to be waited for.</summary>
    public void Begin(long now)
    {
        lock (this)
        {
            heardAt = now;
            if (!isClosing) deadline.SetDue(now + options.KeepAliveSeconds * 1000L);
        }
    }

    /// <summary>The peer sent something; whatever it is shows that it lives. For the receive loop.</summary>
    public void Heard(long now) => Volatile.Write(ref heardAt, now);

    /// <summary>Our close frame was queued: from now on only the end of closing is waited for.</summary>
    public void BeginClosing(long now)
    {
        lock (this)
        {
            if (isClosing) return;
            isClosing = true;
            deadline.SetDue(now + options.CloseWaitSeconds * 1000L);
        }
    }

    /// <summary>Says what to do now that the deadline has come, and sets the next one.</summary>
    /// <param name="now">The heartbeat's time.</param>
    /// <param name="isReading">False while a handler is at work: what the peer sends is not read then, and its silence is ours.</param>
    public DueStep OnDue(long now, bool isReading)
    {
        lock (this)
        {
            if (isClosing) return DueStep.GiveUpClosing;
            if (!isReading) Heard(now);
            long heard = Volatile.Read(ref heardAt);
            if (awaitsPong && heard < pingedAt) return DueStep.GiveUpSilent;
            long silentUntil = heard + options.KeepAliveSeconds * 1000L;
            awaitsPong = now >= silentUntil;
            if (awaitsPong) pingedAt = now;
            deadline.SetDue(awaitsPong ? now + options.PongWaitSeconds * 1000L : silentUntil);
            return awaitsPong ? DueStep.Ping : DueStep.Wait;
        }
    }
}
