#!/usr/bin/env python3
"""Plants each kind of breach in a copy of the sources and sees that tools/check_rooms.py catches it and says why."""
import pathlib, shutil, subprocess, sys, tempfile
from concurrent.futures import ThreadPoolExecutor

ROOT = pathlib.Path(__file__).resolve().parent.parent
CHECK = ROOT / "tools/check_rooms.py"
UNFINISHED = "TO" + "DO"

def append(name, text):
    def plant(copy):
        path = copy / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a") as file:
            file.write(text + "\n")
    return plant

def remove(name):
    return lambda copy: (copy / name).unlink()

def replace(name, old, new):
    def plant(copy):
        path = copy / name
        text = path.read_text()
        assert old in text, f"{name} has no '{old}'"
        path.write_text(text.replace(old, new))
    return plant

ROOMS = "src/modules/CMakeLists.txt"
BREACHES = [
    ("a lower layer looks up", append("src/base/id.hpp", '#include "db/schema.hpp"'), "base may not look into db"),
    ("core looks into privacy", append("src/core/ctx.hpp", '#include "privacy/gate.hpp"'), "core may not look into privacy"),
    ("core looks into a room", append("src/core/ctx.hpp", '#include "modules/chat/chat.hpp"'), "core may not look into modules"),
    ("a room looks into net", append("src/modules/chat/chat.cpp", '#include "net/server.hpp"'), "modules may not look into net"),
    ("a room looks into app", append("src/modules/chat/chat.cpp", '#include "app/app.hpp"'), "modules may not look into app"),
    ("net looks into the database", append("src/net/extra.cpp", '#include "db/tx.hpp"'), "net may not look into db"),
    ("a layer that does not exist", append("src/helpers/helpers.hpp", "#pragma once"), "there is no layer helpers"),
    ("a room calls one that it does not list", append("src/modules/identity/identity.cpp", '#include "modules/chat/chat.hpp"'),
     "calls chat, which its CMake line does not list"),
    ("a room uses another's private header", append("src/modules/chat/chat.cpp", '#include "modules/directory/schema.hpp"'),
     "only directory.hpp is public"),
    ("Asio outside net", append("src/core/jobs.cpp", "#include <boost/asio/io_context.hpp>"), "lives in src/net/"),
    ("Beast in a room", append("src/modules/chat/chat.cpp", "#include <boost/beast/http.hpp>"), "lives in src/net/"),
    ("Boost.JSON outside its home", append("src/core/router.cpp", "#include <boost/json.hpp>"), "lives in src/base/json.cpp"),
    ("SQLite outside db", append("src/core/jobs.cpp", "#include <sqlite3.h>"), "lives in src/db/"),
    ("libpq in app", append("src/app/extra.cpp", "#include <libpq-fe.h>"), "lives in src/db/"),
    ("a coroutine in a room", append("src/modules/chat/chat.cpp", "task f() { co_await g(); }"), "lives in src/net/"),
    ("a coroutine in core", append("src/core/jobs.cpp", "task f() { co_return; }"), "lives in src/net/"),
    ("a room without a script", remove("src/modules/chat/chat.api"), "missing: every room has the same six files"),
    ("a room without promises", remove("src/modules/chat/README.md"), "missing: every room has the same six files"),
    ("a folder inside a room", append("src/modules/chat/parts/part.hpp", "#pragma once"), "a folder inside a room"),
    ("a room that is not built", append("src/modules/poll/README.md", "# poll"), "has no line in src/modules/CMakeLists.txt"),
    ("a line without a room", append(ROOMS, "room(ghost)"), "names room ghost, which has no folder"),
    ("a room that calls one below it", replace(ROOMS, "room(identity)", "room(identity CALLS chat)"), "does not stand above it"),
    ("a file that is too long", append("src/core/long.cpp", "//\n" * 601), "more than 600"),
    ("unfinished work", append("src/core/jobs.cpp", f"// {UNFINISHED} later"), "finish it or open an issue"),
    ("unfinished work in the client", append("web/src/app/extra.ts", f"// {UNFINISHED} later"), "finish it or open an issue"),
]
FINE = [
    ("the sources as they are", lambda copy: None),
    ("a comment about a coroutine", append("src/core/jobs.cpp", "// Here nothing says co_await.")),
    ("a coroutine in net", append("src/net/extra.cpp", "task f() { co_await g(); }")),
    ("app plugs net in", append("src/app/extra.cpp", '#include "net/server.hpp"')),
]

def copy_of_sources(to):
    for name in ("src", "web/src", "tests"):
        shutil.copytree(ROOT / name, to / name, ignore=shutil.ignore_patterns("node_modules"))

def check(plant):
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder)
        copy_of_sources(copy)
        plant(copy)
        return subprocess.run([sys.executable, CHECK, copy], capture_output=True, text=True)

def play(case):
    """What went wrong, or an empty text."""
    name, plant, *why = case
    told = check(plant)
    if why:
        good = told.returncode == 1 and why[0] in told.stdout
    else:
        good = told.returncode == 0
    return "" if good else f"{'not caught: ' if why else ''}{name}\n{told.stdout}{told.stderr}"

with ThreadPoolExecutor(2) as pool:
    results = list(pool.map(play, FINE + BREACHES))
print("\n".join(filter(None, results)))
failed = sum(map(bool, results))
print(f"{len(results) - failed} passed, {failed} failed")
sys.exit(failed > 0)
