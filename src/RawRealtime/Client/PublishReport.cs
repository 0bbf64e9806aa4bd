using System.Globalization;
using System.Text;

namespace RawRealtime.Client;

/// <summary>What a publish was answered with.</summary>
/// <param name="Id">The message's id.</param>
/// <param name="Channel">Its channel.</param>
/// <param name="Subscribers">How many subscriptions there were.</param>
internal readonly record struct PublishedTo(string Id, string Channel, int Subscribers);

/// <summary>Tells how publishing goes: for people, for the next program, or as JSON lines. One call after the other.</summary>
/// <param name="console">Where it goes.</param>
/// <param name="options">What was asked for.</param>
/// <param name="time">For the rate.</param>
internal sealed class PublishReport(ClientConsole console, PublishOptions options, TimeProvider time)
{
    const string LineStart = "\r\e[K";
    static readonly TimeSpan Shown = TimeSpan.FromMilliseconds(100);

    readonly long began = time.GetTimestamp();
    long shownAt = time.GetTimestamp();

    /// <summary>Messages the server confirmed.</summary>
    public long Published { get; private set; }

    /// <summary>Messages the server refused.</summary>
    public long Refused { get; private set; }

    /// <summary>A message was published.</summary>
    public void Confirmed(PublishedTo message)
    {
        Published++;
        if (options.IsJson) Write(JsonLine.Of("published", json =>
        {
            json.WriteString("id", message.Id);
            json.WriteString("channel", message.Channel);
            json.WriteNumber("subscribers", message.Subscribers);
        }));
        else if (options.AreLines) ShowProgress();
        else Write(Encoding.UTF8.GetBytes(console.IsShown
            ? string.Create(CultureInfo.InvariantCulture, $"{VisibleText.Of(message.Id)} on {VisibleText.Of(message.Channel)}, {message.Subscribers} subscriber{(message.Subscribers == 1 ? "" : "s")}\n")
            : message.Id + "\n"));
    }

    /// <summary>A line was refused; the others go on.</summary>
    /// <param name="line">Its number in the input.</param>
    /// <param name="code">The rule that it broke.</param>
    /// <param name="detail">What was wrong.</param>
    public void RefusedLine(long line, string code, string detail)
    {
        Refused++;
        if (options.IsJson) Write(JsonLine.Of("refused", json =>
        {
            json.WriteNumber("line", line);
            json.WriteString("code", code);
            json.WriteString("detail", detail);
        }));
        else console.Errors.WriteLine($"{Cleared}{console.Red($"rawrealtime: line {line}: {VisibleText.Of(code)}: {VisibleText.Of(detail)}")}");
    }

    /// <summary>It is over.</summary>
    public void Ended(ClientEnd end)
    {
        TimeSpan taken = time.GetElapsedTime(began);
        if (options.IsJson) Write(JsonLine.Of("done", json =>
        {
            json.WriteNumber("published", Published);
            json.WriteNumber("refused", Refused);
            json.WriteNumber("seconds", Math.Round(taken.TotalSeconds, 3));
            json.WriteString("ending", end.Name);
            json.WriteString("detail", end.Detail);
            json.WriteNumber("exit", end.ExitCode);
        }));
        else if (options.AreLines) console.Errors.WriteLine($"{Cleared}{Summary(taken)}");
        if (!options.IsJson && end.ExitCode != ClientExit.Normal) console.Errors.WriteLine(console.Red($"rawrealtime: {VisibleText.Of(end.Detail)}"));
    }

    string Cleared => console.IsShown && options.AreLines ? LineStart : "";

    string Summary(TimeSpan taken) => string.Create(CultureInfo.InvariantCulture,
        $"{Published:N0} published, {Refused:N0} refused, {Published / Math.Max(taken.TotalSeconds, 0.001):N0} a second");

    void ShowProgress()
    {
        if (!console.IsShown || time.GetElapsedTime(shownAt) < Shown) return;
        shownAt = time.GetTimestamp();
        console.Errors.Write($"{LineStart}{Summary(time.GetElapsedTime(began))}");
    }

    void Write(ReadOnlyMemory<byte> line) => console.Output.Write(line.Span);
}
