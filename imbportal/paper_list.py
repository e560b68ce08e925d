"""docs/dokumen.md: each paper and form that a daerah's file names, with its template.

Read from the files alone, so that it needs neither database nor settings.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FILES, TEMPLATES = ROOT / "imbportal" / "daerah", ROOT / "templates" / "pdf"
PAGE, PICTURES = ROOT / "docs" / "dokumen.md", "img/dokumen"
LETTER = "surat"
"""Template of a kind that has none of its own."""
NOT_BY_A_STEP = {
    "permohonan": "number of the application itself: no sheet",
    "strd": "signed by its signatory on the treasurer's proposal (`retribusi/arrears/`)",
    "skrdlb": "approval of a refund (`retribusi/corrections/`)",
    "jawaban_pengaduan": "answer to a complaint (`feedback/complaints/`)",
    "ikhtisar_rantai": "once a day, over all chains (`applications/chains/`)",
    "peringatan": "warning before a revocation, by who decides on issued permits",
    "pembekuan": "freezing of an issued permit",
    "pencairan": "release of a frozen permit",
    "pencabutan": "revocation of an issued permit",
}
"""When a kind is made that no link and no move names."""
OF_NO_CASE = {"permohonan": "", "ikhtisar_rantai": "office", "jawaban_pengaduan": "who complained"}
"""For whom is what is no paper of a case."""
HEAD = """<!-- written by manage.py daftar_dokumen from imbportal/daerah/*.toml -->
# Papers and forms of each daerah

What each daerah's file issues, by the name that its document gives it, with where the document
names it (none: a sample, which the document does not name), the kind in the file, the template
below `templates/pdf/`, when it is made, who signs (between brackets: who initials it), and for
whom it is: what is for the office alone (`internal = true`) the applicant neither sees nor gets.

`manage.py contoh_dokumen --keluaran DIR --gambar` writes them all, from sample cases;
`manage.py contoh_dokumen --keluaran DIR --kecil docs/img/dokumen` makes the small pictures, and
`manage.py daftar_dokumen` writes this page anew.
"""
COLUMNS = ("form", "named in", "kind", "template", "made", "signed by", "for", "picture")
Link = dict[str, Any]


def page(files: Path = FILES, pictures: Path | None = None) -> str:
    """Return docs/dokumen.md as it must read."""
    shown = pictures or PAGE.parent / PICTURES
    parts = [HEAD]
    for path in sorted(files.glob("*.toml")):
        rules = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        parts.append(f"## {rules['name']}\n\n{_table(path.stem, rules, shown)}\n")
    return "\n".join(parts)


def _table(slug: str, rules: dict[str, Any], shown: Path) -> str:
    lines = [f"| {' | '.join(COLUMNS)} |", "|" + "---|" * len(COLUMNS)]
    for kind, paper in rules.get("paper", {}).items():
        cells = (
            paper["title"], paper.get("cite", ""), f"`{kind}`", _template(kind, paper),
            made(rules, kind), _signed(rules, kind, paper), _for_whom(kind, paper),
            _picture(slug, kind, shown),
        )  # fmt: skip
        lines.append(_line(cells))
    for form in rules.get("blank", []):
        cells = (
            form["title"], form.get("cite", ""), f"`[[blank]] {form['code']}`", _of_forms(),
            "by the applicant, who prints, signs and uploads it", _hands(form), "applicant",
            _picture(slug, f"blanko_{form['code']}", shown),
        )  # fmt: skip
        lines.append(_line(cells))
    return "\n".join(lines)


def _line(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "/") or "-" for cell in cells) + " |"


def _template(kind: str, paper: dict[str, Any]) -> str:
    """Return the template as ``documents.rendering`` finds it."""
    if kind == "permohonan":
        return ""
    names = (paper.get("template") or kind, kind, LETTER)
    found = next((name for name in names if (TEMPLATES / f"{name}.html").exists()), LETTER)
    return f"`{found}.html`"


def _for_whom(kind: str, paper: dict[str, Any]) -> str:
    return OF_NO_CASE.get(kind, "office" if paper.get("internal") else "applicant")


def _of_forms() -> str:
    found = next((n for n in ("formulir",) if (TEMPLATES / f"{n}.html").exists()), "")
    return f"`{found}.html`" if found else "`templates/publik/blank.html`"


def _picture(slug: str, kind: str, shown: Path) -> str:
    """Return the picture of a paper, and those of what further tracks print otherwise."""
    name = f"{slug}-{kind}"
    found = [*shown.glob(f"{name}.png"), *sorted(shown.glob(f"{name}-*.png"))]
    return " ".join(f"![]({PICTURES}/{path.name})" for path in found)


# -- When, and by whom ------------------------------------------------------------------------
def made(rules: dict[str, Any], kind: str) -> str:
    """Return at which links and moves a kind gets its number."""
    found = [_step(link) for link in _links(rules) if kind in link.get("issue", ())]
    found += [f"move `{name}`" for name, on in _moves(rules) if kind in on.get("issue", ())]
    found += list(_beside(rules, kind))
    if not found:
        found = [NOT_BY_A_STEP[kind]] if kind in NOT_BY_A_STEP else []
    return "; ".join(dict.fromkeys(found))


def _step(link: Link) -> str:
    steps = ", ".join(map(str, link.get("steps", ())))
    label = link.get("label", link["act"])
    return f"step {steps}: {label}" if steps else label


def _beside(rules: dict[str, Any], kind: str) -> Iterator[str]:
    for relief in rules.get("relief", []):
        if relief.get("paper") == kind:
            yield f"decision on “{relief['name']}”"
        if relief.get("cover") == kind:
            yield f"“{relief['name']}” is sent on to who decides"
    objection = rules.get("objection", {})
    if objection.get("receipt") == kind:
        yield "an objection to a bill comes in"
    if objection.get("paper") == kind:
        yield "decision on an objection to a bill"
    if rules.get("late", {}).get("paper") == kind:
        yield "the permit is late and brought to the address"


def _signed(rules: dict[str, Any], kind: str, paper: dict[str, Any]) -> str:
    """Return who signs by the chains, else by the kind, and who initials."""
    links = [link for link in _links(rules) if kind in link.get("papers", ())]
    hands = {
        act: list(dict.fromkeys(_title(rules, x["role"]) for x in links if x["act"] == act))
        for act in ("ttd", "paraf")
    }
    signers = hands["ttd"] or [_title(rules, r) for r in [paper.get("signed_by")] if r]
    initials = f" ({', '.join(hands['paraf'])})" if hands["paraf"] else ""
    return " or ".join(signers) + initials


def _hands(form: dict[str, Any]) -> str:
    signers = form.get("signers", [])
    return ", ".join(one if isinstance(one, str) else one["title"] for one in signers)


def _title(rules: dict[str, Any], role: str) -> str:
    title: str = rules["role"][role]["title"]
    return title


def _links(rules: dict[str, Any]) -> Iterator[Link]:
    stages = [rules.get("stage", {})]
    stages += [track.get("stage", {}) for track in rules.get("track", {}).values()]
    for stage in stages:
        for chain in stage.values():
            yield from chain


def _moves(rules: dict[str, Any]) -> Iterator[tuple[str, Link]]:
    yield from rules.get("on", {}).items()
    for track in rules.get("track", {}).values():
        yield from track.get("on", {}).items()


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
