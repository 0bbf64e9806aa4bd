namespace Conformance;

/// <summary><c>rawrealtime connect</c> as a process, against Node's <c>ws</c> and against ourselves.</summary>
public sealed class ConnectTests
{
    static async Task<(Child Server, string Uri)> StartNodeAsync()
    {
        Child server = Child.StartScript("ws-server.mjs");
        string port = (await server.LineAsync("port ")).Split(' ')[1];
        return (server, $"ws://127.0.0.1:{port}");
    }

    static Child Connect(params string[] arguments) => Child.Start(Tools.DotNet, [Tools.Exe, "connect", .. arguments]);

    [SkippableFact]
    public async Task Lines_go_to_Nodes_ws_and_come_back_compressed_with_a_subprotocol()
    {
        (Child server, string uri) = await StartNodeAsync();
        await using (server)
        {
            await using Child client = Connect($"{uri}/", "--json", "--subprotocol", "chat", "--wait", "-1");
            Assert.Contains("\"subprotocol\":\"chat\",\"extensions\":\"permessage-deflate", await client.LineAsync("{\"type\":\"opened\""), StringComparison.Ordinal);
            string line = string.Concat(Enumerable.Repeat("grüße, ", 200));
            for (int i = 0; i < 3; i++)
            {
                await client.WriteLineAsync(line + i);
                Assert.Equal($"{{\"type\":\"message\",\"data\":\"{line}{i}\"}}", await client.LineAsync("{\"type\":\"message\""));
            }
            client.EndInput();
            client.Signal(Child.Interrupt);
            Assert.Contains("\"ending\":\"closed-by-us\"", await client.LineAsync("{\"type\":\"closed\""), StringComparison.Ordinal);
            Assert.Equal(130, (await client.EndAsync()).ExitCode);
        }
    }

    [SkippableTheory]
    [InlineData("/1000", 0, "")]
    [InlineData("/4001", 5, "rawrealtime: The server closed the connection. Close code 4001: as asked.\n")]
    public async Task Nodes_close_code_becomes_the_exit_code(string path, int exitCode, string errors)
    {
        (Child server, string uri) = await StartNodeAsync();
        await using (server)
        {
            await using Child client = Connect(uri + path, "--wait", "-1");
            Ended ended = await client.EndAsync();
            Assert.Equal((exitCode, "", errors), (ended.ExitCode, ended.Output, ended.Errors));
        }
    }

    [SkippableFact]
    public async Task Lines_of_a_pipe_come_back_as_lines_and_the_end_of_the_input_closes()
    {
        await using Exe exe = await Exe.StartAsync();
        await using Child client = Connect($"{exe.Ws}/echo", "--wait", "5s");
        await client.WriteLineAsync("one");
        await client.WriteLineAsync("zwölf");
        client.EndInput();
        Ended ended = await client.EndAsync();
        Assert.Equal((0, "one\nzwölf\n", ""), (ended.ExitCode, ended.Output, ended.Errors));
    }

    [SkippableFact]
    public async Task A_file_goes_through_a_pipe_byte_by_byte()
    {
        Tools.RequireUnix();
        await using Exe exe = await Exe.StartAsync();
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            byte[] bytes = new byte[1_000_000];
            new Random(7692).NextBytes(bytes);
            await File.WriteAllBytesAsync(Path.Combine(folder, "in"), bytes);
            Ended ended = await Child.RunAsync(Tools.Shell, ["-c", "\"$0\" \"$1\" connect \"$2\" --binary --wait 5s <\"$3/in\" | cat >\"$3/out\"", Tools.DotNet, Tools.Exe, $"{exe.Ws}/echo", folder]);
            Assert.Equal((0, ""), (ended.ExitCode, ended.Errors));
            Assert.Equal(bytes, await File.ReadAllBytesAsync(Path.Combine(folder, "out")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [SkippableFact]
    public async Task A_reader_that_leaves_ends_it()
    {
        Tools.RequireUnix();
        await using Exe exe = await Exe.StartAsync();
        Ended ended = await Child.RunAsync(Tools.Shell, ["-c", "yes 2>/dev/null | \"$0\" \"$1\" connect \"$2\" --wait -1 | head -n 1", Tools.DotNet, Tools.Exe, $"{exe.Ws}/echo"]);
        Assert.Equal((0, "y\n", ""), (ended.ExitCode, ended.Output, ended.Errors));
    }

    [SkippableTheory]
    [InlineData("--cacert")]
    [InlineData("--insecure")]
    public async Task A_server_with_a_certificate_of_its_own_is_reached(string how)
    {
        using PemFiles pem = new();
        await using Exe exe = await Exe.StartAsync("--tls-cert", pem.Certificate, "--tls-key", pem.Key);
        string uri = $"{exe.Ws.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)}/echo";
        string[] trust = how == "--cacert" ? [how, pem.Certificate] : [how];
        await using Child client = Connect([uri, "--wait", "5s", .. trust]);
        await client.WriteLineAsync("secret");
        client.EndInput();
        Ended ended = await client.EndAsync();
        Assert.Equal((0, "secret\n", ""), (ended.ExitCode, ended.Output, ended.Errors));

        Ended distrusted = await Child.RunAsync(Tools.DotNet, [Tools.Exe, "connect", uri]);
        Assert.Equal((3, ""), (distrusted.ExitCode, distrusted.Output));
        Assert.Contains("--insecure takes any", distrusted.Errors, StringComparison.Ordinal);
    }
}
