#!/usr/bin/env python3
"""Packs the built client into one assembler source that includes one binary file.

pack_web.py DIST OUT          writes OUT.bin (all files, one after the other) and OUT.S (a table: path, type,
                              bytes, gzip bytes, tag); text files are also kept compressed.
pack_web.py --stamp DIST FILE touches FILE when the contents of DIST changed.
"""
import gzip, hashlib, mimetypes, pathlib, sys

TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".html": "text/html; charset=utf-8",
         ".svg": "image/svg+xml", ".png": "image/png", ".json": "application/json", ".webmanifest": "application/manifest+json",
         ".woff2": "font/woff2", ".wasm": "application/wasm", ".ico": "image/x-icon", ".txt": "text/plain; charset=utf-8"}

def files(dist):
    return sorted(p for p in dist.rglob("*") if p.is_file()) if dist.is_dir() else []

def digest(dist):
    total = hashlib.sha256()
    for p in files(dist):
        total.update(str(p.relative_to(dist)).encode() + b"\0" + hashlib.sha256(p.read_bytes()).digest())
    return total.hexdigest()

def stamp(dist, target):
    now = digest(dist)
    if not target.exists() or target.read_text() != now:
        target.write_text(now)

def pack(dist, out):
    blob, rows = bytearray(), []
    def put(data):
        at = len(blob)
        blob.extend(data)
        return at, len(data)
    for p in files(dist):
        data = p.read_bytes()
        kind = TYPES.get(p.suffix, "application/octet-stream")
        small = gzip.compress(data, 9, mtime=0)
        whole = put(data)
        packed = put(small) if len(small) < len(data) * 0.9 else (0, 0)
        rows.append(("/" + str(p.relative_to(dist)), kind, hashlib.sha256(data).hexdigest()[:16], whole, packed))
    pathlib.Path(f"{out}.bin").write_bytes(blob)
    lines = ['.section .rodata', '.balign 16', 'web_bytes:', f'.incbin "{out}.bin"', '.byte 0', '.balign 8']
    for i, (path, kind, tag, _, _) in enumerate(rows):
        lines += [f'web_path_{i}: .asciz "{path}"', f'web_type_{i}: .asciz "{kind}"', f'web_tag_{i}: .asciz "{tag}"']
    lines += ['.section .data.rel.ro,"aw"', '.balign 8', '.globl carillon_web_files', 'carillon_web_files:']
    for i, (_, _, _, whole, packed) in enumerate(rows):
        lines.append(f'.quad web_path_{i}, web_type_{i}, web_tag_{i}, web_bytes+{whole[0]}, {whole[1]}, web_bytes+{packed[0]}, {packed[1]}')
    lines += ['.globl carillon_web_count', 'carillon_web_count:', f'.quad {len(rows)}', '.section .note.GNU-stack,"",@progbits']
    pathlib.Path(f"{out}.S").write_text("\n".join(lines) + "\n")

if sys.argv[1] == "--stamp":
    stamp(pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]))
else:
    pack(pathlib.Path(sys.argv[1]), sys.argv[2])
