#!/usr/bin/env python3
"""What the repository says about privacy beside the code: the clause list, and the names that the browser keeps."""
import pathlib, re, sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
ROOMS = set("""identity directory consent drive notify chat ding call calendar approval attendance checkin workreport mail
feedback search rights incident openplatform market hardware audit admin""".split())
STATES = ("checked", "declared by the operator", "recorded by people")
STORES = re.compile(r"\b(localStorage|sessionStorage|indexedDB|document\.cookie)\b")


def rows():
    return [line.split("\t") for line in (ROOT / "docs/privacy/clauses.tsv").read_text().splitlines()]


def clauses():
    head, *clauses = rows()
    if head != ["clause", "state", "behaviour", "行为"]: yield f"the columns are {head}"
    if len({row[0] for row in clauses}) != 257 or len(clauses) != 257: yield f"{len(clauses)} rows, not 257 clauses"
    for row in clauses:
        name, state, behaviour, chinese = row if len(row) == 4 else (*row, "", "", "", "")[:4]
        room = state.removeprefix("waits for ")
        if state not in STATES and (room == state or room not in ROOMS): yield f"{name} has no known state: {state}"
        if not behaviour.endswith(".") or re.search("[一-鿿]", behaviour): yield f"{name} is not a sentence of our own"
        if not re.search("[一-鿿].*。$", chinese): yield f"{name} is not told in Chinese"


def deviations():
    named = re.findall(r"^\| ([0-9][^|]*) \|", (ROOT / "docs/privacy/deviations.md").read_text(), re.M)
    named = {name for row in named for name in row.split(", ")}
    if not named: yield "it names no clause"
    for name in sorted(named - {row[0] for row in rows()}): yield f"{name} is not a clause"


def browser_storage():
    registered = set(re.findall(r'Stored \w+\{"([^"]+)"', (ROOT / "src/register/storage.hpp").read_text()))
    shelf = ROOT / "web/src/lib/store.ts"
    remembered = re.search(r"interface Remembered \{(.*?)\n\}", shelf.read_text(), re.S)
    used = {"carillon_session"} | {"carillon." + key for key in re.findall(r"^  (\w+):", remembered.group(1), re.M)}
    for source in sorted((ROOT / "web/src").rglob("*.ts*")):
        if ".test." in source.name: continue
        code = source.read_text()
        if source != shelf and STORES.search(code): yield f"{source.relative_to(ROOT)}: only lib/store.ts keeps things in the browser"
        used |= {"carillon.visit." + key for key in re.findall(r"keepForVisit\('(\w+)'", code)}
    for name in sorted(used - registered): yield f"{name} is kept but not registered"
    for name in sorted(registered - used): yield f"{name} is registered but never kept"


failures = 0
for look in (clauses, deviations, browser_storage):
    found = list(look())
    failures += bool(found)
    print(*(f"{look.__name__}: {problem}" for problem in found), sep="\n", end="\n" if found else "")
print(f"{3 - failures} passed, {failures} failed")
sys.exit(failures > 0)
