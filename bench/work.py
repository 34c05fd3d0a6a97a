"""The work that all contestants do."""
import dataclasses

STORED = (10_000, 100_000, 1_000_000, 10_000_000)  # messages in an archive


@dataclasses.dataclass
class Scenario:
    name: str
    says: str
    drive: str  # what the load generator is told to do, or "limit"
    contestants: list
    unit: str
    settings: dict = dataclasses.field(default_factory=dict)
    people: int = 0
    in_place: bool = False  # only reads, so it needs no copy of its folder
    slices: int = 0         # all contestants stand side by side and take so many short turns: small differences show
    rest: int = 0           # seconds of silence afterwards; then memory is read again


def scenarios(full, compare):
    """`compare`: also another build of the server."""
    own = ["carillon", "before"] if compare else ["carillon"]
    crowd = 5000 if full else 1000
    group = {"count": 1000, "senders": 10, "seconds": 3}
    pairs = {"count": 100, "seconds": 3}
    peers = ["Redis", "Mosquitto", "ejabberd"]
    all = [
        Scenario("group", "a group of 1,000 online, 10 of them writing as fast as they are answered", "group",
                 own + ["carillon TLS"] + peers, "deliveries", group, 1000),
        Scenario("group_calm", "the same group at 10 messages a second", "group", own + peers, "deliveries",
                 group | {"rate": 10, "seconds": 5}, 1000),
        Scenario("direct", "100 people writing to one each as fast as they are answered", "direct",
                 own + ["carillon TLS", "ejabberd"], "messages", pairs, 1000),
        Scenario("direct_calm", "the same people at 100 messages a second in all", "direct", own, "messages",
                 pairs | {"rate": 100, "seconds": 5}, 1000),
        Scenario("gate", "the same as fast, with the gate and without", "direct", ["gate on", "gate off"], "messages",
                 pairs | {"seconds": 2}, 1000, slices=15),
        Scenario("idle", f"{crowd:,} signed-in connections that say nothing", "idle", own + ["carillon TLS"] + peers,
                 "connections", {"count": crowd, "seconds": 2}, crowd),
        Scenario("storm", f"{crowd:,} connections made and signed in at once", "storm",
                 own + ["carillon TLS", "ejabberd"], "connections", {"count": crowd}, crowd),
    ]
    stored = [f"{n:,} stored" for n in (STORED if full else STORED[:2])]
    all.append(Scenario("history", "pages of 50 from everywhere in the archive", "history", stored, "pages",
                        {"count": 50, "seconds": 3}, 100, in_place=True))
    all.append(Scenario("archive", "50 people writing to one each beside an archive", "direct", stored, "messages",
                        {"count": 50, "seconds": 3}, 100))
    if full:
        all.append(Scenario("group_10000", "a group of 10,000 online, one message a second", "group", own, "deliveries",
                            {"count": 10_000, "senders": 5, "rate": 1, "seconds": 8}, 10_000))
        all.append(Scenario("burst", "memory a minute after 100 people have written", "direct", own, "messages", pairs,
                            1000, rest=60))
    all.append(Scenario("limits", "what the machine gives at most: frames a send, rows a commit", "limit",
                        [f"sends {n}" for n in (1, 10, 80)] + [f"commits {n}" for n in (1, 10, 100, 1000)],
                        "frames or rows"))
    return all
