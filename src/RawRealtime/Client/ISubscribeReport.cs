namespace RawRealtime.Client;

/// <summary>Who is told how subscribing goes: one call after the other.</summary>
internal interface ISubscribeReport
{
    /// <summary>Delivery begins.</summary>
    /// <param name="transport">By what.</param>
    /// <param name="position">Where; it says what is missing.</param>
    void Began(string transport, PositionTold position);

    /// <summary>A message came.</summary>
    /// <exception cref="IOException">Nobody reads what is written any more.</exception>
    ValueTask MessageAsync(MessageTold message);

    /// <summary>A part of the subscription is gone.</summary>
    void Failed(ErrorTold error);

    /// <summary>It broke, and is tried again.</summary>
    /// <param name="why">What happened.</param>
    /// <param name="wait">After which time.</param>
    void Broke(in ClientEnd why, TimeSpan wait);

    /// <summary>Another transport is tried.</summary>
    /// <param name="from">The one that did not work.</param>
    /// <param name="to">The next.</param>
    /// <param name="why">What happened.</param>
    void FellBack(string from, string to, in ClientEnd why);

    /// <summary>It is over; the last call.</summary>
    /// <param name="end">How.</param>
    /// <param name="cursor">Where to go on later; null when delivery never began.</param>
    void Ended(in ClientEnd end, string? cursor);
}
