#!/usr/bin/env python3
"""Takes each check of statements away, one at a time, and wants the tests to notice.

  tests/mutations.py    builds db_test with AddressSanitizer each time: two minutes; leaves the tree as it was

It is a command of its own and no part of ./test, as it writes into the sources while it runs.
"""
import pathlib, subprocess, sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
WALL, ORGANISATION = ROOT / "src/db/wall.cpp", ROOT / "src/db/organisation.cpp"

# What is taken away: (name, file, the words of the check, what stands there instead).
MUTATIONS = [
    ("another room's table", WALL, "  stay_in_room(s, touches);\n", "  if (s.text.empty()) stay_in_room(s, touches);\n"),
    ("the organisation", WALL, "  keep_to_organisation(s, touches, tables);\n", "  if (s.text.empty()) keep_to_organisation(s, touches, tables);\n"),
    ("alternatives beside the organisation", ORGANISATION, "scope.alternatives || ", ""),
    ("rows that are only added", WALL, "  for (auto& t : tables) only_add(t, touches);\n", "  for (auto& t : tables.first(0)) only_add(t, touches);\n"),
    ("a sealed column", WALL, "column->type == schema::Type::sealed && ", "false && "),
    ("an index of its value", WALL, "!column->of.empty() && arg.indexed", "false && arg.indexed"),
    ("a granted column", WALL, "column->item.granted() && arg.granted", "false && arg.granted"),
    ("one placeholder for a guarded column", WALL, "  if (number == 0) refuse", "  if (number > 99) refuse"),
]

def tests_pass():
    for command in (["tools/build", "dev", "db_test"], ["tools/pg", "run", "build/dev/db_test", "--gtest_filter=*Wall*"]):
        done = subprocess.run([ROOT / command[0], *command[1:]], cwd=ROOT, capture_output=True, text=True)
        if done.returncode != 0:
            if command[1] == "dev":
                sys.exit(done.stdout + done.stderr)
            return False
    return True

def main():
    if not tests_pass():
        sys.exit("the tests fail before anything was taken away")
    unnoticed = []
    for name, path, check, instead in MUTATIONS:
        whole = path.read_text(encoding="utf8")
        if whole.count(check) != 1:
            sys.exit(f"{path.name} has no longer exactly one: {check.strip()}")
        try:
            path.write_text(whole.replace(check, instead), encoding="utf8")
            noticed = not tests_pass()
        finally:
            path.write_text(whole, encoding="utf8")
        print(f"{'noticed' if noticed else 'NOT NOTICED'}: without {name}", flush=True)
        unnoticed += [] if noticed else [name]
    subprocess.run([ROOT / "tools/build", "dev", "db_test"], cwd=ROOT, check=True, capture_output=True)
    print(f"{len(MUTATIONS) - len(unnoticed)} passed, {len(unnoticed)} failed")
    return 1 if unnoticed else 0

if __name__ == "__main__":
    sys.exit(main())
