#!/usr/bin/env bash
# Measures our server and its peers with the same load in one run, and writes what came out into docs/performance.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

usage() {
  cat <<'TEXT'
usage: bench/compare.sh [-h] [-n] [scenario...]

Builds our server and its peers (bench/peers), runs each scenario against each of
them in turn, ROUNDS times over, the server pinned to one core and the generator
(rawrealtime bench) to another, and writes medians and ratios between the markers
of docs/performance.md, with docs/images/performance.svg. Linux with two cores.

  -n               only print; write nothing
  scenario...      only these; the names stand in bench/scenarios.txt

  ROUNDS=5         rounds; SECONDS_EACH=4 and WARMUP=2 seconds of each measurement
                   ROUNDS=1 SECONDS_EACH=2 WARMUP=1 is a quick look
  WARMUP_JIT=10    seconds instead for what is compiled while it runs: Kestrel, node,
                   jit. With less Kestrel looks up to twice as dear as it is
  IDLE_SECONDS=8   seconds that idle connections are left alone before they are weighed
  SERVERS="ours kestrel nginx node"
                   whom to measure; "jit" is ours as framework-dependent build
  SERVER_CPU=0 LOAD_CPU=1
                   the cores
  LIMIT=7200       seconds until it gives up
  RESULTS=…        folder for the raw results; kept when it is named
  BUILD=0          take what artifacts/ holds
  INSTALL_TOOLS=0  install nothing; missing tools are told with the command
TEXT
}

write=1
while getopts hn flag; do
  case "$flag" in
    h) usage; exit 0 ;;
    n) write=0 ;;
    *) usage >&2; exit 2 ;;
  esac
done
shift $((OPTIND - 1))

readonly only=" $* " rounds="${ROUNDS:-5}" seconds="${SECONDS_EACH:-4}" warmup="${WARMUP:-2}" servers="${SERVERS:-ours kestrel nginx node}"
readonly warmup_jit="${WARMUP_JIT:-10}" idle_seconds="${IDLE_SECONDS:-8}" server_cpu="${SERVER_CPU:-0}" load_cpu="${LOAD_CPU:-1}" limit="${LIMIT:-7200}" peers=bench/peers
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
ulimit -n "$(ulimit -Hn)"

results="${RESULTS:-$(mktemp -d)}"
mkdir -p "$results"
readonly results begin=$SECONDS
server=

# Whatever happens, no server is left behind.
clean_up() {
  stop_server
  [ -n "${RESULTS:-}" ] || rm -rf "$results"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

say() { printf '%s\n' "$*" >&2; }
wants() { [[ " $servers " == *" $1 "* ]]; }

# A file that a package brings, and the packages.
need() {
  local file="$1"
  shift
  [ -e "$file" ] && return
  if [ "${INSTALL_TOOLS:-1}" != 0 ] && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    # RUNLEVEL=1: the package's own service is not started.
    RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "$@" >&2 && return
  fi
  say "$file is missing: apt-get install $*"
  exit 2
}

build() {
  need /usr/bin/taskset util-linux
  need /usr/bin/python3 python3
  if wants nginx; then need /usr/lib/nginx/modules/ngx_nchan_module.so nginx libnginx-mod-nchan; fi
  if wants node; then
    need /usr/bin/npm nodejs npm
    (cd "$peers/node" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2 </dev/null)
  fi
  [ "${BUILD:-1}" != 0 ] || return 0
  dotnet publish src/RawRealtime -c Release -o artifacts/native >&2
  if wants jit; then dotnet publish src/RawRealtime -c Release -p:PublishAot=false -o artifacts/portable >&2; fi
  if wants kestrel; then dotnet publish "$peers/kestrel" -c Release -o artifacts/kestrel >&2; fi
}

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# Sets server (to stop it), port, and measured (the processes that do the work).
start_server() {
  port=$(free_port)
  local dir="$results/$1"
  mkdir -p "$dir"
  case "$1" in
    ours) pinned artifacts/native/rawrealtime --port "$port" ;;
    jit) pinned artifacts/portable/rawrealtime --port "$port" ;;
    kestrel) pinned artifacts/kestrel/kestrel "$port" ;;
    node) pinned node "$peers/node/server.mjs" "$port" ;;
    nginx)
      sed "s#@DIR@#$(realpath "$dir")#g; s#@PORT@#$port#g" "$peers/nchan/nginx.conf" >"$dir/nginx.conf"
      pinned nginx -p "$(realpath "$dir")" -c "$(realpath "$dir")/nginx.conf"
      ;;
    *) say "no server is called $1"; exit 2 ;;
  esac
  local tries=0
  until answers; do
    tries=$((tries + 1))
    [ "$tries" -lt 200 ] && kill -0 "$server" 2>/dev/null || { say "$1 did not start:"; tail -5 "$results/$1/log" >&2; exit 1; }
    sleep 0.05
  done
  measured="$server"
  if [ "$1" = nginx ]; then measured=$(pgrep -P "$server" | head -1); fi
}

