"""ejabberd 23 with its archive in PostgreSQL 15, which flushes each commit; passwords are kept as SCRAM."""
import base64, hashlib, hmac, pathlib, shutil, subprocess, tempfile

import servers

PG = pathlib.Path("/usr/lib/postgresql/15/bin")
LIBRARIES = "/usr/lib/x86_64-linux-gnu"
PASSWORD = "bench"
CONFIG = """
hosts: [localhost]
loglevel: error
listen:
  - {{port: {port}, ip: "127.0.0.1", module: ejabberd_c2s, access: all, shaper: none, max_stanza_size: 262144}}
auth_method: sql
auth_password_format: scram
default_db: sql
sql_type: pgsql
sql_server: 127.0.0.1
sql_port: {database}
sql_database: ejabberd
sql_username: postgres
sql_password: ""
sql_pool_size: 10
modules:
  mod_mam: {{db_type: sql, default: always, assume_mam_usage: true}}
  mod_muc:
    access: all
    access_create: all
    history_size: 0
    max_users: 20000
    default_room_options: {{mam: true, max_users: 20000, presence_broadcast: []}}
"""


def scram(password):
    """What the server keeps of a password: stored key, server key and salt, in base64, and the iterations."""
    salt, rounds = b"carillon bench!!", 4096
    salted = hashlib.pbkdf2_hmac("sha1", password.encode(), salt, rounds)
    key = lambda word: hmac.digest(salted, word, "sha1")
    text = lambda b: base64.b64encode(b).decode()
    return text(hashlib.sha1(key(b"Client Key")).digest()), text(key(b"Server Key")), text(salt), rounds


class Ejabberd(servers.Server):
    name, wire, people = "ejabberd", "xmpp", PASSWORD

    def start(self, people, *_, **__):
        self.fresh_folder()
        # Its own folder: PostgreSQL wants one that its user may reach.
        self.database_folder = pathlib.Path(tempfile.mkdtemp(prefix="carillon-bench-"))
        self.database_folder.chmod(0o755)
        database = self.start_postgres()
        self.fill(database, people)
        self.port = servers.free_port()
        (self.folder / "ejabberd.yml").write_text(CONFIG.format(port=self.port, database=database))
        environment = {"HOME": str(self.folder), "PATH": "/usr/bin:/bin", "ERL_LIBS": LIBRARIES,
                       "EJABBERD_CONFIG_PATH": str(self.folder / "ejabberd.yml"), "SPOOL_DIR": str(self.folder),
                       "EJABBERD_LOG_PATH": str(self.folder / "ejabberd.log")}
        servers.await_port(self.port, self.spawn(
            "erl", "+K", "true", "-noinput", "-mnesia", "dir", f'"{self.folder}"', "-s", "ejabberd",
            env=environment, cwd=self.folder))

    def start_postgres(self):
        data, port = self.database_folder / "data", servers.free_port()
        as_postgres = servers.as_user("postgres")
        if as_postgres:
            shutil.chown(self.database_folder, "postgres", "postgres")
        subprocess.run([*as_postgres, PG / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8",
                        "--locale=C.UTF-8"], check=True, stdout=subprocess.DEVNULL, cwd="/")
        server = self.spawn(*as_postgres, PG / "postgres", "-D", data, "-k", self.database_folder, "-p", port, "-c",
                            "listen_addresses=127.0.0.1", "-c", "max_connections=100", cwd="/")
        servers.await_port(port, server)
        return port

    def fill(self, port, people):
        stored, key, salt, rounds = scram(PASSWORD)
        sql = lambda database, *words: subprocess.run(
            ["psql", "-q", "-h", "127.0.0.1", "-p", str(port), "-U", "postgres", "-d", database,
             "-v", "ON_ERROR_STOP=1", *words], check=True, stdout=subprocess.DEVNULL)
        sql("postgres", "-c", "create database ejabberd")
        sql("ejabberd", "-f", "/usr/share/ejabberd/sql/pg.sql")
        sql("ejabberd", "-c",
            "insert into users (username, password, serverkey, salt, iterationcount) select 'bench' || n, "
            f"'{stored}', '{key}', '{salt}', {rounds} from generate_series(0, {people - 1}) n")

    def stop(self):
        # First the server, then its database.
        self.processes.reverse()
        super().stop()
        shutil.rmtree(getattr(self, "database_folder", "/nonexistent"), ignore_errors=True)
