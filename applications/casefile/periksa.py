#!/usr/bin/env python3
"""Memeriksa berkas digital sebuah permohonan, tanpa portal dan tanpa internet.

Jalankan di dalam folder berkas yang sudah dibuka:   python3 periksa.py
atau langsung atas ZIP-nya:                          python3 periksa.py berkas.zip

Cukup Python 3.6 atau yang lebih baru, tanpa tambahan apa pun. Hasilnya 0 bila utuh, 1 bila tidak.
Yang diperiksa: setiap berkas terhadap MANIFEST.sha256 (ukuran dan sidik SHA-256), tidak ada berkas
lain di sampingnya, rantai kejadian dari kejadian pertama, catatan kejadian, dan isi setiap surat.
"""

import hashlib
import json
import os
import sys
import zipfile

MANIFEST = "MANIFEST.sha256"
EVENTS = "data/kejadian.jsonl"
NOTES = "data/catatan-kejadian.jsonl"
PAPERS = "surat/"
FIRST = "0" * 64
PIECE = 1 << 20
OF_SYSTEM = (".DS_Store", "Thumbs.db", "desktop.ini")
"""Ditaruh sistem komputer dalam folder yang dibuka; bukan bagian berkas."""


class Folder:
    """Berkas yang sudah dibuka ke dalam folder."""

    def __init__(self, place):
        self.place = place

    def names(self):
        found = []
        for at, folders, files in os.walk(self.place):
            folders.sort()
            for name in sorted(set(files).difference(OF_SYSTEM)):
                path = os.path.relpath(os.path.join(at, name), self.place)
                found.append(path.replace(os.sep, "/"))
        return sorted(found)

    def open(self, name):
        return open(os.path.join(self.place, *name.split("/")), "rb")


class Archive:
    """ZIP yang belum dibuka."""

    def __init__(self, path):
        self.book = zipfile.ZipFile(path)
        every = [info.filename for info in self.book.infolist() if not info.filename.endswith("/")]
        tops = set(name.split("/")[0] for name in every)
        self.top = tops.pop() + "/" if len(tops) == 1 and "/" in every[0] else ""
        self.every = sorted(name[len(self.top) :] for name in every)

    def names(self):
        return self.every

    def open(self, name):
        return self.book.open(self.top + name)


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def sha256(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def measure(place, name):
    """Mengembalikan ukuran dan sidik sebuah berkas; dibaca sepotong demi sepotong."""
    digest, size = hashlib.sha256(), 0
    with place.open(name) as file:
        for piece in iter(lambda: file.read(PIECE), b""):
            digest.update(piece)
            size += len(piece)
    return size, digest.hexdigest()


def lines(place, name):
    with place.open(name) as file:
        for line in file:
            yield json.loads(line.decode("utf-8"))


def manifest(place):
    """Mengembalikan yang tertulis dalam manifes: nama, ukuran, sidik."""
    found = {}
    with place.open(MANIFEST) as file:
        for line in file.read().decode("ascii").splitlines():
            value, size, name = line.split(" ", 2)
            found[name] = (int(size), value)
    return found


def files(place):
    """Mencari berkas yang hilang, berubah, ganda, atau tidak tercatat."""
    names = place.names()
    if MANIFEST not in names:
        yield MANIFEST + " tidak ada"
        return
    try:
        listed = manifest(place)
    except ValueError:
        yield MANIFEST + " rusak"
        return
    for name in sorted(set(name for name in names if names.count(name) > 1)):
        yield name + ": ada dua kali"
    for name in sorted(set(names) - set(listed) - {MANIFEST}):
        yield name + ": tidak tercatat dalam " + MANIFEST
    for name, (size, value) in sorted(listed.items()):
        if name not in names:
            yield name + ": hilang"
        else:
            found = measure(place, name)
            if found[0] != size:
                yield f"{name}: berukuran {found[0]} byte, seharusnya {size} byte"
            elif found[1] != value:
                yield name + ": isinya berubah"


def events(place):
    """Menghitung ulang rantai kejadian dari kejadian pertama."""
    before, expected, notes = FIRST, 1, {}
    for event in lines(place, EVENTS):
        value = event.pop("hash", "")
        number = event.get("seq")
        if number != expected:
            yield f"kejadian {number}: seharusnya nomor {expected}"
        if sha256(canonical(event)) != value:
            yield f"kejadian {number}: isinya tidak cocok dengan sidiknya"
        if event.get("prev_hash") != before:
            yield f"kejadian {number}: pendahulunya bukan kejadian sebelumnya"
        notes[number] = event.get("note_hash", "")
        before, expected = value, expected + 1
    for note in lines(place, NOTES):
        number = note["seq"]
        if sha256(note["salt"] + note["text"]) != notes.get(number):
            yield f"catatan kejadian {number}: tidak cocok dengan sidiknya"


def papers(place):
    """Menghitung ulang sidik isi setiap surat yang dikunci."""
    for name in place.names():
        if name.startswith(PAPERS) and name.endswith(".json"):
            with place.open(name) as file:
                paper = json.loads(file.read().decode("utf-8"))
            if sha256(canonical(paper["isi"])) != paper["sidik_isi"]:
                yield name + ": isi surat tidak cocok dengan sidiknya"


CHECKS = (
    ("berkas dan manifes", files),
    ("rantai kejadian", events),
    ("isi surat", papers),
)


def check(place):
    """Mengembalikan pasangan (pemeriksaan, kesalahan); kosong bila utuh."""
    found = []
    for what, look in CHECKS:
        try:
            found.extend((what, text) for text in look(place))
        except (KeyError, OSError, TypeError, ValueError, zipfile.BadZipFile) as error:
            found.append((what, f"tidak terbaca ({error})"))
    return found


def opened(path):
    return Folder(path) if os.path.isdir(path) else Archive(path)


def main(arguments):
    say = sys.stdout.write
    path = arguments[0] if arguments else os.path.dirname(os.path.abspath(__file__))
    try:
        place = opened(path)
    except (OSError, zipfile.BadZipFile) as error:
        say(f"Tidak dapat dibuka: {error}\n")
        return 1
    found = check(place)
    for what, _ in CHECKS:
        wrong = [text for check, text in found if check == what]
        say(f"{what}: {len(wrong)} kesalahan\n" if wrong else f"{what}: cocok\n")
        for text in wrong:
            say(f"  - {text}\n")
    count = len(place.names())
    if found:
        say("Hasil: TIDAK UTUH. Jangan dipakai sebagai bukti; minta berkas baru dari portal.\n")
        return 1
    say(f"Hasil: utuh. {count} berkas diperiksa.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
