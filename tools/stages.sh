# shellcheck shell=bash
# The stages of ./test: each is a function that prints what it does and fails when something is wrong.
# Its last line `N passed, M failed` counts; a stage without such a line counts as one.

: "${reports:=build/test}"
labels=(unit api-sqlite api-postgres sockets walls refused sweep)

# run_ctest NAME ARGUMENTS... : what ctest ran of the dev build, counted.
run_ctest() {
  local report=$reports/$1.xml status=0
  shift
  # All of what passed is kept, too: its last lines have the counts.
  ctest --test-dir "${tests_of:-build/dev}" --output-on-failure --test-output-size-passed 4000000 --test-output-size-failed 4000000 \
    --no-tests=error --timeout 300 -j 2 --output-junit "$report" "$@" || status=$?
  [ ! -f "$report" ] || tools/count.py ctest "$report"
  return $status
}

each() { # COMMAND... : runs it for each file named on standard input, counts
  local passed=0 failed=0 file
  while read -r file; do
    if "$@" "$file"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
  done
  echo "$passed passed, $failed failed"
  [ $failed = 0 ]
}

stage_scripts() {
  { ls run test .ci/run && grep -slE -d skip '^#!/usr/bin/env bash' tools/*; } | each shellcheck -x -e SC1091
}

stage_walls() {
  tools/check_rooms.py
  tests/walls_test.py
}

stage_words() { tools/error_codes.py --words; }

stage_format() {
  local all bad
  # shellcheck disable=SC2046
  find $(ls -d src tests bench fuzz 2>/dev/null) -name '*.[ch]pp' >"$reports/sources"
  # shellcheck disable=SC2016
  xargs -P 2 -n 1 sh -c 'clang-format-19 --dry-run -Werror "$0" 2>/dev/null || echo "$0 is not formatted: run tools/format"' \
    <"$reports/sources" >"$reports/unformatted"
  sort "$reports/unformatted"
  all=$(wc -l <"$reports/sources") bad=$(wc -l <"$reports/unformatted")
  echo "$((all - bad)) passed, $bad failed"
  [ "$bad" = 0 ]
}

stage_build() { tools/build dev; }
stage_unit() { run_ctest unit -L '^unit$'; }
stage_api_sqlite() { run_ctest api_sqlite -L '^api-sqlite$'; }
stage_api_postgres() { run_ctest api_postgres -L '^api-postgres$'; }
stage_sockets() { run_ctest sockets -L '^sockets$'; }
stage_refused() { run_ctest refused -L '^refused$'; }
stage_sweep() { run_ctest sweep -L '^sweep$'; }

# No test may hide from the stages above.
stage_rest() {
  local others
  others=$(ctest --test-dir build/dev -N -LE "^($(IFS='|'; echo "${labels[*]}"))\$" | grep -c ' Test *#' || true)
  [ "$others" = 0 ] || { echo "$others tests have no label that ./test knows"; return 1; }
}

stage_demo() {
  local status=0
  node --test --test-reporter=tap tools/demo/*.test.mjs >"$reports/demo.tap" || status=$?
  cat "$reports/demo.tap"
  awk '/^# pass/ { passed = $3 } /^# (fail|cancelled|skipped|todo)/ { failed += $3 } END { print passed " passed, " failed " failed" }' "$reports/demo.tap"
  return $status
}

stage_web_lint() { npm --prefix web run --silent lint; }

stage_web_unit() {
  local report=$reports/vitest.json status=0
  npm --prefix web test --silent -- --reporter=default --reporter=json --outputFile.json="$report" || status=$?
  [ ! -f "$report" ] || tools/count.py vitest "$report"
  return $status
}

stage_web_build() { tools/build_web; }
stage_web_size() { npm --prefix web run --silent size; }

stage_release() { tools/build release carillon bench; }
stage_generated() { tools/generate --check; }
stage_openapi() { build/release/carillon openapi >"$reports/openapi.json" && validate-api "$reports/openapi.json"; }

journeys() { npm --prefix web run --silent e2e -- --engine "$1" --width "$2"; }
stage_journeys_a() { journeys sqlite 1440; }
stage_journeys_b() { journeys postgres 390; }
stage_journeys_c() { journeys sqlite 390; }
stage_journeys_d() { journeys postgres 1440; }

# A room is made, is green, and leaves no trace.
stage_new_room() {
  local before
  before=$(digest src web/src docs)
  trap '[ ! -d src/modules/newcomer ] || tools/new_room --files --remove newcomer' EXIT
  tools/new_room newcomer CALLS directory
  tools/new_room --remove newcomer
  [ "$(digest src web/src docs)" = "$before" ] || { git status --short; echo "The room left traces"; return 1; }
}

# The sockets and the writer's queue, where threads meet.
stage_tsan() {
  tools/build tsan db_test sockets_test
  tests_of=build/tsan run_ctest tsan -R '^(db|sockets)$'
}

# What the network reads first, with inputs that nobody would send.
stage_fuzz() {
  tools/build fuzz fuzz_frame fuzz_http fuzz_json fuzz_router
  tests_of=build/fuzz run_ctest fuzz -L '^fuzz$'
}

stage_tidy() { tools/build tidy; }
