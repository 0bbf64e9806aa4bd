using RawWebSocket;

namespace RawRealtime.Client;

/// <summary>Who is told how far the client under test is.</summary>
internal interface ITesteeProgress
{
    /// <summary>A case begins.</summary>
    void Began(int number, int last);

    /// <summary>A case is over.</summary>
    void Ran(int number, int last, WsConnection connection, WsEnding ending);

    /// <summary>It is all over; the last call.</summary>
    /// <param name="end">How.</param>
    /// <param name="ran">Cases that ran.</param>
    /// <param name="asked">Cases that were to run.</param>
    void Ended(in ClientEnd end, int ran, int asked);
}
