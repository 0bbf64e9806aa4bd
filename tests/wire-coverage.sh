#!/usr/bin/env bash
# Measures which branches of src/RawHttp/Wire its own tests take, names those that none takes, and fails if there is one.
# Usage: tests/wire-coverage.sh [-- further arguments of dotnet test, such as --no-build]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
[ "${1:-}" != "--" ] || shift

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
# The oracles' many inputs show nothing here that few do not.
ORACLE_INPUTS="${ORACLE_INPUTS:-20000}" dotnet test tests/RawHttp.Tests -c Release -v q "$@" --collect:"XPlat Code Coverage" --results-directory "$results" \
  -- DataCollectionRunSettings.DataCollectors.DataCollector.Configuration.Include="[RawHttp]RawHttp.Wire.*"

# A line stands more than once: under its method and under its class. It is taken when its best standing is.
awk '
  function attribute(name,  found) { return match($0, " " name "=\"[^\"]*\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : "" }
  /<class / { file = attribute("filename"); sub(/.*\//, "", file) }
  /<line / {
    place = file ":" attribute("number")
    if (attribute("hits") > 0) hit[place] = 1
    lines[place] = 1
    if (attribute("branch") == "True") {
      split(attribute("condition-coverage"), part, /[(\/)]/)
      if (part[2] > taken[place]) taken[place] = part[2]
      if (part[3] > branches[place]) branches[place] = part[3]
    }
  }
  END {
    for (place in lines) {
      all++; allBranches += branches[place]; allTaken += taken[place]
      if (!(place in hit)) { print "no test reaches " place; missed++ }
      else if (taken[place] < branches[place]) { print place ": " taken[place] " of " branches[place] " branches"; missed++ }
    }
    printf "src/RawHttp/Wire: %d of %d branches, %d lines\n", allTaken, allBranches, all
    exit missed > 0 || all == 0
  }' "$results"/*/coverage.cobertura.xml
