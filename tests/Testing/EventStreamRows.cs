namespace Testing;

/// <summary>
/// HTML §9.2.5 and §9.2.6 as streams and what a reader makes of them: <c>name(id):data</c> for each event. Our reader is tested with them, and so
/// are readers of other people.
/// </summary>
public static class EventStreamRows
{
    /// <summary>The names of events in the rows.</summary>
    public static IReadOnlyList<string> Names { get; } = ["message", "e", "f", " e", "e:f"];

    /// <summary>Rule, stream, events.</summary>
    public static IReadOnlyList<(string Rule, string Stream, string Events)> All { get; } =
    [
        // HTML                       stream                                        events
        ("9.2.5 LF",                  "data: a\ndata: b\n\n",                       "message():a\nb"),
        ("9.2.5 CR",                  "data: a\rdata: b\r\r",                       "message():a\nb"),
        ("9.2.5 CRLF",                "data: a\r\ndata: b\r\n\r\n",                 "message():a\nb"),
        ("9.2.5 mixed",               "data: a\r\n\rdata: b\n\r\n",                 "message():a / message():b"),
        ("9.2.5 CR CRLF",             "data: a\r\r\ndata: b\n\n",                   "message():a / message():b"),
        ("9.2.5 LF CR",               "data: a\n\rdata: b\r\n\n",                   "message():a / message():b"),
        ("9.2.5 CRLF is one end",     "data: a\r\ndata: b\n\n",                     "message():a\nb"),
        ("9.2.5 BOM",                 "\uFEFFdata: a\n\n",                          "message():a"),
        ("9.2.5 BOM before comment",  "\uFEFF:x\ndata: a\n\n",                      "message():a"),
        ("9.2.5 BOM alone",           "\uFEFF",                                     ""),
        ("9.2.5 one BOM only",        "\uFEFF\uFEFFdata: a\n\n",                    ""),
        ("9.2.5 BOM of a later line", "data: a\n\uFEFFdata: b\n\n",                 "message():a"),
        ("9.2.5 BOM inside",          "data: \uFEFFa\n\n",                          "message():\uFEFFa"),
        ("9.2.5 other separators",    "data: a\u2028b\u0085c\vd\fe\n\n",            "message():a\u2028b\u0085c\vd\fe"),
        ("9.2.6 unfinished line",     "data: a",                                    ""),
        ("9.2.6 unfinished event",    "data: a\n",                                  ""),
        ("9.2.6 unfinished later",    "data: a\n\ndata: b\nid: 2\n",                "message():a"),
        ("9.2.6 ends with CR",        "data: a\n\r",                                "message():a"),
        ("9.2.6 comment",             ":data: a\n:\n\n",                            ""),
        ("9.2.6 comment in an event", "data: a\n: c\ndata: b\n\n",                  "message():a\nb"),
        ("9.2.6 event",               "event: e\ndata: a\n\ndata: b\n\n",           "e():a / message():b"),
        ("9.2.6 event behind data",   "data: a\nevent: e\n\n",                      "e():a"),
        ("9.2.6 last event wins",     "event: e\nevent: f\ndata: a\n\n",            "f():a"),
        ("9.2.6 empty event",         "event: e\nevent:\ndata: a\n\n",              "message():a"),
        ("9.2.6 event, no value",     "event: e\nevent\ndata: a\n\n",               "message():a"),
        ("9.2.6 colon in event",      "event:e:f\ndata: a\n\n",                     "e:f():a"),
        ("9.2.6 no data",             "event: e\n\ndata: a\n\n",                    "message():a"),
        ("9.2.6 data, no value",      "data\n\n",                                   "message():"),
        ("9.2.6 data, empty",         "data:\n\n",                                  "message():"),
        ("9.2.6 data, a space",       "data: \n\n",                                 "message():"),
        ("9.2.6 two empty lines",     "data\ndata:\n\n",                            "message():\n"),
        ("9.2.6 empty around",        "data:\ndata: a\ndata\n\n",                   "message():\na\n"),
        ("9.2.6 one space goes",      "data:  a \n\n",                              "message(): a "),
        ("9.2.6 a tab stays",         "data:\ta\n\n",                               "message():\ta"),
        ("9.2.6 space goes, event",   "event:  e\ndata: a\n\n",                     " e():a"),
        ("9.2.6 id",                  "id: 7\ndata: a\n\n",                         "message(7):a"),
        ("9.2.6 id behind data",      "data: a\nid:7\n\n",                          "message(7):a"),
        ("9.2.6 id without data",     "id: 7\n\ndata: a\n\n",                       "message(7):a"),
        ("9.2.6 id stays",            "id: 7\ndata: a\n\ndata: b\n\n",              "message(7):a / message(7):b"),
        ("9.2.6 last id wins",        "id: 7\nid: 8\ndata: a\n\n",                  "message(8):a"),
        ("9.2.6 empty id forgets",    "id: 7\ndata: a\n\nid:\ndata: b\n\n",         "message(7):a / message():b"),
        ("9.2.6 id, no value",        "id: 7\ndata: a\n\nid\ndata: b\n\n",          "message(7):a / message():b"),
        ("9.2.6 NUL in id",           "id: 7\nid: 8\0\ndata: a\n\n",                "message(7):a"),
        ("9.2.6 NUL is the id",       "id: 7\nid: \0\ndata: a\n\n",                 "message(7):a"),
        ("9.2.6 id with a space",     "id:  7 8 \ndata: a\n\n",                     "message( 7 8 ):a"),
        ("9.2.6 id not yet",          "id: 7\n",                                    ""),
        ("9.2.6 id, no JSON",         "id: {\"a\":1}\ndata: a\n\n",                 "message({\"a\":1}):a"),
        ("9.2.6 retry is no event",   "retry: 250\n\n",                             ""),
        ("9.2.6 retry and data",      "retry: 250\ndata: a\n\n",                    "message():a"),
        ("9.2.6 retry letters",       "retry: 250ms\ndata: a\n\n",                  "message():a"),
        ("9.2.6 exact names",         "Data: a\n data: b\ndata : c\nxdata: d\n\n",  ""),
        ("9.2.6 unknown fields",      "foo: 1\nbar\ndata: a\n: x: y\n\n",           "message():a"),
        ("9.2.6 colon in data",       "data: a:b: c\n\n",                           "message():a:b: c"),
        ("9.2.6 data is a colon",     "data::\n\n",                                 "message()::"),
        ("9.2.6 NUL in data",         "data: a\0b\n\n",                             "message():a\0b"),
        ("9.2.6 markup in data",      "data: </script><!--\n\n",                    "message():</script><!--"),
        ("9.2.6 beyond 16 bits",      "data: \U0001F44B\n\n",                       "message():\U0001F44B"),
        ("9.2.6 empty stream",        "",                                           ""),
        ("9.2.6 only line ends",      "\n\n\r\r\r\n",                               ""),
    ];
}
