"""The scenes that bring every paper which a daerah's file names, found in the file itself.

One plain case goes to its end. What else can become of a case happens to it aside, in the state in
which it can, and is taken back; what a plain house never sees is a case of its own.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import transaction

from applications import casework, handing
from applications.chains import digests
from applications.sanctions import papers as of_permits
from applications.sanctions.hindrances import Words
from feedback.models import Topic
from imbportal.daerah import sanctions
from imbportal.daerah.complaints import ANSWER
from imbportal.daerah.corrections import SKRDLB
from imbportal.daerah.interest import PAPER as STRD
from imbportal.daerah.paper_kinds import DIGEST
from imbportal.daerah.schema import Daerah
from imbportal.daerah.ways import OUTSIDE
from imbportal.demo import buildings, complaints, records
from imbportal.demo.sample_papers import Stage, Walk
from imbportal.demo.stories import building_for, move, plain_track
from retribusi.corrections import paying_back, refunds, ruling

LATE = datetime.timedelta(days=75)
"""From the day of a bill to that on which its interest is billed."""
SHARE = 30
"""Square metres of a house that are used for a business, where the daerah asks."""
CONSIDERED = "Luas menurut gambar ukur ulang sama dengan luas pada SKRD."
DEVIATES = "Bangunan menyimpang dari gambar yang disetujui: dua lantai, bukan satu."
MENDED = "Lantai yang menyimpang sudah dibongkar."
WARNED = datetime.timedelta(days=30)
"""Between two decisions on a permit: a warning has run out by then."""
VOIDED = "Luas lantai pada SKRD salah ketik."
WAY = (
    ("KRK_REQUESTED", ("return_krk", "resend_krk")),
    ("SUBMITTED", ("return_incomplete", "resubmit")),
    ("ASSESSMENT", ("request_revision", "revise")),
    ("FEE", ()), ("AWAITING_PAYMENT", ()), ("PERMIT_SIGNING", ()), ("READY", ()),
    ("COLLECTED", ()),
)  # fmt: skip
"""States in which something may happen aside, and by which moves the plain case returns there."""


class Scene(NamedTuple):
    name: str
    brings: frozenset[str]
    """The kinds for whose sake it is played: not where all of them are there already."""
    play: Callable[[Walk], tuple[Any, str] | None]
    """Returns the case (id) whose papers count and its track; None for the one that walks."""
    at: str = ""
    """State in which it happens to the plain case; "" is a case of its own."""
    building: buildings.Building = buildings.HOUSE
    variant: bool = False
    """Played for what another track prints differently, too."""


def play(stage: Stage) -> None:
    """Play each scene that is needed."""
    plain = plain_track(stage.rules)
    told = list(scenes(stage.rules, plain))
    along, aside = _along(stage.rules, plain), [scene for scene in told if scene.at]
    if not stage.only or stage.only & along.union(*(scene.brings for scene in aside)):
        _tried(stage, "jalan lurus", lambda: _straight(stage, plain, aside))
    for scene in told:
        if not scene.at and _needed(stage, scene):
            _tried(stage, scene.name, lambda s=scene: _kept(stage, s, stage.begin(s.building)))


def _needed(stage: Stage, scene: Scene) -> bool:
    wanted = scene.brings & stage.only if stage.only else scene.brings
    if not wanted:
        return False
    return not wanted <= stage.sampled.kinds or (scene.variant and not stage.only)


def _tried(stage: Stage, name: str, act: Callable[[], None]) -> None:
    """Do something in a savepoint: one scene that fails leaves the rest alone."""
    try:
        with transaction.atomic():
            act()
    except Exception as error:  # noqa: BLE001 - told in full; the other scenes go on
        stage.sampled.failed.append(f"{name}: {type(error).__name__}: {error}")


def _kept(stage: Stage, scene: Scene, walk: Walk) -> None:
    case = walk.driver.case
    pk, track = scene.play(walk) or (walk.driver.fresh().pk, walk.driver.case.track)
    # Aside, the papers of the plain case are not yet all it will have: they are kept at its end.
    stage.keep(pk, track, scene.brings if pk == case.pk and scene.at else ())


def _straight(stage: Stage, plain: str, aside: list[Scene]) -> None:
    """Go to the end, sent back once wherever that can be."""
    walk = stage.begin()
    for state, back in WAY:
        if not _passes(stage.rules, plain, state):
            continue
        case = walk.go(to(state))
        if state == WAY[-1][0]:
            stage.keep(case.pk, case.track)
        for scene in aside:
            if scene.at == state and _needed(stage, scene):
                _tried(stage, scene.name, lambda s=scene: _aside(stage, s, walk))
        walk.go(*map(move, back))


def _aside(stage: Stage, scene: Scene, walk: Walk) -> None:
    with walk.aside():
        _kept(stage, scene, walk)


def _passes(rules: Daerah, track: str, state: str) -> bool:
    """Return whether a case of a track comes through a state."""
    if state == "AWAITING_PAYMENT":
        return rules.track[track].fee
    return state == "COLLECTED" or state in rules.chains(track)


def scenes(rules: Daerah, plain: str) -> Iterator[Scene]:
    """Yield what happens beside the plain case's way."""
    yield from _ends(rules, plain)
    yield from _conditions(rules)
    yield from _tracks(rules, plain)
    yield from _money(rules, plain)
    yield from _services(rules)
    if rules.late is not None and rules.late.paper:
        yield Scene("diantar", frozenset({rules.late.paper}), _brought, at="READY")
    if rules.sanction is not None:
        yield Scene("dicabut", frozenset(sanctions.letters(rules)), _revoked, at="COLLECTED")
    if ANSWER in rules.paper:
        yield Scene("pengaduan", frozenset({ANSWER}), _answered)
    if DIGEST in rules.paper:
        yield Scene("ikhtisar", frozenset({DIGEST}), _digested, at="COLLECTED")


