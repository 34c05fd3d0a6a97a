#!/usr/bin/env python3
"""The program from outside: its commands, beside a running server and without one. program_test.py PROGRAM"""
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import unittest

PROGRAM = sys.argv.pop(1)
PATIENCE = 60  # seconds, for anything that the program does


def command(*words, data, given=""):
    return subprocess.run([PROGRAM, *words, "--data", data], input=given, text=True, capture_output=True, timeout=PATIENCE)


class Server:
    """One server on a free port, stopped at the end of the block."""

    def __init__(self, data):
        self.data = data

    def __enter__(self):
        with open(self.log(), "ab") as log:
            self.process = subprocess.Popen([PROGRAM, "serve", "--data", self.data, "--port", "0"],
                                            stdout=subprocess.PIPE, stderr=log, text=True)
        self.port = int(self.process.stdout.readline().strip().rsplit(":", 1)[1])
        return self

    def __exit__(self, *_):
        self.stop(signal.SIGTERM)

    def log(self):
        return os.path.join(os.path.dirname(self.data), "log")

    def raw(self, request):
        """What the server says to these bytes, whatever they are."""
        with socket.create_connection(("127.0.0.1", self.port), PATIENCE) as to:
            to.sendall(request)
            to.shutdown(socket.SHUT_WR)
            said = b""
            while piece := to.recv(65536):
                said += piece
        return said

    def stop(self, how):
        if self.process.poll() is None:
            self.process.send_signal(how)
        self.process.wait(PATIENCE)
        self.process.stdout.close()
        return self.process.returncode

    def ask(self, method, path, body=None, token=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        if token:
            headers["authorization"] = "Bearer " + token
        connection.request(method, "/api" + path, json.dumps(body) if body is not None else None,
                           {"content-type": "application/json", **headers})
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        return answer.status, json.loads(text) if text.startswith(b"{") else {}

    def sign_in(self, login, password):
        policy = self.ask("GET", "/consent/policy?language=en")[1]["hash"]
        return self.ask("POST", "/identity/sessions",
                        {"login": login, "password": password, "policy": policy, "client": "program"})


OPENING = ("admin", "open-organisation", "--name", "Bell Works", "--administrator", "Ana", "--login", "ana")


class Program(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="carillon-program-")
        self.addCleanup(folder.cleanup)
        self.data = os.path.join(folder.name, "a folder whose name is much longer than what the address of a socket holds" * 2)

    def test_an_organisation_is_opened_beside_the_server(self):
        with Server(self.data) as server:
            self.assertEqual(server.sign_in("ana", "a good password")[0], 401)
            opened = command(*OPENING, data=self.data, given="a good password\n")
            self.assertEqual(opened.returncode, 0, opened.stderr)
            status, me = server.sign_in("ana", "a good password")
            self.assertEqual((status, me["me"]["roles"]), (200, ["administrator"]))
            self.assertEqual(server.ask("GET", "/directory/me", token=me["token"])[1]["org"]["name"], "Bell Works")

    def test_and_without_one(self):
        opened = command(*OPENING, data=self.data, given="a good password\n")
        self.assertEqual(opened.returncode, 0, opened.stderr)
        with Server(self.data) as server:
            self.assertEqual(server.sign_in("ana", "a good password")[0], 200)

    def test_a_mistake_is_told_and_changes_nothing(self):
        with Server(self.data) as server:
            for words, given, told in [(OPENING, "short\n", "8 characters"),
                                       (("admin", "open-organisation", "--name", "Bell Works"), "a good password\n", "--administrator"),
                                       (("admin", "grant", "--member", "mbr_7"), "", "no such person"),
                                       (("admin", "grant", "--member", "seven"), "", "mbr_1"),
                                       (("admin", "reign"), "", "--help")]:
                refused = command(*words, data=self.data, given=given)
                self.assertEqual(refused.returncode, 1)
                self.assertIn(told, refused.stderr)
            self.assertEqual(server.sign_in("ana", "a good password")[0], 401)

    def test_only_one_server_works_in_a_folder(self):
        with Server(self.data):
            second = command("serve", "--port", "0", data=self.data)
            self.assertEqual(second.returncode, 1)
            self.assertIn("another carillon", second.stderr)

    def test_what_a_killed_server_left_does_not_matter(self):
        with Server(self.data) as server:
            server.stop(signal.SIGKILL)
        self.assertEqual(command(*OPENING, data=self.data, given="a good password\n").returncode, 0)
        with Server(self.data) as server:
            self.assertEqual(command("admin", "grant", "--member", "mbr_7", data=self.data).returncode, 1)
            self.assertEqual(server.sign_in("ana", "a good password")[0], 200)

    def test_the_socket_is_for_its_owner_and_leaves_with_the_server(self):
        with Server(self.data) as server:
            path = os.path.join(self.data, "run.sock")
            self.assertEqual(os.stat(path).st_mode & 0o077, 0)
            self.assertEqual(server.stop(signal.SIGTERM), 0)
            self.assertFalse(os.path.exists(path))

    def keys(self, *words):
        done = command("keys", *words, data=self.data)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def look_after_keys(self, safe):
        number = next(line for line in self.keys("status").splitlines() if line.startswith("root key")).split()[-1]
        self.assertIn(f"number {int(number) + 1}", self.keys("rotate-root"))
        for rotation in ("rotate", "rotate-index"):
            self.assertIn("0 organisation keys, 0 other keys", self.keys(rotation))
        copy = self.keys("backup", "--to", safe).splitlines()[0]
        self.assertTrue(os.path.isfile(copy))
        self.assertEqual(os.stat(copy).st_mode & 0o077, 0)
        self.assertIn(copy, self.keys("status"))
        return copy

    def test_the_keys_are_looked_after_beside_the_server_and_without_one(self):
        safe = os.path.join(os.path.dirname(self.data), "safe")
        with Server(self.data):
            self.look_after_keys(safe)
        copy = self.look_after_keys(safe)
        for part in ("keys.db", "keys.db-wal", "keys.db-shm"):
            if os.path.exists(os.path.join(self.data, part)):
                os.remove(os.path.join(self.data, part))
        restored = command("keys", "restore", "--from", copy, data=self.data)
        self.assertEqual(restored.returncode, 0, restored.stderr)
        with Server(self.data) as server:
            self.assertEqual(server.stop(signal.SIGTERM), 0)

    def test_a_persons_keys_are_shredded(self):
        opened = command(*OPENING, data=self.data, given="a good password\n")
        member = opened.stdout[opened.stdout.index("(") + 1:opened.stdout.index(")")]
        refused = command("keys", "shred", "--member", member, data=self.data)
        self.assertIn("--yes", refused.stderr)
        self.assertIn("are destroyed", self.keys("shred", "--member", member, "--yes"))
        with Server(self.data):
            self.assertIn("within seconds", self.keys("shred", "--member", member, "--yes"))

    def test_a_copy_of_the_keys_lies_apart(self):
        with Server(self.data):
            refused = command("keys", "backup", "--to", self.data, data=self.data)
            self.assertEqual(refused.returncode, 1)
            self.assertIn("part of the data folder", refused.stderr)

    def test_other_hosts_are_served_by_somebody_with_a_name(self):
        refused = command("serve", "--address", "0.0.0.0", "--port", "0", data=self.data)
        self.assertEqual(refused.returncode, 1)
        made = command("tls", "--host", "localhost", data=self.data)
        self.assertEqual(made.returncode, 0, made.stderr)
        paths = dict(line.split()[:2] for line in made.stdout.splitlines())
        refused = command("serve", "--address", "0.0.0.0", "--port", "0", "--certificate", paths["certificate"],
                          "--certificate-key", paths["key"], data=self.data)
        self.assertEqual(refused.returncode, 1)
        self.assertIn("operator_name", refused.stderr)

    def test_what_people_send_comes_out_nowhere(self):
        """In a path, a header, a body, well formed or not: no answer, no line of the log and no metric repeats it."""
        command(*OPENING, data=self.data, given="a good password\n")
        canary = "canary-13977531246"
        names = {"name": "金丝雀王小明", "login": canary, "password": canary, "text": canary, canary: canary}
        get = "GET /api/%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n"
        post = "POST /api/identity/sessions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
        bodies = [json.dumps(names), json.dumps([canary]), '{"' + canary, canary, '{"login":{"' + canary + '":1}}']
        requests = [get % (canary, ""), get % ("chat/heads?after=" + canary, ""), get % ("directory/units/" + canary, ""),
                    get % ("directory/me", f"Authorization: Bearer {canary}\r\n"), get % ("directory/me", f"Cookie: carillon_session={canary}\r\n"),
                    get % ("directory/me", f"Origin: http://{canary}\r\n"), get % ("directory/me", f"{canary} {canary}\r\n"),
                    get.replace("localhost", canary) % ("directory/me", ""), get.replace("GET", canary) % ("directory/me", ""),
                    get.replace("HTTP/1.1", canary) % ("directory/me", ""), get % (canary * 4000, ""), get % ("socket", f"Upgrade: websocket\r\nSec-WebSocket-Key: {canary}\r\n"),
                    *(post % (kind, len(body.encode()), body) for kind in ("application/json", canary) for body in bodies)]
        with Server(self.data) as server:
            for request in requests:
                self.assertNotIn(canary.encode(), server.raw(request.encode()), request[:200])
            self.assertEqual(server.sign_in(canary, canary)[0], 401)
            metrics = server.raw(b"GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            self.assertIn(b"net_messages_total", metrics)
            with open(server.log(), "rb") as log:
                emitted = log.read() + metrics
        self.assertIn(b"server.started", emitted)
        for word in (canary, "金丝雀王小明", json.dumps("金丝雀王小明").strip('"')):
            self.assertNotIn(word.encode(), emitted)

    def test_memory_is_private(self):
        with Server(self.data) as server:
            with open(f"/proc/{server.process.pid}/limits") as limits:
                core = next(line for line in limits if line.startswith("Max core file size"))
            self.assertEqual(core.split()[4:6], ["0", "0"])


if __name__ == "__main__":
    unittest.main()
