namespace RawHub;

/// <summary>Where a hub writes down what must survive the process. It writes in the order of its calls, a little later.</summary>
public interface IHubStore
{
    /// <summary>Takes a copy of one record. Any thread, one call at a time, under the hub's lock: must neither wait nor call the hub.</summary>
    /// <returns>The record's number, growing from 1; 0 when the store takes nothing any more.</returns>
    long Append(ReadOnlySpan<byte> record);

    /// <summary>The hub keeps one message more of this mark: a place of the store's, such as a file. Under the hub's locks, as below.</summary>
    /// <param name="mark">As told to <see cref="Hub.Commit"/>, or to <see cref="HubRestore.Read"/>.</param>
    void Keep(long mark);

    /// <summary>The hub keeps one message of this mark less. Under the hub's locks: must neither wait nor call the hub.</summary>
    /// <param name="mark">As above.</param>
    void Forget(long mark);
}