pinned() {
  taskset -c "$server_cpu" "$@" >"$results/$current/log" 2>&1 </dev/null &
  server=$!
}

answers() { python3 -c 'import sys, urllib.request as u; u.urlopen("http://127.0.0.1:%s/healthz" % sys.argv[1], timeout=2)' "$port" 2>/dev/null; }

stop_server() {
  [ -n "$server" ] || return 0
  kill -TERM "$server" 2>/dev/null || true
  local tries=0
  while kill -0 "$server" 2>/dev/null && [ "$tries" -lt 40 ]; do
    sleep 0.05
    tries=$((tries + 1))
  done
  kill -KILL "$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
  server=
}

# One scenario against one server: the generator's JSON, or nothing and a word of why.
measure() {
  local round="$1" scenario="$2"
  shift 2
  local file="$results/$round.$scenario.$current.json" warm="$warmup"
  case "$current" in kestrel | node | jit) warm="$warmup_jit" ;; esac
  local times=(--duration "${seconds}s" --warmup "${warm}s")
  if [ "$1" = idle ]; then times=(--seconds "${idle_seconds}s"); fi
  if ! taskset -c "$load_cpu" timeout $((seconds + warm + idle_seconds + 90)) artifacts/native/rawrealtime bench "$@" \
    "${times[@]}" --pid "$measured" --json >"$file" 2>"$results/$current/bench.log" </dev/null; then
    say "  failed: $scenario against $current: $(tail -1 "$results/$current/bench.log")"
    mv "$file" "$file.failed"
  fi
}

run() {
  local round scenario who arguments
  for round in $(seq "$rounds"); do
    while IFS='|' read -r scenario who arguments; do
      scenario="${scenario// /}"
      case "$scenario" in '' | '#'*) continue ;; esac
      [ "$only" = "  " ] || [[ "$only" == *" $scenario "* ]] || continue
      for current in $servers; do
        [[ " $who jit " == *" $current "* ]] || continue
        if [ $((SECONDS - begin)) -gt "$limit" ]; then
          say "gave up after $limit s"
          return
        fi
        say "round $round: $scenario, $current"
        start_server "$current"
        local host="127.0.0.1:$port"
        # shellcheck disable=SC2086 # words of the scenario
        measure "$round" "$scenario" ${arguments//@/$host}
        stop_server
      done
    done <bench/scenarios.txt
  done
}

current=
build
run
python3 bench/report.py "$results" "$([ "$write" = 1 ] && echo write || echo print)" \
  "ROUNDS=$rounds SECONDS_EACH=$seconds WARMUP=$warmup WARMUP_JIT=$warmup_jit SERVERS=\"$servers\" bench/compare.sh$([ "$only" = "  " ] || echo "${only% }")"
