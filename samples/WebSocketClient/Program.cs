using WebSocketClient;

string what = args.ElementAtOrDefault(0) ?? "pull";
Uri uri = new(args.ElementAtOrDefault(1) ?? "ws://127.0.0.1:5001/echo");
string besides = args.ElementAtOrDefault(2) ?? "";
Task sample = what switch
{
    "pull" => Abilities.PullAsync(uri),
    "told" => Abilities.BeToldAsync(uri),
    "fields" => Abilities.AskForMoreAsync(uri),
    "secure" => Abilities.TrustOwnAuthorityAsync(uri, besides),
    "proxy" => Abilities.GoThroughProxyAsync(uri, new(besides)),
    "ping" => Abilities.PingAsync(uri),
    "close" => Abilities.CloseAsync(uri),
    "pieces" => Abilities.ReadPiecesAsync(uri),
    "slow" => Abilities.ReadSlowlyAsync(uri),
    "send" => Abilities.SendFromAnywhereAsync(uri),
    _ => throw new ArgumentException($"There is no sample \"{what}\"; see samples/README.md."),
};
await sample;
