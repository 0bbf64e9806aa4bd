using RawHub;

namespace RawRealtime.Delivery;

/// <summary>The wire forms of a message. Each is encoded at most once and shared by all who get the same bytes.</summary>
internal static class Formats
{
    /// <summary>The message's JSON: what event streams of several channels and <c>rawrealtime.v1</c> are made of.</summary>
    public static MessageFormat Json { get; } = new JsonFormat(slot: 0);

    /// <summary>One WebSocket frame with the data and nothing else.</summary>
    public static MessageFormat DataFrame { get; } = new DataFrameFormat(slot: 1);

    /// <summary>One WebSocket frame with the <c>rawrealtime.v1</c> message, for a subscription to its channel only.</summary>
    public static MessageFormat MessageFrame { get; } = new MessageFrameFormat(slot: 2);

    /// <summary>The first slots of <see cref="FrameForms"/>: of frames with the data, and with the <c>rawrealtime.v1</c> message.</summary>
    public const int DeflatedDataFrames = 5, DeflatedMessageFrames = DeflatedDataFrames + FrameForms.Slots;

    /// <summary>One event with the data, as one chunk, for a subscription to its channel only.</summary>
    public static MessageFormat DataEvent { get; } = new EventFormat(slot: 3, asJson: false);

    /// <summary>One event with the message's JSON, as one chunk, for a subscription to its channel only.</summary>
    public static MessageFormat JsonEvent { get; } = new EventFormat(slot: 4, asJson: true);

    /// <summary>Events with the data, plain and compressed, for a subscription to its channel only.</summary>
    public static EventForms DataEvents { get; } = new(DataEvent, DeflatedMessageFrames + FrameForms.Slots);

    /// <summary>Events with the message's JSON, plain and compressed, for a subscription to its channel only.</summary>
    public static EventForms JsonEvents { get; } = new(JsonEvent, DeflatedMessageFrames + FrameForms.Slots + EventForms.Slots);

    /// <summary>The message's JSON behind a comma: one item of a poll's answer.</summary>
    public static MessageFormat PollItem { get; } = new PollItemFormat(DeflatedMessageFrames + FrameForms.Slots + 2 * EventForms.Slots);
}
