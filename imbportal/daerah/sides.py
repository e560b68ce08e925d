"""The two sides of a file: applications for a new permit, and services on one that was issued.

Each side is checked by itself, as a file with its own questions, documents and tracks; here stands
what lies between the two. Functions yield (key, problem) in plain English.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from imbportal.daerah import conditions
from imbportal.daerah.references import Problems
from imbportal.daerah.rule import When
from imbportal.daerah.schema import Daerah
from imbportal.daerah.ways import OUTSIDE, Share, Track

TABLES = ("section", "fact", "statement", "requirement", "check", "relief")
"""Tables of which a side has a part: their places in the file are counted over both."""
KNOWN = "permit_in_portal"
"""The fact that only a service has: whether the portal itself issued the permit."""
PLACES = ("nomor", "tanggal")
"""What the note on a permit must take of the older one."""
OF_A_SERVICE = ("replaces", "copies", "share", "permit_title", "permit_note")
Check = Callable[[Daerah], Problems]


def each(daerah: Daerah, *checks: Check) -> list[tuple[str, str]]:
    """Return what the checks find on either side, each thing once, by its place in the file."""
    both = daerah.sides
    sides = [_by_itself(both[False], both[True])]
    if _serves(daerah):
        sides.append(_by_itself(both[True], both[False]))
    found = [
        (_in_file(daerah, side, path), problem)
        for check in checks
        for side in sides
        for path, problem in check(side)
    ]
    return list(dict.fromkeys(found))


def problems(daerah: Daerah) -> Problems:
    """Check what the sides ask of each other, and what the track of a service says of its own."""
    if not _serves(daerah):
        for table in ("section", "statement", "requirement"):
            for index, item in enumerate(getattr(daerah, table)):
                if item.after_permit:
                    yield (
                        f"{table}[{index}].after_permit",
                        "no track with after_permit: it is never asked",
                    )
    for after, side in daerah.sides.items():
        yield from _foreign(daerah, side, daerah.sides[not after], after)
    for code, track in daerah.track.items():
        yield from _of_track(daerah, track, f"track.{code}")
        for index, share in enumerate(track.share):
            yield from _share(daerah, share, f"track.{code}.share[{index}]")


def _share(daerah: Daerah, share: Share, path: str) -> Problems:
    """Check that what is split off a permit is a figure, and that the whole's is known."""
    for key, after in (("part", True), ("whole", False), ("older", True)):
        code = getattr(share, key)
        asked = {fact.code: fact.type for fact in daerah.sides[after].fact}
        if code not in asked:
            yield f"{path}.{key}", f'unknown fact "{code}"'
        elif asked[code] != "decimal":
            yield f"{path}.{key}", f"{code} is a {asked[code]}, and no figure to add"


def _serves(daerah: Daerah) -> bool:
    return any(track.after_permit for track in daerah.track.values())


def _by_itself(side: Daerah, other: Daerah) -> Daerah:
    """Return a side without the conditions of papers that only the other side can decide."""
    own, foreign = _codes(side), _codes(other)
    papers = {
        code: paper.model_copy(update={"when": None})
        if (names := _names(paper.when)) - own and names & foreign
        else paper
        for code, paper in side.paper.items()
    }
    return side.model_copy(update={"paper": papers})


def _codes(side: Daerah) -> set[str]:
    return {fact.code for fact in side.fact}


def _names(when: Any) -> set[str]:
    try:
        return {name for name, _, _ in conditions.names(when)}
    except AttributeError:  # no tables: told with the condition itself
        return set()


def _in_file(daerah: Daerah, side: Daerah, path: str) -> str:
    """Return a place on a side as the place in the whole file."""
    found = re.match(rf"({'|'.join(TABLES)})\[(\d+)\]", path)
    if found is None:
        return path
    table, item = found[1], getattr(side, found[1])[int(found[2])]
    whole = next(n for n, x in enumerate(getattr(daerah, table)) if x is item)
    return f"{table}[{whole}]{path[found.end() :]}"


def _foreign(daerah: Daerah, side: Daerah, other: Daerah, after: bool) -> Problems:
    """Check that conditions name no question that only the other side asks."""
    lacking = _codes(other) - _codes(side) | (set() if after else {KNOWN})
    wanted = "new permits" if after else "services on an existing permit"
    for path, when in _conditions(side):
        for name in sorted(_names(when) & lacking):
            yield _in_file(daerah, side, path), f"{name} belongs to {wanted} only"


def _conditions(side: Daerah) -> Iterator[tuple[str, When | None]]:
    for table in ("fact", "requirement", "check", "relief"):
        for index, item in enumerate(getattr(side, table)):
            yield f"{table}[{index}].when", item.when
    for code, track in side.track.items():
        yield f"track.{code}.when", track.when


def _of_track(daerah: Daerah, track: Track, path: str) -> Problems:
    """Check what a track owes, and what only a service may say."""
    if path == f"track.{OUTSIDE}" and track.after_permit:
        yield f"{path}.after_permit", "takes whoever matches no other, on both sides"
    yield from _owed(daerah, track, path)
    if not track.after_permit:
        for field in OF_A_SERVICE:
            if getattr(track, field):
                yield f"{path}.{field}", "belongs to a track with after_permit"
        return
    if not track.permit_note:
        yield f"{path}.permit_note", "missing: what the permit says of the older one"
        return
    places = set(re.findall(r"{(\w*)}", track.permit_note))
    for place in sorted(places - {*PLACES}):
        yield f"{path}.permit_note", f'unknown place "{{{place}}}"'
    for place in PLACES:
        if place not in places:
            yield f"{path}.permit_note", f"must name the older permit: {{{place}}} is missing"
    if set("{}") & {*re.sub(r"{\w*}", "", track.permit_note)}:
        yield f"{path}.permit_note", "a brace that belongs to no place"


def _owed(daerah: Daerah, track: Track, path: str) -> Problems:
    newest = daerah.tariff[-1].biaya if daerah.tariff else {}
    for code in track.biaya:
        if code not in newest:
            yield f"{path}.biaya", f'unknown fee "{code}": the newest tariff has no such biaya'
    if track.biaya and not track.fee:
        yield f"{path}.biaya", "the track has no fee"
    if track.fee and not track.retribution and not track.biaya:
        yield f"{path}.biaya", "missing: with retribution = false these fees are all that is owed"
