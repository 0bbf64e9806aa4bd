using System.Text;
using RawHttp.Wire;

namespace RawHttp;

/// <summary>
/// (method, path) → handler. Paths are compared as bytes, with case and as sent. HEAD is answered by GET's handler, OPTIONS by the router,
/// an unknown path with 404, a method that the path does not have with 405 and Allow, one that no path could have with 501
/// (RFC 9110 §15.5.5, §15.5.6, §15.6.2). Set up first, then read by any thread.
/// </summary>
public sealed class Router : IHttpHandler
{
    readonly List<Route> routes = [];

    // Most requests ask for a path that stands as it is: it is compared with those of its length, which are few.
    readonly List<List<Route>> plain = [];
    byte[] allow = AllowOf([]);

    /// <summary>Adds a route.</summary>
    /// <param name="method">The method; with GET comes HEAD.</param>
    /// <param name="path">A path, <c>/channels</c>; or one with a name in braces for a segment, <c>/channels/{channel}</c>, which then is in <see cref="HttpRequest.RouteValue"/>; or <c>*</c> for all paths that no other route has.</param>
    /// <param name="handler">Who answers.</param>
    /// <returns>This router.</returns>
    public Router Map(HttpMethod method, string path, Func<HttpExchange, ValueTask> handler)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Route? route = routes.Find(r => r.Template == path);
        if (route is null)
        {
            routes.Add(route = new Route(path));
            if (route is { HasValue: false, IsAny: false }) AddPlain(route);
        }
        route.Add(method, handler);
        allow = AllowOf(routes.SelectMany(r => r.Methods));
        return this;
    }

    /// <summary>Adds a route whose handler answers at once.</summary>
    /// <param name="method">The method; with GET comes HEAD.</param>
    /// <param name="path">As above.</param>
    /// <param name="handler">Who answers.</param>
    /// <returns>This router.</returns>
    public Router Map(HttpMethod method, string path, Action<HttpExchange> handler) => Map(method, path, exchange =>
    {
        handler(exchange);
        return default;
    });

    /// <inheritdoc/>
    public ValueTask HandleAsync(HttpExchange exchange)
    {
        ArgumentNullException.ThrowIfNull(exchange);
        HttpRequest request = exchange.Request;
        if (request.Head.Target.Form == TargetForm.Asterisk) AnswerForServer(exchange);
        else if (request.Method is HttpMethod.Other or HttpMethod.Connect) exchange.Response.SendProblem(HttpFault.MethodNotImplemented);
        else if (Find(request) is not { } route) exchange.Response.SendProblem(HttpFault.NotFound);
        else if (route.HandlerOf(request.Method) is { } handler) return handler(exchange);
        else AnswerWithAllow(exchange, route);
        return default;
    }

    void AddPlain(Route route)
    {
        while (plain.Count <= route.Template.Length) plain.Add([]);
        plain[route.Template.Length].Add(route);
    }

    Route? Find(HttpRequest request)
    {
        ReadOnlySpan<byte> path = request.Path;
        if (path.Length < plain.Count)
        {
            foreach (Route route in plain[path.Length])
                if (route.Is(path)) return route;
        }
        Route? any = null;
        foreach (Route route in routes)
        {
            if (route.Matches(path, out ReadOnlySpan<byte> value))
            {
                request.RouteValue = Decoded(value);
                return route;
            }
            if (route.IsAny) any = route;
        }
        return any;
    }

    // RFC 9110 §9.3.7: what the server as a whole can do.
    void AnswerForServer(HttpExchange exchange)
    {
        exchange.Response.AddField("Allow"u8, allow);
        exchange.Response.SendEmpty(204);
    }

    static void AnswerWithAllow(HttpExchange exchange, Route route)
    {
        exchange.Response.AddField("Allow"u8, route.Allow);
        if (exchange.Request.Method == HttpMethod.Options) exchange.Response.SendEmpty(204);
        else exchange.Response.SendProblem(HttpFault.MethodNotAllowed);
    }

    static byte[] AllowOf(IEnumerable<HttpMethod> methods) =>
        Encoding.ASCII.GetBytes(string.Join(", ", methods.Append(HttpMethod.Options).Distinct().Order().Select(m => Encoding.ASCII.GetString(HttpMethods.NameOf(m)))));

    static string Decoded(ReadOnlySpan<byte> segment)
    {
        byte[] decoded = new byte[segment.Length];
        PercentDecoder.Decode(segment, plusIsSpace: false, decoded, out int length); // escapes were judged with the target
        return Encoding.UTF8.GetString(decoded, 0, length);
    }

    sealed class Route
    {
        readonly byte[] prefix, suffix;
        readonly Func<HttpExchange, ValueTask>?[] handlers = new Func<HttpExchange, ValueTask>?[(int)HttpMethod.Connect + 1];

        internal Route(string template)
        {
            Template = template;
            int brace = template.IndexOf('{', StringComparison.Ordinal);
            HasValue = brace >= 0;
            IsAny = template == "*";
            prefix = Encoding.ASCII.GetBytes(HasValue ? template[..brace] : template);
            suffix = Encoding.ASCII.GetBytes(HasValue ? template[(template.IndexOf('}', StringComparison.Ordinal) + 1)..] : "");
        }

        internal string Template { get; }

        internal IEnumerable<HttpMethod> Methods => Enum.GetValues<HttpMethod>().Where(method => HandlerOf(method) is not null);

        internal bool HasValue { get; }

        internal bool IsAny { get; }

        /// <summary>The methods of this path, as Allow names them.</summary>
        internal byte[] Allow { get; private set; } = [];

        internal void Add(HttpMethod method, Func<HttpExchange, ValueTask> handler)
        {
            if (HandlerOf(method) is not null) throw new ArgumentException("This path has a handler for this method.", nameof(method));
            handlers[(int)method] = handler;
            if (method == HttpMethod.Get) handlers[(int)HttpMethod.Head] ??= handler;
            Allow = AllowOf(Methods);
        }

        internal Func<HttpExchange, ValueTask>? HandlerOf(HttpMethod method) => handlers[(int)method];

        internal bool Is(ReadOnlySpan<byte> path) => path.SequenceEqual(prefix);

        internal bool Matches(ReadOnlySpan<byte> path, out ReadOnlySpan<byte> value)
        {
            value = default;
            if (!HasValue || path.Length < prefix.Length + suffix.Length || !path.StartsWith(prefix) || !path.EndsWith(suffix)) return false;
            value = path[prefix.Length..^suffix.Length];
            return !value.IsEmpty && !value.Contains((byte)'/');
        }
    }
}
