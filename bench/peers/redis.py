"""Redis 7 publish and subscribe: it stores nothing and asks nobody who they are."""
import servers


class Redis(servers.Server):
    name, wire = "Redis", "redis"

    def start(self, *_, **__):
        self.fresh_folder()
        self.port = servers.free_port()
        servers.await_port(self.port, self.spawn(
            "redis-server", "--bind", "127.0.0.1", "--port", self.port, "--dir", self.folder, "--save", "",
            "--appendonly", "no", "--protected-mode", "no", "--maxclients", 15000, "--client-output-buffer-limit", "pubsub 0 0 0"))
