"""What the source documents oblige the portal to do: the data files of this folder, the tests
marked with an id, and the table of both that stands in docs/daerah.md.

Another document is another ``<slug>.toml`` here, and marks in tests; no line of Python.
"""

import ast
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
TESTS = HERE.parent
PAGE = TESTS.parent / "docs" / "daerah.md"
MARK = "kewajiban"
HEAD = """\
<!-- written by script/mutasi --tabel from tests/kewajiban/*.toml and the marks of the tests -->
# Obligations of the sources, where they run and what shows it

One line per obligation of a source document, with the tests that carry its mark
(`@pytest.mark.kewajiban("{sample}")`); `toml` is the daerah's file in `imbportal/daerah/`.
`script/mutasi` takes away what stands behind an id, on a copy, and sees that one of its tests
fails: one change for each of 20 ids, drawn anew every day, in the suite; all of them with
`script/test penuh`.

None of the five says which day decides the tariff where it changes while a case is on its way: each
file's `[fee_day]` is the portal's policy, by the day on which the fee is set.
"""


class Obligation(NamedTuple):
    """One line of a document in our words, and how it can be taken away."""

    id: str
    slug: str
    what: str
    where: str
    mutate: tuple[dict, ...]
    """{path[, value]}: a key of the daerah's file, removed or set; {code, old, new}: words of a
    function's source; ``enforced`` where the loader refusing the file is the rule itself, ``long``
    where only a case that is driven sees it: not tried among the twenty of the suite."""
    spared: str
    """Why nothing can be taken away; empty for nearly all."""


class Document(NamedTuple):
    slug: str
    title: str
    before: str
    after: str
    obligations: tuple[Obligation, ...]


class Marked(NamedTuple):
    """A test function that carries the mark."""

    path: str
    name: str
    ids: tuple[str, ...]


def documents() -> list[Document]:
    """Return the documents in the order that their files ask for."""
    found = [(_read(path), path.stem) for path in HERE.glob("*.toml")]
    return [_document(raw, slug) for raw, slug in sorted(found, key=lambda pair: pair[0]["order"])]


def every() -> dict[str, Obligation]:
    return {one.id: one for document in documents() for one in document.obligations}


def _read(path: Path) -> dict:
    return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


def _document(raw: dict, slug: str) -> Document:
    obligations = tuple(
        Obligation(
            id=name,
            slug=slug,
            what=one["what"],
            where=one["where"],
            mutate=tuple(one.get("mutate", ())),
            spared=one.get("spared", ""),
        )
        for name, one in sorted(raw["id"].items())
    )
    return Document(slug, raw["title"], raw["before"].strip(), raw["after"].strip(), obligations)


# -- Marks ------------------------------------------------------------------------------------
def marked() -> list[Marked]:
    """Return every test function with the mark, read from the sources: no test is imported.

    The ids must stand as plain strings in the function's decorators (``marks=`` of a parameter
    too); ``script/mutasi`` compares with what pytest collects.
    """
    found = []
    for path in sorted(TESTS.rglob("test_*.py")):
        source = path.read_text(encoding="utf-8")
        if f"mark.{MARK}(" in source:
            found += _marked(ast.parse(source), path.relative_to(TESTS).as_posix())
    return found


def _marked(tree: ast.Module, path: str):
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            calls = [call for decorator in node.decorator_list for call in ast.walk(decorator)]
            ids = [arg.value for call in calls if _is_mark(call) for arg in call.args]
            if ids:
                yield Marked(path, node.name, tuple(ids))


def _is_mark(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == MARK
    )


# -- The page ---------------------------------------------------------------------------------
def page() -> str:
    """Return docs/daerah.md as it must read."""
    marks, found = marked(), documents()
    parts = [HEAD.format(sample=found[0].obligations[0].id), _spared(found)]
    for document in found:
        rows = [
            f"| {one.id} | {one.what} | {one.where} | {_shown(one.id, marks)} |"
            for one in document.obligations
        ]
        table = ["| id | what | where it runs | shown by |", "|---|---|---|---|", *rows]
        parts += [f"## {document.title}\n", document.before + "\n", "\n".join(table) + "\n"]
        parts += [document.after + "\n"]
    return "\n".join(part for part in parts if part.strip())


def _spared(found: list[Document]) -> str:
    spared = [one for document in found for one in document.obligations if one.spared]
    if not spared:
        return ""
    lines = "\n".join(f"- {one.id}: {one.spared}" for one in spared)
    return f"\nNothing can be taken away for {len(spared)}:\n{lines}\n"


def _shown(name: str, marks: list[Marked]) -> str:
    files: dict[str, list[str]] = {}
    for mark in marks:
        if name in mark.ids:
            files.setdefault(mark.path, []).append(f"`{mark.name}`")
    return "; ".join(f"`{path}`: {', '.join(names)}" for path, names in files.items())
