using RawHttp.Wire;

namespace RawHttp.Tests.Wire;

public class StatusCodesTests
{
    [Fact]
    public void Every_status_a_rule_is_answered_with_has_a_reason() => Assert.All(Enum.GetValues<HttpFault>().Where(f => f != HttpFault.None), fault =>
    {
        ReadOnlySpan<byte> reason = StatusCodes.ReasonOf(HttpFaults.StatusOf(fault));
        Assert.False(reason.IsEmpty);
        Assert.True(reason.Length <= ResponseHeadWriter.MaxStatusLineBytes - "HTTP/1.1 200 \r\n".Length);
    });

    [Theory] // RFC 9110 §15, RFC 6585 §3 to §5
    [InlineData(100, "Continue")]
    [InlineData(101, "Switching Protocols")]
    [InlineData(200, "OK")]
    [InlineData(201, "Created")]
    [InlineData(202, "Accepted")]
    [InlineData(204, "No Content")]
    [InlineData(206, "Partial Content")]
    [InlineData(301, "Moved Permanently")]
    [InlineData(302, "Found")]
    [InlineData(303, "See Other")]
    [InlineData(304, "Not Modified")]
    [InlineData(307, "Temporary Redirect")]
    [InlineData(308, "Permanent Redirect")]
    [InlineData(400, "Bad Request")]
    [InlineData(401, "Unauthorized")]
    [InlineData(403, "Forbidden")]
    [InlineData(404, "Not Found")]
    [InlineData(405, "Method Not Allowed")]
    [InlineData(406, "Not Acceptable")]
    [InlineData(408, "Request Timeout")]
    [InlineData(409, "Conflict")]
    [InlineData(410, "Gone")]
    [InlineData(411, "Length Required")]
    [InlineData(412, "Precondition Failed")]
    [InlineData(413, "Content Too Large")]
    [InlineData(414, "URI Too Long")]
    [InlineData(415, "Unsupported Media Type")]
    [InlineData(416, "Range Not Satisfiable")]
    [InlineData(417, "Expectation Failed")]
    [InlineData(421, "Misdirected Request")]
    [InlineData(422, "Unprocessable Content")]
    [InlineData(426, "Upgrade Required")]
    [InlineData(428, "Precondition Required")]
    [InlineData(429, "Too Many Requests")]
    [InlineData(431, "Request Header Fields Too Large")]
    [InlineData(500, "Internal Server Error")]
    [InlineData(501, "Not Implemented")]
    [InlineData(502, "Bad Gateway")]
    [InlineData(503, "Service Unavailable")]
    [InlineData(504, "Gateway Timeout")]
    [InlineData(505, "HTTP Version Not Supported")]
    [InlineData(299, "")]
    [InlineData(418, "")]
    [InlineData(599, "")]
    public void Reason_phrases_are_those_of_the_RFCs(int status, string expected) => Assert.Equal(expected, Bytes.Text(StatusCodes.ReasonOf(status)));

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, true)]
    [InlineData(204, true)]
    [InlineData(304, true)]
    [InlineData(200, false)]
    [InlineData(205, false)]
    [InlineData(404, false)]
    public void Some_have_no_content(int status, bool expected) => Assert.Equal(expected, StatusCodes.HasNoContent(status));
}
