"""Spoils a file as accidents and attackers do: bits, cuts, pieces, lengths, numbers, words."""

import random
import re

WORDS = (
    b"/JavaScript", b"/JS(app.alert(1))", b"/Launch", b"/OpenAction 3 0 R", b"/AA<</O 3 0 R>>",
    b"/EmbeddedFile", b"/Kids[2 0 R]", b"/Filter/FlateDecode", b"/Length 999999999", b"/Prev 0",
    b"endobj", b"stream\n", b"<<", b"[", b"%PDF-1.7", b"\xff\xd9", b"\xff\xe1\xff\xff", b"IEND",
    b"obj", b"\0" * 16, b"/Type/ObjStm/N 99999/First 0", b"/W[9 9 9]", b"/Encrypt<</V 9>>",
)  # fmt: skip
NUMBER = re.compile(rb"\d+")
SEGMENT = re.compile(rb"\xff[\xc0-\xfe]")


def bits(data, chance):
    for _ in range(chance.choice((1, 3, 20))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return data


def cut(data, chance):
    return data[: chance.randrange(1, len(data))]


def lost(data, chance):
    start = chance.randrange(len(data))
    del data[start : start + chance.choice((1, 16, 400))]
    return data


def swapped(data, chance):
    """Change two pieces for each other."""
    size = max(1, len(data) // chance.choice((4, 16, 64)))
    a, b = chance.randrange(len(data)), chance.randrange(len(data))
    data[a : a + size], data[b : b + size] = data[b : b + size], data[a : a + size]
    return data


def repeated(data, chance):
    start, size = chance.randrange(len(data)), chance.choice((8, 200, 5000))
    data[start:start] = data[start : start + size] * chance.choice((1, 5, 50))
    return data


def lengths(data, chance):
    """Write another number over one of a PDF, or a length over that of a segment or chunk."""
    found = list(NUMBER.finditer(data))[:400] or list(SEGMENT.finditer(data))[:400]
    if data.startswith(b"\x89PNG"):
        found = list(re.finditer(rb"I[A-Z]{3}", data))
    if not found:
        return bits(data, chance)
    place = chance.choice(found)
    if place.group().isdigit():
        value = b"%d" % chance.choice((0, -1, 1, 7, 65_535, 2**31 - 1, 2**31, 2**63, 10**12))
        data[place.start() : place.end()] = value
    elif data.startswith(b"\x89PNG"):
        data[place.start() - 4 : place.start()] = chance.randbytes(4)
    else:
        data[place.end() : place.end() + 2] = chance.randbytes(2)
    return data


def words(data, chance):
    at = chance.randrange(len(data))
    data[at:at] = chance.choice(WORDS)
    return data


def overwritten(data, chance):
    at = chance.randrange(len(data))
    word = chance.choice((chance.randbytes(8), b"\0" * 40, b"\xff" * 40, chance.choice(WORDS)))
    data[at : at + len(word)] = word
    return data


WAYS = (bits, cut, lost, swapped, repeated, lengths, lengths, words, overwritten)


def mutated(seeds, number, seed=0):
    """Return (name, content) of the mutation of this number; the same for the same seed."""
    chance = random.Random(f"{seed}:{number}")
    name, content = seeds[number % len(seeds)]
    data = bytearray(content)
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        data = chance.choice(WAYS)(data or bytearray(b"x"), chance)
    if chance.random() < 0.1:
        _, other = seeds[chance.randrange(len(seeds))]
        data += other  # a polyglot by accident
    return name, bytes(data)
