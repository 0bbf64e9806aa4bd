#!/usr/bin/env bash
# Runs a fuzzer on one target, bounded in executions and time; see --help and README.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

usage() {
  cat <<'TEXT'
usage: fuzz/run.sh [--in-process] TARGET [EXECUTIONS]
       fuzz/run.sh --list

Builds the fuzz project, makes a copy of it in a temporary folder, instruments
RawHttp.dll, RawWebSocket.dll and RawJournal.dll there, and runs about EXECUTIONS (1000000) inputs through TARGET.
Says how many it were and how many crashed, and fails if one did: the inputs
are then in fuzz/crashes.

  (no option)    afl-fuzz chooses the inputs. Needs AFL++: apt-get install afl++
  --in-process   our own mutator chooses them, guided by the same edges

  SEED=N         another sequence of inputs, with --in-process (1)
  SECONDS_MAX=N  stop after this long (7200)
TEXT
}

engine=afl
case "${1:-}" in
  -h | --help) usage; exit 0 ;;
  --list) ls fuzz/corpus; exit 0 ;;
  --in-process) engine=own; shift ;;
esac
[ "$#" -ge 1 ] && [ "$#" -le 2 ] || { usage >&2; exit 2; }
readonly engine target="$1" executions="${2:-1000000}" seconds="${SECONDS_MAX:-7200}"
[ -d "fuzz/corpus/$target" ] || { echo "no target $target; there are: $(echo $(ls fuzz/corpus))" >&2; exit 2; }
[[ "$executions" =~ ^[0-9]+$ ]] || { echo "EXECUTIONS is a number, not $executions" >&2; exit 2; }
if [ "$engine" = afl ] && ! command -v afl-fuzz >/dev/null; then
  echo "afl-fuzz is missing. Install it (apt-get install afl++), or run: fuzz/run.sh --in-process $target $executions" >&2
  exit 2
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

echo "== building"
dotnet build fuzz -c Release -v q
cp -r fuzz/bin/Release/net10.0 "$work/app"
# The copy is instrumented by the original: tests never see code that counts its edges.
for library in RawHttp RawWebSocket RawJournal; do fuzz/bin/Release/net10.0/RawHttp.Fuzz instrument "$work/app/$library.dll"; done

own() {
  timeout "$seconds" "$work/app/RawHttp.Fuzz" mutate "$target" --executions "$executions" --seed "${SEED:-1}" --crashes fuzz/crashes
}

# The checks that are off: the binary is dotnet's and counts edges by other means, and the machine's core pattern and
# clock governor are not ours to set.
afl() {
  export AFL_SKIP_BIN_CHECK=1 AFL_SKIP_CPUFREQ=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_NO_AFFINITY=1 AFL_NO_UI=1
  local status=0
  afl-fuzz -i "fuzz/corpus/$target" -o "$work/out" -t 20000 -m none -E "$executions" -V "$seconds" \
    -- "$work/app/RawHttp.Fuzz" afl "$target" >"$work/log" 2>&1 || status=$?
  local stats="$work/out/default/fuzzer_stats"
  if [ "$status" -ne 0 ] || [ ! -e "$stats" ]; then
    tail -n 30 "$work/log" >&2
    echo "afl-fuzz ended with $status" >&2
    return 1
  fi
  local crashes hangs
  crashes=$(stat_of saved_crashes "$stats") hangs=$(stat_of saved_hangs "$stats")
  echo "$target: $(stat_of execs_done "$stats") executions by afl-fuzz, $crashes crashes, $hangs hangs, $(stat_of run_time "$stats") s, $(stat_of execs_per_sec "$stats")/s, $(stat_of edges_found "$stats") edges, $(stat_of corpus_count "$stats") inputs"
  [ "$crashes" -ne 0 ] || [ "$hangs" -ne 0 ] || return 0
  mkdir -p fuzz/crashes
  local file
  for file in "$work"/out/default/{crashes,hangs}/id*; do
    [ ! -e "$file" ] || cp "$file" "fuzz/crashes/$target-$(sha256sum "$file" | cut -c1-8)"
  done
  echo "inputs in fuzz/crashes; to see one again: dotnet run -c Release --project fuzz -- run $target fuzz/crashes/FILE"
  return 1
}

stat_of() { sed -n "s/^$1 *: *//p" "$2"; }

echo "== fuzzing $target"
"$engine"
