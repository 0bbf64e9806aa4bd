using RawRealtime.Server;

namespace RawRealtime.Tests.Server;

public sealed class ServerFaultTests
{
    // The status and code of each are part of the contract: they change only with it.
    [Theory]
    [InlineData(nameof(ServerFault.UnknownHost), 421, "unknown-host")]
    [InlineData(nameof(ServerFault.BadQuery), 400, "bad-query")]
    [InlineData(nameof(ServerFault.RepeatedCursor), 400, "repeated-cursor")]
    [InlineData(nameof(ServerFault.BadEntityTag), 400, "bad-entity-tag")]
    [InlineData(nameof(ServerFault.BadChannel), 400, "bad-channel")]
    [InlineData(nameof(ServerFault.TooManyChannels), 400, "too-many-channels")]
    [InlineData(nameof(ServerFault.RepeatedChannel), 400, "repeated-channel")]
    [InlineData(nameof(ServerFault.ReservedChannel), 403, "reserved-channel")]
    [InlineData(nameof(ServerFault.TooManyEvents), 400, "too-many-events")]
    [InlineData(nameof(ServerFault.StoreFailed), 503, "store-failed")]
    [InlineData(nameof(ServerFault.HubFull), 503, "hub-full")]
    [InlineData(nameof(ServerFault.BadEvent), 400, "bad-event")]
    [InlineData(nameof(ServerFault.NotUtf8), 400, "not-utf-8")]
    [InlineData(nameof(ServerFault.BadIdempotencyKey), 400, "bad-idempotency-key")]
    [InlineData(nameof(ServerFault.TooManyKeys), 503, "too-many-keys")]
    [InlineData(nameof(ServerFault.BadTtl), 400, "bad-ttl")]
    [InlineData(nameof(ServerFault.KeyForManyLines), 400, "key-for-many-lines")]
    [InlineData(nameof(ServerFault.BadLine), 400, "bad-line")]
    [InlineData(nameof(ServerFault.LineTooLong), 413, "line-too-long")]
    [InlineData(nameof(ServerFault.DataTooLarge), 413, "data-too-large")]
    [InlineData(nameof(ServerFault.BadEncoding), 400, "bad-encoding")]
    [InlineData(nameof(ServerFault.NoSuchChannel), 404, "no-such-channel")]
    [InlineData(nameof(ServerFault.ChannelDeleted), 410, "channel-deleted")]
    [InlineData(nameof(ServerFault.TakenOver), 409, "taken-over")]
    [InlineData(nameof(ServerFault.Draining), 503, "draining")]
    [InlineData(nameof(ServerFault.TokenMissing), 401, "token-missing")]
    [InlineData(nameof(ServerFault.TokensDiffer), 400, "tokens-differ")]
    [InlineData(nameof(ServerFault.TokenProtocolAlone), 400, "token-protocol-alone")]
    [InlineData(nameof(ServerFault.TokenTooLong), 401, "token-too-long")]
    [InlineData(nameof(ServerFault.TokenMalformed), 401, "token-malformed")]
    [InlineData(nameof(ServerFault.TokenAlgorithm), 401, "token-algorithm")]
    [InlineData(nameof(ServerFault.TokenKey), 401, "token-key")]
    [InlineData(nameof(ServerFault.TokenSignature), 401, "token-signature")]
    [InlineData(nameof(ServerFault.TokenClaims), 401, "token-claims")]
    [InlineData(nameof(ServerFault.TokenExpired), 401, "token-expired")]
    [InlineData(nameof(ServerFault.TokenNotYet), 401, "token-not-yet")]
    [InlineData(nameof(ServerFault.TokenIssuer), 401, "token-issuer")]
    [InlineData(nameof(ServerFault.TokenAudience), 401, "token-audience")]
    [InlineData(nameof(ServerFault.MayNotPublish), 403, "may-not-publish")]
    [InlineData(nameof(ServerFault.MayNotSubscribe), 403, "may-not-subscribe")]
    [InlineData(nameof(ServerFault.MayNotDelete), 403, "may-not-delete")]
    public void Each_fault_has_its_status_and_code(string name, int status, string code)
    {
        ServerFault fault = Enum.Parse<ServerFault>(name);

        Assert.Equal(status, ServerFaults.StatusOf(fault));
        Assert.Equal(code, ServerFaults.CodeOf(fault));
    }

    [Fact]
    public void The_table_above_is_whole_and_each_fault_explains_itself()
    {
        foreach (ServerFault fault in Enum.GetValues<ServerFault>().Where(f => f != ServerFault.None))
        {
            Assert.Contains(fault.ToString(), typeof(ServerFaultTests).GetMethod(nameof(Each_fault_has_its_status_and_code))!
                .GetCustomAttributes(typeof(InlineDataAttribute), false).Cast<InlineDataAttribute>().SelectMany(row => row.GetData(null!)).Select(row => row[0]));
            Assert.EndsWith(".", ServerFaults.DetailOf(fault).Replace("presence:", ".", StringComparison.Ordinal));
        }
    }
}
