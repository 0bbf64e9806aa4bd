using RawHttp;

namespace RawRealtime.Server;

/// <summary>What every request passes before its route: the Host must be the server's own. docs/contract.md, Defaults.</summary>
internal sealed class Gate(OwnHosts hosts, Cors cors, IHttpHandler routes) : IHttpHandler
{
    /// <inheritdoc/>
    public ValueTask HandleAsync(HttpExchange exchange)
    {
        ServerFault fault = hosts.Check(exchange.Request.Head);
        if (fault != ServerFault.None)
        {
            exchange.Refuse(fault);
            return default;
        }
        cors.AddFields(exchange);
        if (!Cors.IsPreflight(exchange.Request.Head)) return routes.HandleAsync(exchange);
        cors.AnswerPreflight(exchange);
        return default;
    }
}
