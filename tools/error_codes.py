#!/usr/bin/env python3
"""The catalogue of errors: every code that the sources name, its sentences and the values it carries.

error_codes.py           prints it as JSON
error_codes.py --words   says which codes the client has no words for, in either language, and which words nobody says
"""
import json, pathlib, re, sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
# A code is followed by its sentence: Error::missing("chat.no_conversation", "There is no such conversation").
SAID = re.compile(r'"([a-z]+\.[a-z_]+)"\s*,\s*"([A-Z][^"]*)"\s*(\+)?')
VALUE = re.compile(r'\.with\(\s*"([a-z_]+)"')

def catalogue():
    """{code: {sentences, values}}: what is said may differ from place to place, what it means may not."""
    found = {}
    for path in sorted((ROOT / "src").rglob("*.[ch]pp")):
        text = path.read_text()
        for match in SAID.finditer(text):
            known = found.setdefault(match[1], {"sentences": set(), "values": set()})
            known["sentences"].add(match[2].rstrip() + (" …" if match[3] else ""))
            known["values"] |= set(VALUE.findall(text[match.end():text.find(";", match.end())]))
    return found

def words_wrong(codes):
    """What the client's words and the codes disagree about."""
    client = {name for path in (ROOT / "web/src").rglob("*.ts*") for name in re.findall(r"'(client\.[a-z_]+)'", path.read_text())}
    for language in ("zh-CN", "en"):
        file = f"web/src/lib/words/errors.{language}.json"
        words = json.loads((ROOT / file).read_text())
        for code in sorted((codes.keys() | client) - words.keys()):
            yield f"{file} has no words for {code}"
        for code in sorted(words.keys() - codes.keys() - client):
            yield f"{file} has words for {code}, which nobody says"
        for code, sentence in words.items():
            for value in sorted(set(re.findall(r"{{(\w+)}}", sentence)) - codes.get(code, {"values": set()})["values"]):
                yield f"{file}: {code} does not carry {value}"

codes = catalogue()
if sys.argv[1:] == ["--words"]:
    wrong = list(words_wrong(codes))
    print("\n".join([*wrong, f"{len(codes)} codes, {len(wrong)} without agreement"]))
    sys.exit(bool(wrong))
listed = [{"code": code} | {what: sorted(said) for what, said in codes[code].items()} for code in sorted(codes)]
print(json.dumps(listed, ensure_ascii=False, indent=2))
