using RawRealtime.Server;

namespace RawRealtime.Tests.Server;

public sealed class SocketThreadsTests
{
    [Theory]
    [InlineData(true, null, "1")]
    [InlineData(false, null, "0")]
    [InlineData(true, "0", "0")] // whoever started the process has the last word
    [InlineData(false, "1", "1")]
    public void The_setting_is_the_runtimes_own_and_given_way_to(bool inline, string? given, string expected)
    {
        string? before = Environment.GetEnvironmentVariable(SocketThreads.Variable);
        try
        {
            Environment.SetEnvironmentVariable(SocketThreads.Variable, given);
            SocketThreads.Set(inline);
            Assert.Equal(expected, Environment.GetEnvironmentVariable(SocketThreads.Variable));
        }
        finally
        {
            Environment.SetEnvironmentVariable(SocketThreads.Variable, before);
        }
    }
}
