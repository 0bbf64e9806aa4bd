"""Medians, ratios and a picture of what compare.sh measured: python3 bench/report.py FOLDER write|print COMMAND."""

import collections, datetime, html, json, os, pathlib, platform, re, statistics, subprocess, sys

BEGIN, END = "<!-- compare.sh: begin -->", "<!-- compare.sh: end -->"
PAGE, PICTURE = pathlib.Path("docs/performance.md"), pathlib.Path("docs/images/performance.svg")
NAMES = {"ours": "ours", "jit": "ours, JIT", "kestrel": "Kestrel", "nginx": "nginx + nchan", "node": "node `ws`"}
COLOURS = {"ours": "#2563eb", "jit": "#93c5fd", "kestrel": "#7c3aed", "nginx": "#059669", "node": "#d97706"}

# Name of the scenario: what it is called, and the most that ours may take of Kestrel's CPU.
ROWS = {
    "get-1": ("small GET, 64 connections, depth 1", 0.5),
    "get-16": ("small GET, depth 16", 0.4),
    "echo-1": ("WebSocket echo 125 B, 64 connections, depth 1", 0.5),
    "echo-16": ("WebSocket echo 125 B, depth 16", 0.4),
    "echo-16k": ("WebSocket echo 16 KiB, 16 connections", 0.4),
    "echo-1m": ("WebSocket echo 1 MiB, 4 connections", 0.4),
    "fan-ws": ("fan-out to 1,000 WebSockets, flat out", 0.15),
    "fan-sse": ("fan-out to 1,000 event streams, flat out", 0.15),
    "fan-poll": ("fan-out to 1,000 held polls, flat out", 0.5),
    "fan-ws-100": ("fan-out at 100 messages/s: WebSockets", 0.6),
    "fan-sse-100": ("fan-out at 100 messages/s: event streams", 0.75),
    "fan-poll-100": ("fan-out at 100 messages/s: held polls", 0.6),
    "connect-http": ("connect, GET, close", 0.55),
    "connect-ws": ("connect, WebSocket handshake, close", 0.55),
}
IDLE = {
    "idle-ws": ("idle WebSocket", 2560),
    "idle-sse": ("idle event stream", 3072),
    "idle-poll": ("held poll", 3072),
    "idle-http": ("idle keep-alive connection", 2048),
}


def figures(run):
    """What counts of one run of rawrealtime bench --json."""
    latency = run["latencyMicroseconds"]
    return {
        "cpu": run.get("cpuMicroseconds"),
        "rate": run["perSecond"],
        "p99": latency["p99"],
        "bytes": run.get("bytesPerConnection"),
        "generator": run["generatorCores"],
    }


def read(folder):
    """Scenario and server to the medians of their rounds, and how many rounds there were."""
    rounds = collections.defaultdict(lambda: collections.defaultdict(list))
    count = 0
    for file in sorted(pathlib.Path(folder).glob("*.json")):
        number, scenario, server = file.name.split(".")[:3]
        count = max(count, int(number))
        for name, value in figures(json.loads(file.read_text().splitlines()[-1])).items():
            if value is not None:
                rounds[scenario, server][name].append(value)
    return {key: {name: statistics.median(values) for name, values in of.items()} for key, of in rounds.items()}, count


def failures(folder):
    """What did not come right, since a figure that is left out must be told."""
    count = collections.Counter(".".join(file.name.split(".")[1:3]) for file in pathlib.Path(folder).glob("*.json.failed"))
    return "".join(f" **{name.replace('.', ' against ')} failed in {times} of its rounds and is not counted there.**" for name, times in sorted(count.items()))


def number(value):
    if value is None:
        return "–"
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def ratio(ours, theirs, most):
    if ours is None or not theirs:
        return "–"
    text = f"{ours / theirs:.2f}"
    return f"**{text}**" if float(text) > most else text


def table(head, rows):
    if not rows:
        return ""
    return "\n".join(["| " + " | ".join(head) + " |", "|---|" + "--:|" * (len(head) - 1), *("| " + " | ".join(row) + " |" for row in rows)])


def cpu_table(found, servers):
    head = ["CPU per operation, µs", *(NAMES[one] for one in servers), "to Kestrel", "mark", "to nginx"]
    rows = []
    for scenario, (name, mark) in ROWS.items():
        of = {one: found.get((scenario, one), {}).get("cpu") for one in servers}
        if not any(of.values()):
            continue
        rows.append([name, *(number(of[one]) for one in servers), ratio(of.get("ours"), of.get("kestrel"), mark), f"{mark}", ratio(of.get("ours"), of.get("nginx"), 1)])
    return table(head, rows)


def time_table(found, servers):
    head = ["operations/s, and p99 in µs", *(NAMES[one] for one in servers)]
    rows = []
    for scenario, (name, _) in ROWS.items():
        of = [found.get((scenario, one), {}) for one in servers]
        if any(of):
            rows.append([name, *(rate_and_wait(one) if one else "–" for one in of)])
    return table(head, rows)