# -- What happens -----------------------------------------------------------------------------
def to(state: str) -> tuple[str, ...]:
    return ("to", state)


def _along(rules: Daerah, track: str) -> frozenset[str]:
    """Return the kinds that a track's links and moves name."""
    links = [link for chain in rules.chains(track).values() for link in chain]
    kinds = {kind for link in links for kind in (*link.papers, *link.issue)}
    moves = {*rules.on, *rules.track[track].on}
    return frozenset(kinds.union(*(rules.on_move(track, name).issue for name in moves)))


def _words(*words: tuple[str, ...]) -> Callable[[Walk], None]:
    """Return a scene that is but these words; those that lie behind the case already are none."""

    def played(walk: Walk) -> None:
        walk.go(*words)

    return played


def _ends(rules: Daerah, plain: str) -> Iterator[Scene]:
    """Yield the two refusals."""
    chains = rules.chains(plain)
    refused = {
        k for link in chains.get("REJECTION_SIGNING", ()) for k in (*link.papers, *link.issue)
    }
    refused |= {*rules.on_move(plain, "propose_rejection").issue}
    yield Scene("ditolak", frozenset(refused), _words(move("propose_rejection"), to("REJECTED")),
                at="ASSESSMENT")  # fmt: skip
    krk = frozenset(rules.on_move(plain, "refuse_krk").issue)
    if krk and "KRK_REQUESTED" in chains:
        yield Scene("KRK ditolak", krk, _words(move("refuse_krk")), at="KRK_REQUESTED")


def _tracks(rules: Daerah, plain: str) -> Iterator[Scene]:
    """Yield each further track to which one of the demo's buildings leads."""
    seen = {plain, OUTSIDE, ""}
    for building in buildings.EVERY:
        code = buildings.track(rules, buildings.answers(rules, building, 0))
        if code not in seen:
            seen.add(code)
            yield Scene(f"jalur {code}", _along(rules, code), _words(to("COLLECTED")),
                        building=building, variant=True)  # fmt: skip


def _conditions(rules: Daerah) -> Iterator[Scene]:
    """Yield, for each paper that is made under a condition only, a case that meets it."""
    for kind, paper in rules.paper.items():
        when = paper.when[0] if isinstance(paper.when, (list, tuple)) else paper.when
        if when:
            house = replace(buildings.HOUSE, business_area=SHARE)
            yield Scene(f"syarat {kind}", frozenset({kind}), _meeting(dict(when)), building=house)


def _meeting(when: dict[str, Any]) -> Callable[[Walk], None]:
    def played(walk: Walk) -> None:
        answers = walk.driver.answers
        answers |= {key: value for key, value in when.items() if "__" not in key}
        answers["business_area"] = Decimal(SHARE)
        walk.go(to("COLLECTED"))

    return played


