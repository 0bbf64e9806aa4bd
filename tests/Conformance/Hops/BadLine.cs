using System.Net;
using System.Net.Http;
using System.Net.Sockets;

namespace Conformance.Hops;

/// <summary>
/// A client's way to the server: after a number of bytes, wherever that is in an answer or a frame, it is reset; and now and then nothing
/// more is read until others have got on. It tells who ended it, so that no fault of the server passes for a cut. One client.
/// </summary>
sealed class BadLine : IDisposable
{
    readonly int port, pause;
    readonly Random random;
    readonly Progress progress;
    long left;

    /// <param name="port">Of the server, on 127.0.0.1.</param>
    /// <param name="bytesUntilCut">How many bytes it lasts, on average; 0 for a line that stays whole.</param>
    /// <param name="random">What is drawn from.</param>
    /// <param name="progress">What pauses are measured by.</param>
    /// <param name="pause">Most messages that a pause lasts; 0 for a line without pauses.</param>
    public BadLine(int port, int bytesUntilCut, Random random, Progress progress, int pause)
    {
        (this.port, this.random, this.progress, this.pause) = (port, random, progress, pause);
        left = bytesUntilCut == 0 ? long.MaxValue : DrawBytes(bytesUntilCut);
        Client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, ConnectCallback = (_, late) => ConnectAsync(late) }) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public HttpClient Client { get; }

    /// <summary>It was reset by its own budget.</summary>
    public bool WasCut { get; private set; }

    /// <summary>The server, or the system, ended it.</summary>
    public bool WasEnded { get; private set; }

    /// <summary>It was not read for a while: the server may have lost its patience.</summary>
    public bool WasSlow { get; private set; }

    public void Dispose() => Client.Dispose();

    // One in five is cut within the head of the answer or shortly after it, the others anywhere later.
    long DrawBytes(int mean) => random.Next(5) == 0 ? random.Next(600) : (long)(mean * -Math.Log(1 - random.NextDouble()));

    async ValueTask<Stream> ConnectAsync(CancellationToken late)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (pause > 0) socket.ReceiveBufferSize = 4096; // else the system would read on for us
            // From another address than the server's: else a socket that dials a port nobody listens on may be connected to itself.
            socket.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.2"), 0));
            await socket.ConnectAsync(IPAddress.Loopback, port, late);
        }
        catch (SocketException)
        {
            WasEnded = true;
            socket.Dispose();
            throw;
        }
        return new Line(this, socket);
    }

    sealed class Line(BadLine settings, Socket socket) : Stream
    {
        readonly byte[] block = new byte[16 * 1024];
        int start, end;

        public override bool CanRead => true;

        public override bool CanWrite => true;

        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (start == end && !await FillAsync(buffer.IsEmpty, cancellationToken)) return 0;
            if (buffer.IsEmpty) return 0;
            if (settings.left <= 0) throw Cut();
            int taken = (int)Math.Min(Math.Min(buffer.Length, end - start), settings.left);
            block.AsMemory(start, taken).CopyTo(buffer);
            start += taken;
            settings.left -= taken;
            return taken;
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            try
            {
                for (; !buffer.IsEmpty; buffer = buffer[await socket.SendAsync(buffer, cancellationToken)..]) { }
            }
            catch (SocketException broken)
            {
                throw Ended(broken);
            }
        }

        public override void Flush()
        {
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            socket.Dispose();
            base.Dispose(disposing);
        }

        // False at the end of the stream, and when it was only looked whether there is something.
        async ValueTask<bool> FillAsync(bool onlyLooks, CancellationToken cancellationToken)
        {
            if (settings.pause > 0 && settings.random.Next(20) == 0)
            {
                settings.WasSlow = true;
                await settings.progress.AfterAsync(settings.random.Next(settings.pause)).WaitAsync(cancellationToken);
            }
            try
            {
                int received = await socket.ReceiveAsync(onlyLooks ? Memory<byte>.Empty : block, cancellationToken);
                (start, end) = (0, received);
                settings.WasEnded |= received == 0 && !onlyLooks;
                return received > 0;
            }
            catch (SocketException broken)
            {
                throw Ended(broken);
            }
        }

        IOException Cut()
        {
            settings.WasCut = true;
            socket.Close(0); // unread bytes and no linger: a reset
            return new("cut by the test");
        }

        IOException Ended(SocketException broken)
        {
            settings.WasEnded = true;
            return new($"ended by the server: {broken.SocketErrorCode}", broken);
        }
    }
}
