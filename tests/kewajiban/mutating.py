"""Take away what stands behind an obligation, in this process only: it must be a fork."""

import ast
import inspect
import json
import pkgutil
import re
import shutil
import textwrap
import tomllib
from decimal import Decimal
from pathlib import Path

CONTROL = {"comment": "kontrol"}
"""The mutation that changes nothing: no test may see it."""


def title(mutation: dict) -> str:
    """Return a mutation in one line, for the report."""
    if "comment" in mutation:
        return f"# {mutation['comment']}"
    if "code" in mutation:
        return f"{mutation['code']}: {mutation['old']!r} -> {mutation['new']!r}"
    value = json.dumps(mutation["value"], default=str) if "value" in mutation else "dihapus"
    return f"{mutation['path']}: {value}"


def apply(mutation: dict, slug: str, own: Path, folder: Path) -> None:
    """Change a function, or write the rules into ``folder`` with the change in ``slug``'s file."""
    if "code" in mutation:
        change_code(mutation["code"], mutation["old"], mutation["new"])
        return
    for path in own.glob("*.toml"):
        if path.stem != slug:
            shutil.copy(path, folder)
    text = (own / f"{slug}.toml").read_text(encoding="utf-8")
    rules = tomllib.loads(text, parse_float=Decimal)
    if "path" in mutation:
        change(rules, mutation)
    (folder / f"{slug}.toml").write_text(f"# {title(mutation)}\n{written(rules)}", encoding="utf-8")


# -- A key of a rules file --------------------------------------------------------------------
def change(rules: dict, mutation: dict) -> None:
    """Set or remove one key. KeyError, IndexError where the file has no such place."""
    *way, last = re.findall(r"[^.\[\]]+", mutation["path"])
    place = rules
    for step in way:
        place = place[_key(place, step)]
    if "value" not in mutation:
        del place[_key(place, last)]
    elif isinstance(place, dict):
        place[last] = mutation["value"]
    else:
        place[_key(place, last)] = mutation["value"]


def _key(place: dict | list, step: str) -> str | int:
    """Return the key of a table, or where a list has this number or the entry of this code.

    ``code#2`` is the second entry of a code; one that stands twice cannot be meant without.
    """
    if isinstance(place, dict):
        return step
    if step.isdigit():
        return int(step)
    code, _, number = step.partition("#")
    found = [i for i, entry in enumerate(place) if code in (entry.get("code"), entry.get("value"))]
    if not number and len(found) != 1:
        raise KeyError(f"{step} stands {len(found)} times")
    return found[int(number or 1) - 1]


def written(rules: dict) -> str:
    """Return rules as TOML: one line for each key of the file, all below it inline."""
    return "\n".join(f"{key} = {_inline(value)}" for key, value in rules.items()) + "\n"


def _inline(value) -> str:
    if isinstance(value, dict):
        inner = ", ".join(f"{json.dumps(key)} = {_inline(one)}" for key, one in value.items())
        return f"{{ {inner} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(_inline, value))}]"
    if isinstance(value, (str, bool)):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


# -- Words of a function ----------------------------------------------------------------------
def change_code(name: str, old: str, new: str) -> None:
    """Let a function run other words; whoever holds it already runs them too."""
    function = _function(name)
    source = textwrap.indent(_source(function, old).replace(old, new), " ")
    tree = ast.parse(f"class Changed:\n{source}")  # a class, for methods that call super()
    changed = tree.body[0].body[0]
    changed.decorator_list, changed.returns = [], None
    for node in ast.walk(changed.args):
        if isinstance(node, ast.arg):
            node.annotation = None  # may name what is imported for types alone
    made: dict = {}
    exec(compile(tree, function.__code__.co_filename, "exec"), function.__globals__, made)
    function.__code__ = vars(made["Changed"])[function.__name__].__code__


def findable(mutation: dict, rules: dict) -> None:
    """Raise where a mutation names what is not there (any more)."""
    if "code" in mutation:
        _source(_function(mutation["code"]), mutation["old"])
    else:
        change(rules, mutation)


def _function(name: str):
    found = pkgutil.resolve_name(name)
    return inspect.unwrap(found.fget if isinstance(found, property) else found)


def _source(function, old: str) -> str:
    source = textwrap.dedent(inspect.getsource(function))
    if source.count(old) != 1:
        raise KeyError(f"{old!r} stands {source.count(old)} times in {function.__qualname__}")
    return source
