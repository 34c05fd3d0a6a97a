#!/usr/bin/env python3
"""What the web client's sources may not do, and the addresses under which the policy is found. With a name: that one alone."""
import json, pathlib, re, sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
WEB = ROOT / "web/src"
SOURCES = [p for p in sorted(WEB.rglob("*.ts*")) if ".test." not in p.name and "wire" not in p.parts]
PERMISSIONS = re.compile(r"getUserMedia|getDisplayMedia|\.geolocation|getCurrentPosition|watchPosition|requestPermission|navigator\.(bluetooth|usb|serial|hid|contacts)|showOpenFilePicker"
                         r"|DeviceOrientationEvent|DeviceMotionEvent|AmbientLightSensor")
FINGERPRINTS = re.compile(r"toDataURL|getImageData|AudioContext|getContext\('webgl|deviceMemory|hardwareConcurrency|navigator\.(plugins|platform)|measureText")
OUTSIDE = re.compile(r"""['"`](https?:)?//(?!localhost)[a-z0-9.-]+\.[a-z]+""")
CLAIMS = re.compile(r"绝对安全|百分之百安全|completely secure|fully secure|100 ?% secure|absolutely safe", re.I)


def found(pattern, files):
    for path in files:
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if pattern.search(line): yield f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"


def no_permission_asked(): return found(PERMISSIONS, SOURCES)
def no_fingerprint(): return found(FINGERPRINTS, SOURCES)
def nothing_from_outside(): return found(OUTSIDE, [*SOURCES, ROOT / "web/index.html"])
def no_absolute_claims(): return found(CLAIMS, sorted((WEB / "lib/words").glob("*.json")))


def policy_has_stable_addresses():
    document = (WEB / "features/consent/PolicyDocument.tsx").read_text()
    if "href={`#${section.anchor}`}" not in document: yield "the index does not lead to the sections"
    if "id={section.anchor}" not in document: yield "a section has no address"
    if 'to="/me/policy"' not in (WEB / "features/me/MeMenu.tsx").read_text(): yield "the settings do not open the policy"


def both_answers_weigh_the_same():
    page = (WEB / "features/consent/PolicyPage.tsx").read_text()
    buttons = re.findall(r"<Button([^>]*?)onClick=\{(?:accept|\(\) => void give\(onDecline\))\}>", page)
    looks = {" ".join(re.sub(r"disabled=\{\w+\}", "", b).split()) for b in buttons}
    if len(buttons) != 2 or len(looks) != 1: yield f"the two answers differ: {sorted(looks)}"
    if "useState(false)" not in page: yield "the box is ticked beforehand"


TESTS = (no_permission_asked, no_fingerprint, nothing_from_outside, no_absolute_claims, policy_has_stable_addresses, both_answers_weigh_the_same)
wanted = [t for t in TESTS if not sys.argv[1:] or t.__name__ in sys.argv[1:]]
failures = 0
for test in wanted:
    problems = list(test())
    failures += bool(problems)
    for problem in problems: print(f"{test.__name__}: {problem}")
print(f"{len(wanted) - failures} passed, {failures} failed")
sys.exit(failures > 0 or not wanted)
