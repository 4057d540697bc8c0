#!/usr/bin/env bash
# Times whole processes: kmsgoom (native and JIT builds) beside grep and ripgrep, on files in the system's cache.
# Prints name, best, median and unit, parted by tabs; remarks go to standard error.
#
#   benchmarks/whole-process.sh [GROUP…]     groups: scan export archives memory start; all of them by default
#   ROUNDS=9 BIG=10000 TMPDIR=/big/disk benchmarks/whole-process.sh     rounds, megabytes of the big file, where logs are written
#
# It needs Linux, the .NET SDK with what NativeAOT needs (a C linker), grep, awk and gzip. ripgrep is optional.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "$0")/.."
rounds=${ROUNDS:-7}
big=${BIG:-10000}
groups=${*:-scan export archives memory start}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

say() { echo "$*" >&2; }

build() {
    # The native build goes first: it shares a folder with the other.
    dotnet publish src/KmsgOom.Cli -c Release -o "$work/aot" && dotnet build src/KmsgOom.Cli -c Release && dotnet build benchmarks/KmsgOom.Benchmarks -c Release
}

# Writes a log, and has it in the file cache: write INPUT MEGABYTES FILE
write() {
    dotnet run --no-build -c Release --project benchmarks/KmsgOom.Benchmarks -- --write "$@"
    cat "$3" >/dev/null
}

# Times functions in turn, round by round, after one round that only warms up: compete PREFIX UNIT CONVERSION FUNCTION…
# CONVERSION makes the unit of x microseconds.
compete() {
    local prefix=$1 unit=$2 conversion=$3 round name start end status
    shift 3
    for ((round = 0; round <= rounds; round++)); do
        for name in "$@"; do
            status=0
            start=${EPOCHREALTIME/./}
            "$name" >/dev/null || status=$?
            end=${EPOCHREALTIME/./}
            # grep says 1 where no line matches.
            ((status <= 1)) || { say "$name failed with $status"; exit 1; }
            ((round == 0)) || echo $((end - start)) >>"$work/$name.times"
        done
    done
    for name in "$@"; do
        sort -n "$work/$name.times" | awk -v name="$prefix/$name" -v unit="$unit" '
            { x = $1; y[NR] = '"$conversion"' }
            END { printf "%s\t%.3f\t%.3f\t%s\n", name, y[1], y[int((NR + 1) / 2)], unit }'
        rm "$work/$name.times"
    done
}

kmsgoom-native() { "$aot" scan --quiet "$log"; }
kmsgoom-native-one-job() { "$aot" scan --quiet --jobs 1 "$log"; }
kmsgoom-jit() { "$jit" scan --quiet "$log"; }
grep-c() { grep -c 'invoked oom-killer' "$log"; }
rg-c() { rg --no-mmap -c 'invoked oom-killer' "$log"; }
true-alone() { /bin/true; }

scan() {
    local megabytes peers=(grep-c)
    if command -v rg >/dev/null; then peers+=(rg-c); else say "ripgrep (rg) is not installed: its rows are left out"; fi
    for megabytes in 500 1000; do
        log=$work/quiet.log
        write Quiet $megabytes "$log"
        compete "scan/Quiet/${megabytes}MB" s 'x / 1e6' kmsgoom-native kmsgoom-native-one-job kmsgoom-jit "${peers[@]}"
    done
    rm "$log"
}

ndjson-native() { "$aot" scan --quiet --format ndjson "$log" >"$work/events.ndjson"; }
ndjson-jit() { "$jit" scan --quiet --format ndjson "$log" >"$work/events.ndjson"; }
ndjson-native-no-analysis() { "$aot" scan --quiet --format ndjson --no-analysis "$log" >"$work/events.ndjson"; }

export-ndjson() {
    log=$work/storm.log
    write StormRfc3164 200 "$log"
    compete export/StormRfc3164/200MB MB/s "$(stat -c %s "$log") / x" ndjson-native ndjson-jit ndjson-native-no-analysis
    rm "$log" "$work/events.ndjson"
}

kmsgoom-native-one-by-one() { "$aot" scan --quiet --jobs 1 "$work"/[1-4].log.gz; }
kmsgoom-native-at-once() { "$aot" scan --quiet "$work"/[1-4].log.gz; }

archives() {
    local number
    write Mixed 200 "$work/mixed.log"
    gzip -1 <"$work/mixed.log" >"$work/1.log.gz"
    for number in 2 3 4; do cp "$work/1.log.gz" "$work/$number.log.gz"; done
    compete archives/4-gzip-of-200MB s 'x / 1e6' kmsgoom-native-one-by-one kmsgoom-native-at-once
    rm "$work/mixed.log" "$work"/[1-4].log.gz
}

# The most anonymous memory that a process was seen with, and all its resident memory with the pages of its own file.
peak() {
    local name=$1 pid anonymous all most=0 high=0
    shift
    "$@" >/dev/null &
    pid=$!
    while { read -r anonymous all < <(awk '/^RssAnon:/ { a = $2 } /^VmHWM:/ { h = $2 } END { if (a) print a, h }' "/proc/$pid/status" 2>/dev/null); }; do
        most=$((anonymous > most ? anonymous : most))
        high=$all
        sleep 0.002
    done
    wait $pid
    awk -v name="$name" -v most=$most -v high="$high" 'BEGIN {
        printf "%s/RssAnon\t%.1f\t%.1f\tMB\n%s/VmHWM\t%.1f\t%.1f\tMB\n", name, most * 1.024e-3, most * 1.024e-3, name, high * 1.024e-3, high * 1.024e-3 }'
}

memory() {
    local free megabytes
    free=$(df --output=avail -B 1MB "$work" | tail -1)
    if ((big > free * 8 / 10)); then
        big=$((free * 8 / 10))
        say "The disk has room for $free MB: the big file has $big MB, not what was asked for"
    fi
    log=$work/mixed.log
    for megabytes in 1000 "$big"; do
        write Mixed "$megabytes" "$log"
        peak "memory/Mixed/${megabytes}MB/kmsgoom-native" "$aot" scan --quiet "$log"
        peak "memory/Mixed/${megabytes}MB/kmsgoom-jit" "$jit" scan --quiet "$log"
    done
    rm "$log"
}

start() {
    log=samples/logs/k8s-pod-oom-4.15.log
    rounds=50 compete start/small-log ms 'x / 1e3' kmsgoom-native kmsgoom-jit true-alone
}

build >"$work/build.txt" || { cat "$work/build.txt" >&2; exit 1; }
aot=$work/aot/kmsgoom
jit=artifacts/bin/KmsgOom.Cli/release/kmsgoom
printf 'name\tbest\tmedian\tunit\n'
for group in $groups; do
    case $group in
        scan | archives | memory | start) "$group" ;;
        export) export-ndjson ;;
        *) say "There is no group '$group'"; exit 2 ;;
    esac
done
