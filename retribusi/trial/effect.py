"""What a draft would have brought: each case calculated anew, and the sums that come of it."""

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from imbportal.indonesia import angka, persen, rupiah
from retribusi import engine
from retribusi.inputs import Refused
from retribusi.rates import Rates

NO_BUILDING = ""
"""Function of a case that has no building: prasarana or fees alone."""
SORTS = {
    "naik": "kenaikan terbesar",
    "turun": "penurunan terbesar",
    "besar": "retribusi terbesar",
}


class Line(NamedTuple):
    """One case: what was assessed, and what it would be; ``after`` is None where ``why`` says so.

    Stored as a list in this order.
    """

    case: str
    function: str
    """Of its largest building."""
    area: str
    before: int
    after: int | None
    why: str = ""

    @property
    def difference(self) -> int:
        return (self.after or 0) - self.before


class Sums(NamedTuple):
    """Whole rupiah before and after, over some cases that could be calculated."""

    label: str
    count: int
    before: int
    after: int

    @property
    def difference(self) -> int:
        return self.after - self.before

    @property
    def difference_text(self) -> str:
        return signed(self.difference)

    @property
    def percent_text(self) -> str:
        return percent(self.before, self.after)


class Effect(NamedTuple):
    """The whole result as its page shows it."""

    whole: Sums
    more: int
    less: int
    same: int
    groups: list[Sums]
    """By function, the largest sum first."""
    lines: list[Line]
    refused: list[Line]

    @property
    def lost(self) -> int:
        """Return whole rupiah of the cases that can no longer be calculated."""
        return sum(line.before for line in self.refused)


def line(case: str, given: Mapping[str, Any], before: int, figures: Rates) -> Line:
    """Return a case calculated anew from the input of its assessment, relief included."""
    parts = given.get("bangunan", [])
    areas = [(Decimal(str(part["luas"])), str(part["fungsi"])) for part in parts]
    function = max(areas, key=lambda one: one[0])[1] if areas else NO_BUILDING
    area = str(sum((area for area, _ in areas), Decimal(0)))
    try:
        after = engine.tried(figures, given).total
    except Refused as refusal:
        return Line(case, function, area, before, None, str(refusal))
    return Line(case, function, area, before, after)


def of(stored: Iterable[list[Any]], figures: Rates) -> Effect:
    """Return the result that the stored lines of a run come to."""
    lines = [Line(*one) for one in stored]
    good = [one for one in lines if one.after is not None]
    by_function: dict[str, list[Line]] = {}
    for one in good:
        by_function.setdefault(one.function, []).append(one)
    groups = [_sums(label(figures, code), some) for code, some in by_function.items()]
    differences = [one.difference for one in good]
    return Effect(
        whole=_sums("Semua", good),
        more=sum(1 for one in differences if one > 0),
        less=sum(1 for one in differences if one < 0),
        same=sum(1 for one in differences if one == 0),
        groups=sorted(groups, key=lambda sums: (-max(sums.before, sums.after), sums.label)),
        lines=good,
        refused=[one for one in lines if one.after is None],
    )


def _sums(label: str, lines: list[Line]) -> Sums:
    before = sum(one.before for one in lines)
    return Sums(label, len(lines), before, sum(one.after or 0 for one in lines))


def label(figures: Rates, code: str) -> str:
    """Return a function by the name that its table gives it."""
    if code == NO_BUILDING:
        return "Tanpa bangunan"
    known = figures.tables.figure.get("fungsi", {}).get(code)
    return (known and known.label) or code.replace("_", " ").capitalize()


def ordered(lines: list[Line], sort: str) -> list[Line]:
    """Return the cases by the largest rise, fall or amount."""
    keys = {
        "naik": lambda one: (-one.difference, one.case),
        "turun": lambda one: (one.difference, one.case),
        "besar": lambda one: (-max(one.before, one.after), one.case),
    }
    return sorted(lines, key=keys[sort])


def reasons(refused: list[Line]) -> list[tuple[str, list[Line]]]:
    """Return the cases that cannot be calculated by the reason, the most frequent first."""
    found: dict[str, list[Line]] = {}
    for one in refused:
        found.setdefault(one.why, []).append(one)
    return sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))


def signed(amount: int) -> str:
    """Return rupiah with its sign: a rise has a plus."""
    return f"+{rupiah(amount)}" if amount > 0 else rupiah(amount)


def percent(before: int, after: int) -> str:
    """Return a difference in percent with one decimal; nothing where there was nothing before."""
    if not before:
        return ""
    share = Decimal(after - before) * 100 / before
    share = share.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"+{persen(share, 1)}" if share > 0 else persen(share, 1)


def area_text(line: Line) -> str:
    """Return the floor area of a case as printed, in m²."""
    return f"{angka(line.area)} m²" if Decimal(line.area) else ""