def _money(rules: Daerah, plain: str) -> Iterator[Scene]:
    """Yield what happens to a bill beside its payment."""
    unpaid = "AWAITING_PAYMENT"
    voiding = frozenset(rules.on_move(plain, "void_skrd").issue)
    if voiding:
        yield Scene("SKRD dibatalkan", voiding, _voided, at=unpaid)
    for relief in rules.relief:
        building = building_for(rules, relief)
        if relief.paper and not relief.automatic and building is not None:
            kinds = frozenset({relief.paper, *filter(None, [relief.cover])})
            play = _words(to("FEE"), ("ask_relief", relief.code), ("grant_relief",))
            at = "FEE" if building is buildings.HOUSE else ""
            yield Scene(f"keringanan {relief.code}", kinds, play, at=at, building=building)
    if STRD in rules.paper:
        yield Scene("terlambat", frozenset({STRD}), _overdue, at=unpaid)
    if (rule := rules.objection) is not None:
        yield Scene("keberatan", frozenset({rule.receipt, rule.paper}), _objected, at=unpaid)
    if SKRDLB in rules.paper:
        yield Scene("pengembalian", frozenset({SKRDLB}), _paid_back, at="PERMIT_SIGNING")


def _voided(walk: Walk) -> None:
    driver = walk.driver
    walk.stage.pass_time(datetime.timedelta(days=1))
    driver.perform("void_skrd", driver.officers[walk.stage.rules.head], VOIDED)


def _overdue(walk: Walk) -> None:
    walk.stage.pass_time(LATE)
    walk.driver.bill_interest()


def _objected(walk: Walk) -> None:
    rule, officers = walk.stage.rules.objection, walk.driver.officers
    if rule is None:
        return
    objection = walk.go(("object",)).objections.latest("pk")
    if rule.forwarded_by:
        ruling.forward(objection, by=officers[rule.forwarded_by])
    walk.stage.pass_time(datetime.timedelta(days=1))
    walk.driver.beside(ruling.refuse, objection, CONSIDERED, by=officers[rule.decided_by])


def _paid_back(walk: Walk) -> None:
    """Refuse a case after its payment: the whole goes back."""
    case = walk.go(
        move("return_permit"), move("propose_rejection"), to("REJECTED"), ("file_account",)
    )
    refund = case.refunds.latest("pk")
    officer = walk.driver.officers[refunds.approver(case)]
    walk.driver.beside(paying_back.approve, refund, by=officer)


def _brought(walk: Walk) -> None:
    """Bring the permit to the address, as the daerah owes it where it is late."""
    driver = walk.driver
    case = driver.fresh()
    while case.turn < len(case.chain) - 1:
        driver.act()
        case = driver.fresh()
    way = {"way": handing.BROUGHT, "address": case.holder.address if case.holder else ""}
    by = driver.actor()
    for kind in case.link.needs if case.link else ():
        data = records.write(case, kind) | (way if kind == handing.RECORD else {})
        casework.record(case, kind, data, by=by)
    driver.perform("hand_over", by)


def _services(rules: Daerah) -> Iterator[Scene]:
    """Yield each service on a permit."""
    for code, track in rules.track.items():
        if track.after_permit:
            yield Scene(f"layanan {code}", _along(rules, code), _service(code), at="COLLECTED",
                        variant=True)  # fmt: skip


def _service(code: str) -> Callable[[Walk], tuple[Any, str]]:
    def played(walk: Walk) -> tuple[Any, str]:
        asked = walk.stage.begin(track=code, service=code, on=walk.driver)
        return asked.go(to("COLLECTED")).pk, code

    return played


def _revoked(walk: Walk) -> None:
    """Warn the holder, freeze his permit, release it, and revoke it in the end."""
    case, rules = walk.driver.fresh(), walk.stage.rules
    kinds = [sanctions.FREEZING, sanctions.LIFTING, sanctions.WARNING, sanctions.REVOKING]
    permit = of_permits.permit_of(case)
    assert permit is not None  # noqa: S101 - the plain case was collected
    by = walk.driver.officers[of_permits.decider(case)]
    for kind in kinds:
        if kind in sanctions.letters(rules):
            reason = MENDED if kind == sanctions.LIFTING else DEVIATES
            words = Words(reason, "Berita acara pemeriksaan 12/BA/2026")
            walk.driver.decide(kind, permit, words, by)
            walk.stage.pass_time(WARNED)


def _answered(walk: Walk) -> tuple[Any, str]:
    slug = walk.stage.slug
    told = complaints.Told(
        slug, topic=Topic.TIME, text="Berkas saya belum diperiksa sejak dua minggu lalu.",
        name="Parto Wijaya", email=f"parto.{slug}@demo.test",
    )  # fmt: skip
    told.receive()
    walk.stage.pass_time(datetime.timedelta(days=2))
    told.answer()
    return told.pk, ""


def _digested(walk: Walk) -> tuple[Any, str]:
    made = digests.make(walk.stage.slug)
    if made is None:
        raise LookupError("no chain to digest")
    return made.pk, ""
