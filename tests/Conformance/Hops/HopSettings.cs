using System.Globalization;

namespace Conformance.Hops;

/// <summary>How large a run is, and what it allows. HOP_MESSAGES, HOP_CLIENTS, HOP_KILLS and HOP_SEED set it from outside.</summary>
/// <param name="MayLose">The history is small: gaps may come, and each has to be told.</param>
/// <param name="Arguments">Further flags of the server.</param>
sealed record HopSettings(bool MayLose, params string[] Arguments)
{
    public const int Channels = 20, Writers = 8;

    /// <summary>Messages published in all; each writer writes as many as the others, in turn to every channel.</summary>
    public int Messages { get; init; } = Read("HOP_MESSAGES", 20_000);

    public int Clients { get; init; } = Read("HOP_CLIENTS", 60);

    /// <summary>How often the server is killed on the way.</summary>
    public int Kills { get; init; }

    /// <summary>What every choice of a client is drawn from. The moments at which things happen are the machine's own, and are not repeated by it.</summary>
    public int Seed { get; init; } = Read("HOP_SEED", Random.Shared.Next(1_000_000));

    /// <summary>What the test was run with, for whoever wants to see it again.</summary>
    public string Replay => $"HOP_SEED={Seed} HOP_MESSAGES={Messages} HOP_CLIENTS={Clients}";

    public int MessagesOfWriter => Messages / Writers;

    /// <summary>Only for what hangs: several times what a run takes on two cores that others use too.</summary>
    public TimeSpan Patience => TimeSpan.FromSeconds(120 + Messages / 400);

    /// <summary>How many bytes a line lasts, on average.</summary>
    public int BytesUntilCut => 30_000 + Messages;

    /// <summary>The messages kept per channel: all of them, or 1 % of what comes through one.</summary>
    public int HistoryMessages => MayLose ? Math.Max(5, Messages / Channels / 100) : Messages;

    public static int Read(string variable, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out int set) ? set : usual;
}
