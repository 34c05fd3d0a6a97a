"""Mosquitto 2, an MQTT broker: it acknowledges each message and stores none."""
import servers


class Mosquitto(servers.Server):
    name, wire = "Mosquitto", "mqtt"

    def start(self, *_, **__):
        self.fresh_folder()
        self.port = servers.free_port()
        config = self.folder / "mosquitto.conf"
        config.write_text(f"listener {self.port} 127.0.0.1\nallow_anonymous true\npersistence false\n"
                          "max_queued_messages 0\nmax_inflight_messages 0\n")
        servers.await_port(self.port, self.spawn("/usr/sbin/mosquitto", "-c", config))
