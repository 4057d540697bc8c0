#!/usr/bin/env bash
# Measures everything anew, on an idle machine, in about half an hour: benchmarks/results/CPU/, and the table and chart of docs/performance.md.
#
#   benchmarks/run-all.sh          all of it
#   benchmarks/run-all.sh --short  without BenchmarkDotNet, whose tables stay as they are
set -euo pipefail
export LC_ALL=C.UTF-8
cd "$(dirname "$0")/.."
cpu=$(awk -F': ' '/^model name/ { print $2; exit }' /proc/cpuinfo)
results=benchmarks/results/$(echo "${cpu:-unknown}" | tr -cs 'A-Za-z0-9.\n' '-')
mkdir -p "$results"
dotnet build -c Release benchmarks/KmsgOom.Benchmarks >/dev/null
bench=(dotnet run --no-build -c Release --project benchmarks/KmsgOom.Benchmarks --)

{
    echo "Date: $(date -u +%F)"
    echo "Commit: $(git rev-parse HEAD)$(git diff --quiet HEAD -- src benchmarks/KmsgOom.Benchmarks || echo ' and uncommitted changes')"
    echo "CPU: $cpu, $(nproc) cores"
    echo "Memory: $(awk '/^MemTotal/ { printf "%.0f GB", $2 / 1e6 }' /proc/meminfo)"
    echo "Kernel: $(uname -sr)"
    echo "SDK: $(dotnet --version)"
    echo "Load before: $(cut -d ' ' -f 1-3 /proc/loadavg)"
    grep --version | head -1
    rg --version 2>/dev/null | head -1 || echo "ripgrep: not installed"
} >"$results/Versions.txt"

echo "Quick mode" >&2
"${bench[@]}" --quick >"$results/quick.tsv"
# On one core, code that is measured would wait for the compiler that makes it faster.
DOTNET_TieredCompilation=0 taskset -c 0 "${bench[@]}" --quick archive >"$results/quick-one-core.tsv"
echo "Whole processes" >&2
benchmarks/whole-process.sh >"$results/whole-process.tsv"
if [ "${1:-}" != --short ]; then
    echo "BenchmarkDotNet" >&2
    artifacts=$(mktemp -d)
    trap 'rm -rf "$artifacts"' EXIT
    "${bench[@]}" --filter '*' --job Short --exporters GitHub --artifacts "$artifacts" >&2
    for table in "$artifacts"/results/*-report-github.md; do
        name=${table##*/KmsgOom.Benchmarks.}
        cp "$table" "$results/${name%-report-github.md}.md"
    done
fi

# The table stands between two remarks.
"${bench[@]}" --chart "$results" docs/performance.svg >"$results/targets.md"
awk -v table="$results/targets.md" '
    /^<!-- targets: end/ { skipping = 0 }
    !skipping { print }
    /^<!-- targets: / && !/end/ { skipping = 1; while ((getline line < table) > 0) print line }' docs/performance.md >docs/performance.md.new
mv docs/performance.md.new docs/performance.md