def rate_and_wait(of):
    is_limited = of["generator"] > 0.95 and " †" or ""
    return f"{number(of['rate'])}, {number(of['p99'])}{is_limited}"


def idle_table(found, servers):
    head = ["memory per connection, bytes", *(NAMES[one] for one in servers), "mark"]
    rows = []
    for scenario, (name, mark) in IDLE.items():
        of = [found.get((scenario, one), {}).get("bytes") for one in servers]
        if any(one is not None for one in of):
            ours = found.get((scenario, "ours"), {}).get("bytes")
            rows.append([name, *(f"**{number(one)}**" if one is ours and one is not None and one > mark else number(one) for one in of), f"{mark:,}"])
    return table(head, rows)


def picture(found, servers):
    """Bars of CPU per operation, each row as parts of its longest bar: what is short is cheap."""
    rows = [(scenario, name) for scenario, (name, _) in ROWS.items() if any(found.get((scenario, one), {}).get("cpu") for one in servers)]
    left, wide, bar, gap = 330, 380, 12, 14
    out, y = [], 46
    for at, one in enumerate(servers):
        out.append(f'<rect x="{16 + at * 130}" y="14" width="12" height="12" fill="{COLOURS[one]}"/><text x="{34 + at * 130}" y="24">{html.escape(NAMES[one].replace("`", ""))}</text>')
    for scenario, name in rows:
        of = [(one, found[scenario, one]["cpu"]) for one in servers if found.get((scenario, one), {}).get("cpu")]
        longest = max(value for _, value in of)
        out.append(f'<text x="{left - 10}" y="{y + len(of) * bar / 2 + 4}" text-anchor="end">{html.escape(name)}</text>')
        for one, value in of:
            out.append(f'<rect x="{left}" y="{y}" width="{max(1, value / longest * wide):.1f}" height="{bar - 2}" fill="{COLOURS[one]}"/>'
                       f'<text x="{left + value / longest * wide + 6:.1f}" y="{y + 9}" font-size="10">{number(value)} µs</text>')
            y += bar
        y += gap
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 {y}" font-family="system-ui, sans-serif" font-size="12">\n'
            f'<title>Server CPU per operation</title>\n<rect width="800" height="{y}" fill="white"/>\n' + "\n".join(out) + "\n</svg>\n")


def machine():
    cpu = re.search(r"model name\s*: (.+)", pathlib.Path("/proc/cpuinfo").read_text())
    version = lambda *command: subprocess.run(command, capture_output=True, text=True, check=False)
    dotnet = version("dotnet", "--version").stdout.strip()
    nginx = re.search(r"nginx/(\S+)", version("nginx", "-v").stderr) if os.path.exists("/usr/sbin/nginx") else None
    parts = [f"{os.cpu_count()} cores of {cpu[1] if cpu else platform.machine()}", f"Linux {platform.release().split('-')[0]}", f".NET SDK {dotnet}"]
    if nginx:
        parts.append(f"nginx {nginx[1]}")
    node = version("node", "--version").stdout.strip() if os.path.exists("/usr/bin/node") else ""
    return ", ".join([*parts, *([f"node {node[1:]}"] if node else [])])


def section(folder, found, rounds, command, servers):
    load = os.getloadavg()[0]
    busy = " **The machine was busy with other work**: ratios hold better than figures." if load > 4 else ""  # what is measured takes 2
    return "\n\n".join(filter(None, [
        f"    {command}",
        f"{datetime.date.today()}, {machine()}, load {load:.1f} at the end; medians of {rounds} {'round' if rounds == 1 else 'interleaved rounds'}.{busy} CPU is user and system time of the server's process. "
        "An operation is a request, an echo, a delivery to one subscriber, or a connection. A ratio above its mark is **bold**; † where the generator used its whole core, so that the server may be able to do more." + failures(folder),
        cpu_table(found, servers),
        "![Server CPU per operation, as bars](images/performance.svg)",
        time_table(found, servers),
        idle_table(found, servers),
    ]))


def main(folder, mode, command):
    found, rounds = read(folder)
    if not found:
        sys.exit("nothing was measured")
    servers = [one for one in NAMES if any(server == one for _, server in found)]
    text = section(folder, found, rounds, command, servers)
    print(text)
    if mode != "write":
        return
    page = PAGE.read_text()
    if BEGIN not in page or END not in page:
        sys.exit(f"{PAGE} has no lines {BEGIN} and {END}")
    PAGE.write_text(page[: page.index(BEGIN) + len(BEGIN)] + "\n\n" + text + "\n\n" + page[page.index(END) :])
    PICTURE.write_text(picture(found, servers))


main(*sys.argv[1:])
