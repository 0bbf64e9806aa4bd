using System.Net.Sockets;

namespace Conformance;

/// <summary>More clients than the system gives descriptors for: docs/decisions/0011.</summary>
public sealed class DescriptorLimitTests
{
    const int Descriptors = 400, Dials = 700;

    [SkippableFact]
    public async Task Under_a_low_limit_the_process_lives_serves_up_to_its_cap_and_closes_the_rest_at_once()
    {
        Tools.RequireUnix();
        int cap = RawNet.DescriptorLimit.ConnectionsFor(Descriptors);
        await using Exe exe = await Exe.StartLimitedAsync(Descriptors);
        int port = new Uri(exe.Http).Port;
        List<Dialled> clients = [];
        try
        {
            for (int i = 0; i < Dials; i++) clients.Add(await Dialled.ToAsync(port).Within("a connection to be taken"));
            List<Dialled> served = [];
            foreach (Dialled client in clients)
                if (await client.IsServedAsync().Within("an answer or the end of a connection")) served.Add(client);
            Assert.Equal(cap, served.Count);
            foreach (Dialled client in served) Assert.True(await client.IsServedAsync().Within("a second answer"));

            foreach (Dialled leaving in served.Take(cap / 2)) leaving.Dispose();
            for (int i = 0; i < cap / 2; i++) await Bounded.Until(() => IsNewOneServedAsync(port, clients), "a new client is served after others left");
            foreach (Dialled client in served.Skip(cap / 2)) Assert.True(await client.IsServedAsync().Within("a third answer"));
        }
        finally
        {
            foreach (Dialled client in clients) client.Dispose();
        }

        exe.Process.Signal(Child.Terminate);
        Assert.Equal(0, (await exe.Process.EndAsync()).ExitCode);
    }

    static async Task<bool> IsNewOneServedAsync(int port, List<Dialled> clients)
    {
        Dialled late = await Dialled.ToAsync(port);
        bool served = await late.IsServedAsync();
        if (served) clients.Add(late);
        else late.Dispose();
        return served;
    }

    sealed class Dialled(TcpClient client) : IDisposable
    {
        static readonly byte[] Request = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray();

        public static async Task<Dialled> ToAsync(int port)
        {
            TcpClient client = new();
            await client.ConnectAsync("127.0.0.1", port);
            return new(client);
        }

        public async Task<bool> IsServedAsync()
        {
            try
            {
                byte[] answer = new byte[4096];
                await client.GetStream().WriteAsync(Request);
                return await client.GetStream().ReadAsync(answer) > 0;
            }
            catch (IOException)
            {
                return false; // closed before or while it asked
            }
        }

        public void Dispose() => client.Dispose();
    }
}
