#!/usr/bin/env python3
"""Runs every test that docs/privacy/proofs.tsv names: one that does not exist, is skipped, does not run or fails is an error.

proofs_test.py PROOFS BUILD   a test is BINARY:NAME of GoogleTest (NAME without parameters), api:ROOM, or client:NAME
"""
import collections, json, pathlib, re, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
proofs, build = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
problems = []


def problem(why):
    problems.append(why)


def rows():
    head, *lines = [line.split("\t") for line in proofs.read_text().splitlines()]
    if head != ["clause", "tests"]: problem(f"the columns are {head}")
    known = {line.split("\t")[0] for line in (ROOT / "docs/privacy/clauses.tsv").read_text().splitlines()[1:]}
    seen = set()
    for line in lines:
        if len(line) != 2 or not line[1].split(): problem(f"{line[0]} names no test")
        elif line[0] not in known or line[0] in seen: problem(f"{line[0]} is not a clause, or stands here twice")
        else: yield line[0], line[1].split()
        seen.add(line[0])


def plain(suite, name):
    """Privacy/Ledger.X/sqlite is Ledger.X."""
    return f"{suite.split('/')[-1]}.{name.split('/')[0]}"


def gtest(binary, names):
    with tempfile.TemporaryDirectory() as folder:
        report = pathlib.Path(folder) / "report.json"
        wanted = ":".join(f"{n}:*/{n}/*:{n}/*" for n in sorted(names))
        run = subprocess.run([build / binary, f"--gtest_filter={wanted}", f"--gtest_output=json:{report}"], capture_output=True, text=True, timeout=280)
        if not report.exists(): return problem(f"{binary} did not run: {(run.stdout + run.stderr)[-400:]}")
        results = json.loads(report.read_text())
    ran = collections.defaultdict(list)
    for suite in results["testsuites"]:
        for test in suite["testsuite"]:
            fine = test["status"] == "RUN" and test["result"] == "COMPLETED" and not test.get("failures")
            ran[plain(suite["name"], test["name"])].append(fine)
    for name in sorted(names):
        if not ran[name]: problem(f"{binary} has no test {name}")
        elif not all(ran[name]): problem(f"{binary}: {name} fails or was skipped")


def counted(what, command):
    run = subprocess.run(command, capture_output=True, text=True, timeout=280)
    last = re.findall(r"^(\d+) passed, (\d+) failed$", run.stdout, re.M)
    if run.returncode or not last or int(last[-1][0]) == 0 or int(last[-1][1]): problem(f"{what} fails: {(run.stdout + run.stderr)[-400:]}")


named = collections.defaultdict(set)
clauses = 0
for clause, tests in rows():
    clauses += 1
    for test in tests:
        kind, _, name = test.partition(":")
        named[kind].add(name)
for kind, names in sorted(named.items()):
    if kind == "api":
        for room in sorted(names): counted(f"api:{room}", [build / "api_runner", "--engine", "sqlite", ROOT / f"src/modules/{room}/{room}.api"])
    elif kind == "client":
        for name in sorted(names): counted(f"client:{name}", [ROOT / "tests/prove/client_test.py", name])
    else:
        gtest(kind, names)

print(*problems, sep="\n", end="\n" if problems else "")
print(f"{clauses} clauses, {sum(map(len, named.values()))} tests")
print(f"{clauses - bool(problems)} passed, {len(problems)} failed")
sys.exit(bool(problems))
