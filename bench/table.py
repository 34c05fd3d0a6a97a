"""Results as one table: medians of the rounds, with what was lowest and highest."""
import statistics


def number(x):
    return "" if x is None else f"{x:,.0f}" if x >= 100 else f"{x:.1f}" if x >= 10 else f"{x:.2f}"


def middle(rounds, name):
    values = [r[name] for r in rounds if r.get(name) is not None]
    return statistics.median(values) if values else None


def spread(rounds, name):
    values = [r[name] for r in rounds if r.get(name) is not None]
    return f"{number(min(values))}–{number(max(values))}" if values else ""


def rounds_of(results, scenario, contestant):
    start = f"{scenario.name}/{contestant}/"
    return [r for r in results if r["key"].startswith(start) and "error" not in r]


def ratio(results, scenario, name):
    """To the first contestant, round by round: the machine's speed changes in between."""
    by_turn = lambda who: {r["key"].rsplit("/", 1)[1]: r["per_cpu_second"] for r in rounds_of(results, scenario, who)}
    first, other = by_turn(scenario.contestants[0]), by_turn(name)
    both = [first[t] / other[t] for t in first.keys() & other.keys() if other[t]]
    return statistics.median(both) if both and name != scenario.contestants[0] else None


def kb_each(rounds):
    grown = [(r["memory_after_kb"] - r["memory_before_kb"]) / r["done"] for r in rounds if r.get("done")]
    return statistics.median(grown) if grown else None


def row(results, scenario, name):
    rounds = rounds_of(results, scenario, name)
    cells = [name, number(middle(rounds, "per_cpu_second")), spread(rounds, "per_cpu_second"),
             number(ratio(results, scenario, name)), number(middle(rounds, "per_second"))]
    timed = scenario.drive not in ("idle", "limit")
    cells += [number(middle(rounds, p)) if timed else "" for p in ("p50_ms", "p99_ms")]
    if scenario.drive == "limit":
        cells += ["", ""]
    else:
        memory = middle(rounds, "rested_kb") or middle(rounds, "memory_after_kb")
        cells += [number(memory / 1024) if memory else "",
                  number(kb_each(rounds)) if scenario.drive == "idle" else ""]
    return "| " + " | ".join(cells) + " |"


def of(work, results):
    out = []
    for scenario in work:
        names = [n for n in scenario.contestants if rounds_of(results, scenario, n)]
        failed = {r["key"].split("/")[1]: r["error"] for r in results
                  if r["key"].startswith(scenario.name + "/") and "error" in r}
        if not names and not failed:
            continue
        out += [f"**{scenario.name}**: {scenario.says}", "",
                f"| | {scenario.unit} /cpu·s | lowest–highest | first / this | a second | p50 ms | p99 ms | memory MB "
                "| KB each |",
                "|---|---|---|---|---|---|---|---|---|"]
        out += [row(results, scenario, n) for n in names] + [""]
        out += [f"{name} failed: {why}\n" for name, why in failed.items()]
    return "\n".join(out)
