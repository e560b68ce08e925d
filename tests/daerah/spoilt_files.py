"""A file with one thing taken out: a line, a key of a link, an element of a list."""

import re

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
