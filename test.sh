#!/usr/bin/env bash
# Builds everything and runs every test. Needs the .NET 10 SDK; see --help.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
  cat <<'TEXT'
usage: ./test.sh [-h]

Restores, builds (Release), checks the format and runs all tests. Ends with
"N passed, N failed, N skipped" and fails if a test failed or a test host crashed.

Tests that need an outside tool (chromium, curl, node, python3 with websockets,
systemd-analyze, the packages in tests/Conformance/clients) are skipped by name where the tool is
missing; as root, or with sudo that asks no password, missing tools are installed
with apt.

  REQUIRE_ALL=1    a missing tool or a skipped test is a failure (as in .ci/run)
  INSTALL_TOOLS=0  install nothing
TEXT
}

case "${1:-}" in
  -h | --help) usage; exit 0 ;;
  "") ;;
  *) usage >&2; exit 2 ;;
esac

readonly require_all="${REQUIRE_ALL:-0}" install_tools="${INSTALL_TOOLS:-1}"
readonly results=TestResults clients=tests/Conformance/clients
export REQUIRE_ALL="$require_all" DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1

step() { printf '\n== %s\n' "$*"; }

# A command, or a module that some python3 on the path knows, as python3:module.
has() {
  case "$1" in
    python3:*)
      local python
      for python in $(type -ap python3); do
        "$python" -c "import ${1#python3:}" >/dev/null 2>&1 </dev/null && return 0
      done
      return 1
      ;;
    *) command -v "$1" >/dev/null 2>&1 ;;
  esac
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_install() {
  [ "$install_tools" != 0 ] && has apt-get && { [ "$(id -u)" -eq 0 ] || sudo -n true 2>/dev/null; }
}

# Each line: what is needed, and the package that brings it.
missing_packages() {
  local tool package
  while read -r tool package; do
    has "$tool" || echo "$package"
  done <<'TEXT'
chromium chromium
curl curl
node nodejs
npm npm
python3 python3
python3:websockets python3-websockets
systemd-analyze systemd
TEXT
}

install_tools_with_apt() {
  local packages
  packages=$(missing_packages)
  [ -n "$packages" ] || return 0
  if may_install; then
    # shellcheck disable=SC2086 # one word per package
    { as_root apt-get update -q && DEBIAN_FRONTEND=noninteractive as_root apt-get install -qy --no-install-recommends $packages; } </dev/null || true
  fi
  packages=$(missing_packages)
  [ -z "$packages" ] || echo "missing, and not installed: $(echo $packages)"
}

install_clients() {
  if has npm; then
    (cd "$clients" && npm ci --ignore-scripts --loglevel=error </dev/null) || echo "npm ci failed: tests with JavaScript clients cannot run"
  fi
}

check_tools() {
  local lacking
  lacking=$(missing_packages)
  [ -d "$clients/node_modules/ws" ] || lacking="$lacking $clients/node_modules"
  [ -z "${lacking// /}" ] || { echo "required, but missing: $(echo $lacking)" >&2; return 1; }
}

# Sums the result files: one per test project, none may be missing, empty or cut short by a crash.
report() {
  local expected="$1" passed=0 failed=0 skipped=0 broken=0 file counters
  local files=("$results"/*.trx)
  [ -e "${files[0]}" ] || files=()
  if [ "${#files[@]}" -ne "$expected" ]; then
    echo "FAILED: ${#files[@]} of $expected test projects left results"
    broken=1
  fi
  for file in "${files[@]}"; do
    if ! counters=$(grep -o '<Counters [^>]*>' "$file"); then
      echo "FAILED: no results in $file"
      broken=1
      continue
    fi
    local total executed ok bad
    total=$(attribute total "$counters") executed=$(attribute executed "$counters")
    ok=$(attribute passed "$counters") bad=$((executed - ok))
    if [ "$total" -eq 0 ]; then
      echo "FAILED: no tests in $file"
      broken=1
    fi
    # Anything but "Completed" is a failure; if no test failed, the test host did.
    if [ "$bad" -eq 0 ] && ! grep -q '<ResultSummary outcome="Completed"' "$file"; then
      echo "FAILED: the test host of $file did not end in order"
      broken=1
    fi
    passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + total - executed))
  done
  list_skipped "${files[@]}"
  if [ "$require_all" = 1 ] && [ "$skipped" -ne 0 ]; then
    echo "FAILED: tests were skipped, and REQUIRE_ALL=1 allows none"
    broken=1
  fi
  printf '\n%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
  [ "$broken" -eq 0 ] && [ "$failed" -eq 0 ]
}

attribute() { sed "s/.* $1=\"\([0-9]*\)\".*/\1/" <<<"$2"; }

# A skipped test's name stands in its result, the reason in the output of the same result.
list_skipped() {
  [ "$#" -gt 0 ] || return 0
  awk '
    /<UnitTestResult / {
      name = $0; sub(/.* testName="/, "", name); sub(/".*/, "", name)
      skipped = /outcome="NotExecuted"/; reason = ""
    }
    skipped && /<(StdOut|Message)>/ { reason = $0; gsub(/^ *<(StdOut|Message)>|<\/(StdOut|Message)>.*/, "", reason) }
    skipped && (/<\/UnitTestResult>/ || /<UnitTestResult .*\/>/) { print "skipped: " name ": " reason; skipped = 0 }
  ' "$@" | sort
}

tests_to_expect() {
  local project count=0
  for project in tests/*/*.csproj; do
    case "$project" in tests/Testing/*) continue ;; esac
    # A project without test files yet has no results to give.
    if grep -rqE '\[(Skippable)?(Fact|Theory)' --include='*.cs' --exclude-dir=bin --exclude-dir=obj "$(dirname "$project")"; then count=$((count + 1)); fi
  done
  echo "$count"
}

step "tools"
install_tools_with_apt
install_clients
if [ "$require_all" = 1 ]; then check_tools; fi

step "restore and build"
dotnet restore RawRealtime.sln
dotnet build RawRealtime.sln -c Release --no-restore -maxcpucount:2

step "format"
dotnet format RawRealtime.sln --no-restore --verify-no-changes

step "tests"
rm -rf "$results"
# One project after the other: tests of time and sockets want the machine for themselves.
status=0
dotnet test RawRealtime.sln -c Release --no-build -maxcpucount:1 --logger trx --results-directory "$results" \
  --blame-hang-timeout 300s --blame-hang-dump-type none </dev/null || status=$?

step "results"
report "$(tests_to_expect)" || status=1
exit "$status"
