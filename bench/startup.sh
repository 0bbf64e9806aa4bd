#!/usr/bin/env bash
# How long the exe takes from its start to its first answer, and how much memory it keeps at rest. Linux; needs python3.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

usage() {
  cat <<'TEXT'
usage: bench/startup.sh [-h] [exe...]

Starts each exe RUNS times (21) with --port 0, one after the other in turns, asks
GET /healthz as soon as its address is printed, and prints a table for
docs/performance.md: medians and the worst of the time from the start of the
process to the last byte of that answer, and the resident memory SETTLE seconds
(3) later, of the last run.

Without an exe: artifacts/native/rawrealtime and, when it is there,
artifacts/portable/rawrealtime. docs/deploying.md says how both are made.
TEXT
}

case "${1:-}" in -h | --help) usage; exit 0 ;; esac

exes=("$@")
if [ ${#exes[@]} -eq 0 ]; then
  for exe in artifacts/native/rawrealtime artifacts/portable/rawrealtime; do
    [ -x "$exe" ] && exes+=("$exe")
  done
fi
[ ${#exes[@]} -gt 0 ] || { echo "no exe: dotnet publish src/RawRealtime -c Release -o artifacts/native" >&2; exit 2; }

exec timeout "${LIMIT:-300}" python3 - "${RUNS:-21}" "${SETTLE:-3}" "${exes[@]}" <<'PYTHON'
import re, signal, socket, statistics, subprocess, sys, time

runs, settle, exes = int(sys.argv[1]), float(sys.argv[2]), sys.argv[3:]
REQUEST = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


def start(exe):
    """Seconds from the start of the process to the end of its first answer, and the process."""
    begin = time.perf_counter()
    server = subprocess.Popen([exe, "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    place = None
    while place is None:
        line = server.stdout.readline()
        if not line:
            sys.exit(f"{exe} did not start")
        place = re.search(rb"http://127\.0\.0\.1:(\d+)", line)
    answer = b""
    with socket.create_connection(("127.0.0.1", int(place[1])), timeout=10) as client:
        client.sendall(REQUEST)
        while piece := client.recv(4096):
            answer += piece
    took = time.perf_counter() - begin
    if not answer.startswith(b"HTTP/1.1 200 "):
        sys.exit(f"{exe} answered {answer[:40]!r}")
    return took, server


def stop(server):
    server.send_signal(signal.SIGTERM)
    server.wait(timeout=20)
    server.stdout.close()


def resident_kib(server):
    with open(f"/proc/{server.pid}/status") as status:
        return int(re.search(r"VmRSS:\s+(\d+)", status.read())[1])


times = {exe: [] for exe in exes}
memory = {}
for run in range(runs):
    for exe in exes:
        took, server = start(exe)
        try:
            times[exe].append(took * 1000)
            if run == runs - 1:
                time.sleep(settle)
                memory[exe] = resident_kib(server) / 1024
        finally:
            stop(server)
print("| exe | start to first answer, median, ms | worst, ms | resident at rest, MiB |\n|---|--:|--:|--:|")
for exe in exes:
    print(f"| `{exe}` | {statistics.median(times[exe]):.0f} | {max(times[exe]):.0f} | {memory[exe]:.1f} |")
PYTHON
