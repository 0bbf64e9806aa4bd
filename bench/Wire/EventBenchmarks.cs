using BenchmarkDotNet.Attributes;
using RawSse.Wire;

namespace RawRealtime.Bench;

/// <summary>One event of an event stream, with an id and a name, out and in.</summary>
public class EventBenchmarks
{
    readonly EventReader reader = new();
    byte[] data = [], written = [];

    /// <summary>Bytes of the data, on one line.</summary>
    [Params(125, 4_096)]
    public int Size { get; set; }

    /// <summary>Prepares all.</summary>
    [GlobalSetup]
    public void Begin()
    {
        data = JsonMessages.Make(Size, 1)[0];
        written = new byte[EventWriter.LengthOf(Event)];
        Write();
    }

    /// <summary>Writes it.</summary>
    /// <returns>Bytes written.</returns>
    [Benchmark]
    public int Write() => EventWriter.Write(Event, written);

    /// <summary>Reads it.</summary>
    /// <returns>Bytes read.</returns>
    [Benchmark]
    public int Read()
    {
        reader.Read(written, out int consumed);
        return consumed;
    }

    OutgoingEvent Event => new(data) { HasId = true, Id = "k3v9x0qa-17"u8, Name = "order"u8 };
}
