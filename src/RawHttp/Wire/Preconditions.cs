namespace RawHttp.Wire;

/// <summary>What a request's conditions lead to. RFC 9110 §13.2.2.</summary>
public enum Precondition : byte
{
    /// <summary>Do what was asked for; Range counts.</summary>
    GoOn,

    /// <summary>Do what was asked for, but the whole of it: the ranges were meant for another version. RFC 9110 §13.1.5.</summary>
    GoOnWithoutRange,

    /// <summary>The client has it already: 304. RFC 9110 §15.4.5.</summary>
    NotModified,

    /// <summary>It is not the version that the client means: 412. RFC 9110 §15.5.13.</summary>
    Failed,
}

/// <summary>
/// The conditions of a request against the version that would be sent, in the order of RFC 9110 §13.2.2.
/// To be asked only when the answer would otherwise be a success (§13.2.1).
/// </summary>
/// <param name="tag">The version's tag; <see cref="EntityTag.None"/> when it has none.</param>
/// <param name="lastModifiedSeconds">When it last changed, in seconds since 1970; null when that is not told.</param>
/// <param name="nowSeconds">The present.</param>
public readonly ref struct Preconditions(EntityTag tag, long? lastModifiedSeconds, long nowSeconds)
{
    readonly EntityTag tag = tag;

    /// <summary>Judges the request's conditions.</summary>
    /// <param name="method">Its method.</param>
    /// <param name="fields">Its fields.</param>
    public Precondition Of(HttpMethod method, FieldLines fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        bool reads = method is HttpMethod.Get or HttpMethod.Head;

        // 1. and 2. If-Match; only without it, If-Unmodified-Since.
        if (fields.Contains("if-match"u8))
        {
            if (!IfMatch(fields)) return Precondition.Failed;
        }
        else if (!IfUnmodifiedSince(fields)) return Precondition.Failed;

        // 3. and 4. If-None-Match; only without it, and for GET and HEAD, If-Modified-Since.
        if (fields.Contains("if-none-match"u8))
        {
            if (!IfNoneMatch(fields)) return reads ? Precondition.NotModified : Precondition.Failed;
        }
        else if (reads && !IfModifiedSince(fields)) return Precondition.NotModified;

        // 5. GET with Range and If-Range. 6. Otherwise go on.
        bool asksForPart = method == HttpMethod.Get && fields.Contains("range"u8) && fields.Contains("if-range"u8);
        return asksForPart && !IfRange(fields) ? Precondition.GoOnWithoutRange : Precondition.GoOn;
    }

    // RFC 9110 §13.1.1: true for *, as there is a version; else for any listed tag, by strong comparison.
    bool IfMatch(FieldLines fields)
    {
        if (IsAny(fields, "if-match"u8)) return true;
        foreach (EntityTag listed in new EntityTagList(fields, "if-match"u8))
            if (listed.EqualsStrongly(tag)) return true;
        return false;
    }

    // RFC 9110 §13.1.2: false for *, as there is a version; else for any listed tag, by weak comparison.
    bool IfNoneMatch(FieldLines fields)
    {
        if (IsAny(fields, "if-none-match"u8)) return false;
        foreach (EntityTag listed in new EntityTagList(fields, "if-none-match"u8))
            if (listed.EqualsWeakly(tag)) return false;
        return true;
    }

    // RFC 9110 §13.1.4: does not count when it is no date, or repeated, or when it is not told when the version changed.
    bool IfUnmodifiedSince(FieldLines fields) =>
        !TryDate(fields, "if-unmodified-since"u8, out long date) || lastModifiedSeconds is not { } modified || modified <= date;

    // RFC 9110 §13.1.3: does not count when it is no date, or repeated, or when it is not told when the version changed. A date that lies
    // in the future says nothing about versions that have been, and does not count either; RFC 2616 §14.25 called it invalid.
    bool IfModifiedSince(FieldLines fields) =>
        !TryDate(fields, "if-modified-since"u8, out long date) || date > nowSeconds || lastModifiedSeconds is not { } modified || modified > date;

    // RFC 9110 §13.1.5: a tag by strong comparison; a date when it is exactly ours, and ours is a strong validator:
    // one whose second is over, so that it did not change twice in it (§8.8.2.2).
    bool IfRange(FieldLines fields)
    {
        if (!fields.TryGet("if-range"u8, out ReadOnlySpan<byte> value)) return false;
        if (EntityTag.TryRead(value, out EntityTag given)) return given.EqualsStrongly(tag);
        return HttpDate.TryRead(value, nowSeconds, out long date) && lastModifiedSeconds == date && date < nowSeconds;
    }

    // "*" stands alone: inside of a list it is no tag, and matches nothing.
    static bool IsAny(FieldLines fields, ReadOnlySpan<byte> name) =>
        fields.TryGet(name, out ReadOnlySpan<byte> value) && value.SequenceEqual("*"u8);

    bool TryDate(FieldLines fields, ReadOnlySpan<byte> name, out long seconds)
    {
        seconds = 0;
        return fields.TryGet(name, out ReadOnlySpan<byte> value) && HttpDate.TryRead(value, nowSeconds, out seconds);
    }
}
