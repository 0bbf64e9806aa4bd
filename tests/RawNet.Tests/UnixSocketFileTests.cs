using System.Net.Sockets;
using System.Runtime.Versioning;

namespace RawNet.Tests;

[UnsupportedOSPlatform("windows")]
public sealed class UnixSocketFileTests : IDisposable
{
    const UnixFileMode OwnerAndGroup = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    readonly string folder = Directory.CreateTempSubdirectory("rawnet").FullName, path;

    public UnixSocketFileTests() => path = Path.Combine(folder, "s");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    LoopbackServer Listen(UnixFileMode mode = OwnerAndGroup, string? at = null) => new(
        async channel =>
        {
            using (channel) await channel.SendAsync("hi"u8.ToArray());
        },
        new() { UnixMode = mode },
        address: new UnixDomainSocketEndPoint(at ?? path));

    async Task<string> AskAsync()
    {
        using Socket client = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await client.ConnectAsync(new UnixDomainSocketEndPoint(path));
        return await client.ReadAllAsync();
    }

    [Theory]
    [InlineData(OwnerAndGroup)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite)]
    [InlineData((UnixFileMode)0b111_111_111)]
    public async Task The_file_has_the_mode_and_goes_with_the_listener(UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows()) return;
        await using (LoopbackServer server = Listen(mode))
        {
            Assert.Equal(mode, File.GetUnixFileMode(path));
            Assert.Equal([path], Directory.GetFileSystemEntries(folder));
            Assert.Equal(path, $"{server.Listener.LocalEndPoint}");
            Assert.Equal("hi", await AskAsync());
            Assert.Empty(server.Events.StaleSockets);
        }
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public async Task A_socket_that_nobody_listens_on_is_removed_and_told()
    {
        if (OperatingSystem.IsWindows()) return;
        LeaveStale(path);
        LeaveStale(path + "~");
        await using LoopbackServer server = Listen();
        Assert.Equal("hi", await AskAsync());
        Assert.Equal([path], server.Events.StaleSockets);
        Assert.Equal([path], Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public async Task A_socket_that_someone_listens_on_is_left_alone()
    {
        if (OperatingSystem.IsWindows()) return;
        await using LoopbackServer first = Listen();
        ListenException taken = Assert.Throws<ListenException>(() => Listen());
        Assert.Equal((SocketError.AddressAlreadyInUse, path), (taken.SocketErrorCode, $"{taken.Address}"));
        Assert.Equal("hi", await AskAsync());
    }

    [Theory]
    [InlineData("a file")]
    [InlineData("an empty file")]
    [InlineData("a folder")]
    [InlineData("a link to a file")]
    [InlineData("a dangling link")]
    public void What_is_no_socket_is_never_removed(string what)
    {
        if (OperatingSystem.IsWindows()) return;
        string elsewhere = Path.Combine(folder, "elsewhere");
        if (what == "a file") File.WriteAllText(path, "precious");
        if (what == "an empty file") File.WriteAllText(path, "");
        if (what == "a folder") Directory.CreateDirectory(path);
        if (what == "a link to a file") File.WriteAllText(elsewhere, "precious");
        if (what is "a link to a file" or "a dangling link") File.CreateSymbolicLink(path, elsewhere);
        string[] before = Directory.GetFileSystemEntries(folder);
        ListenException refused = Assert.Throws<ListenException>(() => Listen());
        Assert.Equal(SocketError.NotSocket, refused.SocketErrorCode);
        Assert.Equal(before, Directory.GetFileSystemEntries(folder));
        UnixSocketFile.RemoveOwn(path);
        Assert.Equal(before, Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public async Task A_file_that_became_anothers_is_left_when_we_close()
    {
        if (OperatingSystem.IsWindows()) return;
        LoopbackServer first = Listen();
        File.Delete(path);
        await using LoopbackServer second = Listen();
        await first.DisposeAsync();
        Assert.Equal("hi", await AskAsync());
    }

    [Fact]
    public async Task A_file_that_is_gone_does_no_harm()
    {
        if (OperatingSystem.IsWindows()) return;
        LoopbackServer server = Listen();
        File.Delete(path);
        await server.DisposeAsync();
    }

    [Fact]
    public void A_path_of_no_use_is_told_with_its_reason()
    {
        if (OperatingSystem.IsWindows()) return;
        ListenException tooLong = Assert.Throws<ListenException>(() => Listen(at: Path.Combine(folder, new string('x', 106 - folder.Length))));
        Assert.Equal(SocketError.InvalidArgument, tooLong.SocketErrorCode);
        Assert.Contains("too long", tooLong.Message);
        Assert.Throws<ListenException>(() => Listen(at: Path.Combine(folder, "none", "s")));
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    // The runtime removes the file of a socket that it bound, so the file is given another name first.
    static void LeaveStale(string path)
    {
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path + "-"));
        File.Move(path + "-", path);
    }
}
