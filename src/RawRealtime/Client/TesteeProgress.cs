using System.Globalization;
using System.Text;
using RawWebSocket;

namespace RawRealtime.Client;

/// <summary>For people a bar that grows where a terminal shows it, and a line at the end; for machines a JSON line per case.</summary>
/// <param name="output">Where it goes.</param>
/// <param name="errors">Where it is told what went wrong.</param>
/// <param name="isJson">For machines.</param>
/// <param name="isShown">A terminal shows it.</param>
internal sealed class TesteeProgress(TextWriter output, TextWriter errors, bool isJson, bool isShown) : ITesteeProgress
{
    const int BarWidth = 30;
    const string LineStart = "\r\e[K";

    /// <inheritdoc/>
    public void Began(int number, int last)
    {
        if (isJson || !isShown) return;
        int filled = (int)((long)BarWidth * (number - 1) / last);
        output.Write(string.Create(CultureInfo.InvariantCulture, $"{LineStart}case {number} of {last} [{new string('#', filled)}{new string('.', BarWidth - filled)}]"));
        output.Flush();
    }

    /// <inheritdoc/>
    public void Ran(int number, int last, WsConnection connection, WsEnding ending)
    {
        if (!isJson) return;
        Write(JsonLine.Of("case", json =>
        {
            json.WriteNumber("case", number);
            json.WriteNumber("code", (int)connection.CloseCode);
            json.WriteString("ending", ClientEnd.Of(connection, ending, null).Name);
        }));
    }

    /// <inheritdoc/>
    public void Ended(in ClientEnd end, int ran, int asked)
    {
        ClientEnd how = end;
        if (isJson)
        {
            Write(JsonLine.Of("done", json =>
            {
                json.WriteNumber("ran", ran);
                json.WriteNumber("of", asked);
                json.WriteString("ending", how.Name);
                json.WriteString("detail", how.Detail);
                json.WriteNumber("exit", how.ExitCode);
            }));
            return;
        }
        if (isShown) output.Write(LineStart);
        if (asked > 0) output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ran} of {asked} cases ran. What the suite says of them is in its report."));
        output.Flush();
        if (end.ExitCode != ClientExit.Normal) errors.WriteLine($"rawrealtime: {VisibleText.Of(end.Detail)}");
    }

    void Write(ReadOnlyMemory<byte> line)
    {
        output.Write(Encoding.UTF8.GetString(line.Span));
        output.Flush();
    }
}
