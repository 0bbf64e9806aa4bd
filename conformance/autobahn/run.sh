#!/usr/bin/env bash
# Runs the Autobahn testsuite against our testee in both roles, and judges its reports.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
  cat <<'TEXT'
usage: ./run.sh [server|client|both] [--out DIR]

  server     the suite's fuzzing client against `rawrealtime testee`
  client     the suite's fuzzing server against `rawrealtime testee --connect`
  both       one after the other (default)
  --out DIR  where reports and logs go (default: a new folder under TMPDIR)

  WSTEST          the suite's program (default: wstest on the path, else docker)
  TESTEE          the testee's program (default: built here, Release)
  SUITE_SECONDS   most time for each direction (default: 3600)

Exit codes: 0 all cases OK or INFORMATIONAL, 1 not so, 2 told wrongly or something is missing,
124 out of time.
TEXT
}

fail() { echo "run.sh: $*" >&2; exit 2; }

which=both out=""
while [ $# -gt 0 ]; do
  case "$1" in
    server | client | both) which="$1" ;;
    --out) [ $# -ge 2 ] || fail "--out needs a folder"; out="$2"; shift ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
  shift
done

readonly image=crossbario/autobahn-testsuite seconds="${SUITE_SECONDS:-3600}"
[ -n "$out" ] || out=$(mktemp -d "${TMPDIR:-/tmp}/autobahn.XXXXXX")
mkdir -p "$out"
out=$(cd "$out" && pwd)
container="" started=()

# Stops what was started here, by its process id, and nothing else.
clean_up() {
  local pid
  for pid in ${started[@]+"${started[@]}"}; do
    kill "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
  started=()
  [ -z "$container" ] || docker stop --time 1 "$container" >/dev/null 2>&1 || true
  container=""
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# The suite with some arguments, in the folder $out, at most $seconds. It listens on and connects to 127.0.0.1 only.
suite() {
  if [ -n "$wstest" ]; then
    cd "$out" && exec timeout "$seconds" "$wstest" "$@"
  else
    cd "$out" && exec timeout "$seconds" docker run --rm --name "$container" --network host --volume "$out:/out" --workdir /out "$image" wstest "$@"
  fi
}

wstest="${WSTEST:-$(command -v wstest || true)}"
if [ -z "$wstest" ]; then
  command -v docker >/dev/null || fail "neither wstest nor docker is on the path: install one, see README.md"
fi

if [ -z "${TESTEE:-}" ]; then
  dotnet build -c Release -v q -nologo ../../src/RawRealtime
  testee=(dotnet ../../src/RawRealtime/bin/Release/net10.0/rawrealtime.dll)
else
  testee=("$TESTEE")
fi

# Waits at most a minute until a line of a log says it, or the process that writes it is gone.
wait_for_line() { # log, pid, pattern
  local tenths
  for ((tenths = 0; tenths < 600; tenths++)); do
    grep -q "$3" "$1" 2>/dev/null && return
    kill -0 "$2" 2>/dev/null || break
    sleep 0.1
  done
  fail "no line '$3' came, see $1"
}

listens() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

free_port() {
  local port
  while port=$((20000 + RANDOM % 12000)); listens "$port"; do :; done
  echo "$port"
}

new_container() { [ -n "$wstest" ] || container="autobahn-$$-$RANDOM"; }

run_server() {
  "${testee[@]}" testee --port 0 >"$out/testee-server.log" 2>&1 &
  local testee_pid=$! port status=0
  started+=("$testee_pid")
  wait_for_line "$out/testee-server.log" "$testee_pid" 'ws://127\.0\.0\.1:[0-9]*'
  port=$(sed -n 's|.*ws://127\.0\.0\.1:\([0-9]*\).*|\1|p' "$out/testee-server.log" | head -1)
  sed "s/:9001/:$port/" fuzzingclient.json >"$out/fuzzingclient.json"
  rm -rf "$out/servers"
  echo "fuzzing client against ws://127.0.0.1:$port, its log in $out/fuzzingclient.log"
  new_container
  (suite -m fuzzingclient -s fuzzingclient.json) >"$out/fuzzingclient.log" 2>&1 &
  started+=("$!")
  wait "$!" || status=$?
  clean_up
  [ "$status" -eq 0 ] || { echo "run.sh: the suite ended with $status, see $out/fuzzingclient.log" >&2; return "$status"; }
}

run_client() {
  local port status=0 suite_pid tenths
  port=$(free_port)
  sed "s/:9001/:$port/" fuzzingserver.json >"$out/fuzzingserver.json"
  rm -rf "$out/clients"
  new_container
  (suite -m fuzzingserver -u 0 -s fuzzingserver.json) >"$out/fuzzingserver.log" 2>&1 &
  suite_pid=$!
  started+=("$suite_pid")
  for ((tenths = 0; tenths < 600; tenths++)); do
    if listens "$port"; then break; fi
    kill -0 "$suite_pid" 2>/dev/null || fail "the suite is gone, see $out/fuzzingserver.log"
    sleep 0.1
  done
  echo "client against the fuzzing server at ws://127.0.0.1:$port, its log in $out/fuzzingserver.log"
  if [ -t 1 ]; then # in the foreground, where it may draw its bar
    timeout --foreground "$seconds" "${testee[@]}" testee --connect "ws://127.0.0.1:$port" || status=$?
  else
    timeout "$seconds" "${testee[@]}" testee --connect "ws://127.0.0.1:$port" &
    started+=("$!")
    wait "$!" || status=$?
  fi
  clean_up
  [ "$status" -eq 0 ] || { echo "run.sh: the client ended with $status" >&2; return "$status"; }
}

reports=() result=0
if [ "$which" != client ]; then
  run_server || result=$?
  reports+=("$out/servers/index.json")
fi
if [ "$which" != server ]; then
  run_client || result=$?
  reports+=("$out/clients/index.json")
fi
dotnet run -c Release --project check -- "${reports[@]}" || { status=$?; [ "$result" -ne 0 ] || result=$status; }
exit "$result"
