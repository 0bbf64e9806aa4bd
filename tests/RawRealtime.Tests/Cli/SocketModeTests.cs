using RawRealtime.Cli;

namespace RawRealtime.Tests.Cli;

public sealed class SocketModeTests
{
    [Theory]
    [InlineData("660", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite, "660")]
    [InlineData("0600", UnixFileMode.UserRead | UnixFileMode.UserWrite, "600")]
    [InlineData("002", UnixFileMode.OtherWrite, "002")]
    public void A_mode_is_read_and_written_in_octal(string text, UnixFileMode mode, string written)
    {
        Assert.True(SocketMode.TryRead(text, out SocketMode read));
        Assert.Equal((mode, written), (read.Mode, $"{read}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("66")]
    [InlineData("680")]
    [InlineData("1660")] // set-id and sticky bits mean nothing to a socket
    [InlineData("00660")]
    [InlineData("0o660")]
    [InlineData("-60")]
    [InlineData("rw-rw----")]
    public void What_is_no_mode_is_refused(string text) => Assert.False(SocketMode.TryRead(text, out _));
}
