"""What would stop a case on its way: records, papers and bills that come where nothing waits.

Each function yields (key, problem) in plain English.
"""

from collections.abc import Iterator

from imbportal import areas
from imbportal.daerah import conditions, corrections, sanctions, spans
from imbportal.daerah.references import Problems, links, moves
from imbportal.daerah.schema import Daerah
from imbportal.daerah.vocabulary import GATES
from imbportal.daerah.ways import OUTSIDE, Link

JUDGED = ("SUBMITTED", "ASSESSMENT")
"""Gates whose forward move asks for the verdicts on the documents."""
BILLS, NIL = "issue_skrd", "issue_nil_skrd"
"""The move that issues a bill, and the one that may issue a bill of nothing."""
BY_MOVE = {
    "ssrd": "confirm_payment", "pembatalan_skrd": "void_skrd",
    "rekomendasi_penolakan": "propose_rejection",
}  # fmt: skip
"""Papers of what one move does alone: elsewhere there is nothing to print."""
ISSUED_BY = {"skrd": (BILLS, NIL), "krk": ("issue_krk",), "izin": (), "penolakan": ()}
"""Moves that alone may issue a paper whoever makes them; empty where only links do."""
COUNTED = ("FEE", "SKRD_SIGNING")
"""Gates at which the bill lies ready: the fee is calculated, and not yet billed."""
ONLY_AT = {"serah_terima": ("ISSUED", "READY")}
"""Records whose form asks for what exists from a gate on: the pick-up code."""
SIGNED_UNTIL = {"izin": "PERMIT_SIGNING", "penolakan": "REJECTION_SIGNING"}
"""Gates whose last move wants every signature of the paper."""
Place = tuple[str, int, Link]


def problems(daerah: Daerah) -> Problems:
    for index, requirement in enumerate(daerah.requirement):
        if requirement.checked_at not in JUDGED:
            wanted = " or ".join(JUDGED)
            yield f"requirement[{index}].checked_at", f"nobody asks for the verdict: {wanted}"
    for path, on in moves(daerah):
        move = path.rpartition(".")[2]
        for kind in on.issue:
            if kind in ISSUED_BY and move not in ISSUED_BY[kind]:
                alone = next(iter(ISSUED_BY[kind]), "a link")
                yield f"{path}.issue", f"{kind} is issued by {alone} alone"
        if on.role and move != "submit_payment":
            yield f"{path}.role", "only submit_payment is made by a role that the file names"
    for path, link in links(daerah):
        yield from _link(path, link)
    yield from _decisions(daerah)
    for code in daerah.track:
        if code != OUTSIDE:
            yield from _track(daerah, code)


def _decisions(daerah: Daerah) -> Problems:
    """Find letters of a decision beside the moves in other hands: there is nothing to print."""
    letters = {kind for one in daerah.relief for kind in (one.paper, one.cover) if kind}
    beside = corrections.letters(daerah)
    letters |= {kind for kind, paper in daerah.paper.items() if paper.like in letters}
    named = [(f"{path}.issue", on.issue) for path, on in moves(daerah)]
    for path, link in links(daerah):
        named += [(f"{path}.issue", link.issue), (f"{path}.papers", link.papers)]
    if daerah.late and daerah.late.paper:
        named.append(("late.paper", (daerah.late.paper,)))
    for path, kinds in named:
        for kind in kinds:
            paper = daerah.paper.get(kind)
            alone = BY_MOVE.get(paper.like or kind if paper else kind)
            if alone is not None and not path.endswith(f".{alone}.issue"):
                yield path, f"{kind} is issued by [on.{alone}] alone"
        for kind in letters & {*kinds}:
            yield path, f"{kind} is issued by the decision on a relief alone"
        for kind in beside & {*kinds}:
            yield path, f"{kind} is issued by an objection or a refund alone"
        for kind in sanctions.letters(daerah) & {*kinds}:
            yield path, f"{kind} is issued by what [sanction] allows alone"


def _link(path: str, link: Link) -> Problems:
    gate = path.rpartition(".")[2].partition("[")[0]
    if "skrd" in link.issue:
        yield f"{path}.issue", f"only [on.{BILLS}] issues the bill"
    if "krk" in (*link.issue, *link.papers) and gate != "KRK_REQUESTED":
        yield f"{path}.issue", "the KRK is issued at KRK_REQUESTED, where its figures are recorded"
    if "skrd" in link.papers and gate not in COUNTED:
        yield f"{path}.papers", f"the bill lies ready at {' and '.join(COUNTED)} only"
    for kind, gates in ONLY_AT.items():
        if kind in link.needs and gate not in gates:
            yield f"{path}.needs", f"{kind} cannot be filled in before {gates[0]}"
    if link.deadline and (link.deadline.start or link.deadline.stop):
        yield f"{path}.deadline", "runs from the turn to the act: no start and no stop"


