"""Carillon as the benchmark runs it, and what starting any server has in common."""
import os, pathlib, shutil, signal, socket, subprocess, sys, time

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = ROOT / "build/release"
WORK = ROOT / "build/bench"


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def await_port(port, process, seconds=60):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if process.poll() is not None:
            sys.exit(f"{process.args[0]} ended at once; see {WORK}/server.log")
        with socket.socket() as s:
            if s.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    sys.exit(f"{process.args[0]} does not listen on {port}; see {WORK}/server.log")


class Server:
    """One contestant: start() makes it listen on self.port, stop() ends what was started."""
    name = wire = ""
    people = ""

    def __init__(self):
        self.processes, self.port, self.folder = [], 0, WORK / "run"

    def spawn(self, *command, **more):
        with open(WORK / "server.log", "ab") as log:
            self.processes.append(subprocess.Popen([str(c) for c in command], stdin=subprocess.DEVNULL, stdout=log,
                                                   stderr=log, **more))
        return self.processes[-1]

    def fresh_folder(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)

    def pids(self):
        return [p.pid for p in self.processes]

    def options(self):
        return ["--wire", self.wire, "--port", self.port, "--people", self.people]

    def stop(self):
        for p in self.processes:
            if p.poll() is None:
                p.send_signal(signal.SIGTERM)
        for p in self.processes:
            try:
                p.wait(30)
            except subprocess.TimeoutExpired:
                p.kill()
                p.wait()
        self.processes = []


class Carillon(Server):
    """On a fresh copy of a prepared folder, where everybody has signed in; `in_place` for what only reads."""
    wire = "carillon"

    def __init__(self, name="carillon", program=("carillon", "serve"), tls=False, messages=0):
        super().__init__()
        self.name, self.program, self.tls, self.messages = name, program, tls, messages

    def command(self, folder):
        program, *words = self.program
        command = [BUILD / program, *words, "--data", folder, "--port", self.port]
        if self.tls:
            command += ["--certificate", folder / "tls/server.pem", "--certificate-key", folder / "tls/server.key"]
        return command

    def prepare(self, people):
        """A folder with its people and messages, made once; everybody is signed in over the public API."""
        messages = self.messages
        folder = WORK / f"data-{people}-{messages}"
        if (folder / "ready").exists():
            return folder
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([BUILD / "carillon", "bench", "prepare", "--people", str(people), "--messages", str(messages),
                        "--data", folder], check=True, stdout=subprocess.DEVNULL)
        self.port = free_port()
        serving = self.spawn(BUILD / "carillon", "serve", "--data", folder, "--port", self.port)
        await_port(self.port, serving)
        subprocess.run([BUILD / "carillon_load", "storm", "--port", str(self.port), "--people",
                        folder / "bench-people.txt", "--count", str(people)], check=True, stdout=subprocess.DEVNULL)
        self.stop()
        (folder / "ready").touch()
        return folder

    def start(self, people, in_place=False):
        prepared = self.prepare(people)
        folder = prepared if in_place else self.folder
        if not in_place:
            shutil.rmtree(folder, ignore_errors=True)
            subprocess.run(["cp", "-r", prepared, folder], check=True)
        if self.tls and not (folder / "tls").exists():
            subprocess.run([BUILD / "carillon", "tls", "--data", folder, "--host", "localhost"], check=True,
                           stdout=subprocess.DEVNULL)
        self.people = folder / "bench-people.txt"
        self.port = free_port()
        await_port(self.port, self.spawn(*self.command(folder)))

    def options(self):
        return super().options() + (["--tls", 1] if self.tls else [])


def memory_kb(pid):
    for line in (pathlib.Path("/proc") / str(pid) / "status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    return 0


def as_user(user):
    """The start of a command that runs as this user, where we are root."""
    return ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups"] if os.getuid() == 0 else []
