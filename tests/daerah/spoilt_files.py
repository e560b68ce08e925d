"""A file with one thing taken out, put in the place of another, or out of its order."""

import re

from imbportal.daerah.vocabulary import ACTS, RECORDS

LINK = re.compile(r"^  \{ (.*) \},$")
PAIR = re.compile(r"(\w+) = (\[[^\]]*\]|\{[^}]*\}|\"[^\"]*\"|[^,\s]+)(, )?")
ELEMENT = re.compile(r"\"[^\"]*\"(, )?")


def spoilt(text):
    """Return (what was done, the text) for everything that can be taken out, each text once."""
    lines, found = text.splitlines(), {}
    for number, line in enumerate(lines):
        if not line.strip() or line.startswith("#"):
            continue
        for what, put in _instead(line):
            new = lines[:number] + ([] if put is None else [put]) + lines[number + 1 :]
            found.setdefault("\n".join(new) + "\n", f"line {number + 1}: {what}")
    return [(what, text) for text, what in found.items()]


def muddled(text):
    """Return the same for links that do another act, carry another paper, or change places."""
    lines, found = text.splitlines(), {}
    papers = re.findall(r"^\[paper\.(\w+)\]", text, re.M)
    for number, line in enumerate(lines):
        if not LINK.match(line):
            continue
        for what, put in _otherwise(line, papers):
            new = [*lines[:number], put, *lines[number + 1 :]]
            found.setdefault("\n".join(new) + "\n", f"line {number + 1}: {what}")
        if LINK.match(lines[number + 1]):
            new = [*lines[:number], lines[number + 1], line, *lines[number + 2 :]]
            found.setdefault("\n".join(new) + "\n", f"line {number + 1}: after the next")
    return [(what, text) for text, what in found.items()]


def _otherwise(line, papers):
    """Yield (what is put, the line): another act, papers and records beside its own."""
    for act in ACTS:
        yield f"act {act}", re.sub(r'act = "\w+"', f'act = "{act}"', line)
    for key, words in (("papers", papers), ("issue", papers), ("needs", RECORDS)):
        for word in words:
            if f"{key} = [" in line:
                yield f"{key} {word} too", line.replace(f"{key} = [", f'{key} = ["{word}", ')
            else:
                yield f"{key} {word}", line.replace(" },", f', {key} = ["{word}"] }},', 1)


def _instead(line):
    """Yield (what was taken out, what remains of the line, None for nothing)."""
    yield f"without {line.strip()[:60]}", None
    if match := LINK.match(line):
        inner = match[1]
        for pair in PAIR.finditer(inner):
            rest = (inner[: pair.start()] + inner[pair.end() :]).rstrip(", ")
            yield f"link without {pair[0]}", f"  {{ {rest} }},"
    for array in re.finditer(r"\[([^\[\]{}]*)\]", line):
        for element in ELEMENT.finditer(array[1]):
            rest = (array[1][: element.start()] + array[1][element.end() :]).rstrip(", ")
            yield f"list without {element[0]}", line[: array.start(1)] + rest + line[array.end(1) :]