def _track(daerah: Daerah, code: str) -> Problems:
    places = [*_places(daerah, code)]
    path, fee = f"track.{code}", daerah.track[code].fee
    measured = fee and daerah.track[code].retribution
    krk = [link for gate, _, link in places if gate == "KRK_REQUESTED"]
    if krk and not any("krk" in link.needs for link in krk):
        yield (
            f"{path}.stage.KRK_REQUESTED",
            "no link needs the record krk, which the KRK is made of",
        )
    until_fee = GATES[: GATES.index("FEE") + 1]
    counted = (link for gate, _, link in places if gate in until_fee)
    if measured and not any("pendataan" in link.needs for link in counted):
        yield f"{path}.stage.FEE", "no link needs pendataan so far, of which the fee is calculated"
    if fee and "skrd" not in daerah.on_move(code, BILLS).issue:
        yield f"{path}.on.{BILLS}", "the track has a fee, but no skrd is issued"
    if not fee and any("skrd" in link.papers for _, _, link in places):
        yield (
            f"{path}.fee",
            "no fee is calculated, but a link carries the bill: leave its stage out",
        )
    for paper, gate in SIGNED_UNTIL.items():
        yield from _signatures(path, places, paper, gate)
        if sum(paper in link.issue for _, _, link in places) > 1:
            yield path, f"two links issue the paper {paper}, so it would get two numbers"
    yield from _products(path, places)
    yield from _served(daerah, code, places)
    yield from spans.problems(daerah, code)


def _places(daerah: Daerah, code: str) -> Iterator[Place]:
    """Yield (gate, number, link) of a track in the order in which a case passes them."""
    chains = daerah.chains(code)
    for gate in GATES:
        for number, link in enumerate(chains.get(gate, ())):
            yield gate, number, link


def _served(daerah: Daerah, code: str, places: list[Place]) -> Problems:
    """Check that whoever acts in a track has a post for every kecamatan that it takes."""
    when = daerah.track[code].when
    taken = [
        (place, name)
        for place, name in areas.kecamatan(daerah.region_code)
        if conditions.holds(when, {"kecamatan": place}) is not False
    ]
    for gate, number, link in places:
        units = [daerah.unit[unit] for unit in daerah.role[link.role].units]
        for place, name in taken:
            if not any(unit.kecamatan in ("", place) for unit in units):
                here = f"track.{code}.stage.{gate}[{number}].role"
                yield here, f"{link.role} has no post for {name} ({place}), which the track takes"


def _products(path: str, places: list[Place]) -> Problems:
    """Check that what is issued with the permit wants no signature of who signs a refusal."""
    permits = (link for gate, _, link in places if gate == "PERMIT_SIGNING")
    numbered = {kind for link in permits for kind in link.issue}
    products = numbered | {"izin"}
    for gate, number, link in places:
        if gate != "PERMIT_SIGNING":
            for kind in sorted(numbered & {*link.issue}):
                here = f"{path}.stage.{gate}[{number}].issue"
                yield here, f"{kind} is issued with the permit too, so it would get two numbers"
        if gate == "REJECTION_SIGNING" and link.act in ("paraf", "ttd"):
            for kind in sorted(products & {*link.papers}):
                here = f"{path}.stage.{gate}[{number}].papers"
                yield here, f"{kind} is issued with the permit, which never comes here"


def _signatures(path: str, places: list[Place], paper: str, until: str) -> Problems:
    """Check that a paper is signed in time, and numbered after its last signature."""
    signed = False
    for gate, number, link in reversed(places):
        here = f"{path}.stage.{gate}[{number}]"
        if link.act in ("paraf", "ttd") and paper in link.papers:
            late = GATES.index(gate) > GATES.index(until)
            if late or (paper == "penolakan" and gate != until):
                yield f"{here}.papers", f"{paper} must be signed by {until}, which asks for it"
            signed = True
        if paper in link.issue and signed and paper not in link.papers:
            yield f"{here}.issue", f"{paper} takes its number before it is signed"
