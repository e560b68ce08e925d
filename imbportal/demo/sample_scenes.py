"""The scenes that bring every paper which a daerah's file names, found in the file itself."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import transaction

from applications import casework, handing
from feedback.complaints.letter import KIND as ANSWER
from feedback.models import Topic
from imbportal.daerah.corrections import SKRDLB
from imbportal.daerah.interest import PAPER as STRD
from imbportal.daerah.reliefs import Relief
from imbportal.daerah.schema import Daerah
from imbportal.daerah.ways import OUTSIDE
from imbportal.demo import buildings, complaints, records
from imbportal.demo.sample_papers import Stage
from imbportal.demo.stories import building_for, move, plain_track
from retribusi.corrections import paying_back, refunds, ruling

LATE = datetime.timedelta(days=75)
"""From the day of a bill to that on which its interest is billed."""
SHARE = 30
"""Square metres of a house that are used for a business, where the daerah asks."""
CONSIDERED = "Luas menurut gambar ukur ulang sama dengan luas pada SKRD."
VOIDED = "Luas lantai pada SKRD salah ketik."
Play = Callable[[Stage], None]


class Scene(NamedTuple):
    name: str
    brings: frozenset[str]
    """The kinds for whose sake it is played: not where all of them are there already."""
    play: Play
    variant: bool = False
    """Played for what another track prints differently, too."""


def play(stage: Stage) -> None:
    """Play each scene that is needed, each in a savepoint: one that fails leaves the rest alone."""
    sampled, only = stage.sampled, stage.only
    for scene in scenes(stage.rules):
        wanted = scene.brings & only if only else scene.brings
        if only and not wanted:
            continue
        if wanted <= sampled.kinds and (only or not scene.variant):
            continue
        try:
            with transaction.atomic():
                scene.play(stage)
        except Exception as error:  # noqa: BLE001 - told in full; the other scenes go on
            sampled.failed.append(f"{scene.name}: {type(error).__name__}: {error}")


def scenes(rules: Daerah) -> Iterator[Scene]:
    plain = plain_track(rules)
    yield Scene("jalan lurus", _along(rules, plain), _straight, variant=True)
    yield from _ends(rules, plain)
    yield from _conditions(rules)
    yield from _tracks(rules, plain)
    yield from _money(rules)
    yield from _services(rules)
    if rules.late is not None and rules.late.paper:
        yield Scene("diantar", frozenset({rules.late.paper}), _brought)
    if ANSWER in rules.paper:
        yield Scene("pengaduan", frozenset({ANSWER}), _answered)


# -- What happens -----------------------------------------------------------------------------
def to(state: str) -> tuple[str, ...]:
    return ("to", state)


def _along(rules: Daerah, track: str) -> frozenset[str]:
    """Return the kinds that a track's links and moves name."""
    links = [link for chain in rules.chains(track).values() for link in chain]
    kinds = {kind for link in links for kind in (*link.papers, *link.issue)}
    moves = {*rules.on, *rules.track[track].on}
    return frozenset(kinds.union(*(rules.on_move(track, name).issue for name in moves)))


def _straight(stage: Stage) -> None:
    """Go to the end, sent back once wherever that can be."""
    rules, driver = stage.rules, stage.driver()
    words = [
        to("SUBMITTED"), move("return_incomplete"), move("resubmit"),
        to("ASSESSMENT"), move("request_revision"), move("revise"), to("COLLECTED"),
    ]  # fmt: skip
    if "KRK_REQUESTED" in rules.chains(plain_track(rules)):
        words = [to("KRK_REQUESTED"), move("return_krk"), move("resend_krk"), *words]
    case = stage.walk(driver, *words)
    stage.keep(case.pk, case.track)
    stage.first = driver


def _ends(rules: Daerah, plain: str) -> Iterator[Scene]:
    """Yield the two refusals."""
    chains = rules.chains(plain)
    refused = {
        k for link in chains.get("REJECTION_SIGNING", ()) for k in (*link.papers, *link.issue)
    }
    yield Scene("ditolak", frozenset(refused), _walk(
        to("ASSESSMENT"), move("propose_rejection"), to("REJECTED"),
    ))  # fmt: skip
    krk = frozenset(rules.on_move(plain, "refuse_krk").issue)
    if krk and "KRK_REQUESTED" in chains:
        yield Scene("KRK ditolak", krk, _walk(to("KRK_REQUESTED"), move("refuse_krk")))


def _walk(*words: tuple[str, ...], **building: Any) -> Play:
    """Return a scene that is a walk of one new case."""

    def played(stage: Stage) -> None:
        case = stage.walk(stage.driver(**building), *words)
        stage.keep(case.pk, case.track)

    return played


def _tracks(rules: Daerah, plain: str) -> Iterator[Scene]:
    """Yield each further track to which one of the demo's buildings leads."""
    seen = {plain, OUTSIDE, ""}
    for building in buildings.EVERY:
        code = buildings.track(rules, buildings.answers(rules, building, 0))
        if code not in seen:
            seen.add(code)
            walk = _walk(to("COLLECTED"), building=building)
            yield Scene(f"jalur {code}", _along(rules, code), walk, variant=True)


def _conditions(rules: Daerah) -> Iterator[Scene]:
    """Yield, for each paper that is made under a condition only, a case that meets it."""
    for kind, paper in rules.paper.items():
        when = paper.when[0] if isinstance(paper.when, (list, tuple)) else paper.when
        if when:
            yield Scene(f"syarat {kind}", frozenset({kind}), _meeting(dict(when)))


def _meeting(when: dict[str, Any]) -> Play:
    def played(stage: Stage) -> None:
        house = replace(buildings.HOUSE, business_area=SHARE)
        driver = stage.driver(house)
        driver.answers |= {key: value for key, value in when.items() if "__" not in key}
        driver.answers["business_area"] = Decimal(SHARE)
        case = stage.walk(driver, to("COLLECTED"))
        stage.keep(case.pk, case.track)

    return played


def _money(rules: Daerah) -> Iterator[Scene]:
    """Yield what happens to a bill beside its payment."""
    voiding = frozenset(rules.on_move(plain_track(rules), "void_skrd").issue)
    if voiding:
        yield Scene("SKRD dibatalkan", voiding, _voided)
    for relief in rules.relief:
        building = building_for(rules, relief)
        if relief.paper and not relief.automatic and building is not None:
            kinds = frozenset({relief.paper, *filter(None, [relief.cover])})
            yield Scene(f"keringanan {relief.code}", kinds, _relieved(relief, building))
    if STRD in rules.paper:
        yield Scene("terlambat", frozenset({STRD}), _overdue)
    if (rule := rules.objection) is not None:
        yield Scene("keberatan", frozenset({rule.receipt, rule.paper}), _objected)
    if SKRDLB in rules.paper:
        yield Scene("pengembalian", frozenset({SKRDLB}), _paid_back)


def _voided(stage: Stage) -> None:
    driver = stage.driver()
    stage.walk(driver, to("AWAITING_PAYMENT"))
    stage.pass_time(datetime.timedelta(days=1))
    driver.perform("void_skrd", driver.officers[stage.rules.head], VOIDED)
    stage.keep(driver.case.pk)


def _relieved(relief: Relief, building: buildings.Building) -> Play:
    return _walk(to("FEE"), ("ask_relief", relief.code), ("grant_relief",), building=building)


def _overdue(stage: Stage) -> None:
    driver = stage.driver()
    stage.walk(driver, to("AWAITING_PAYMENT"))
    stage.pass_time(LATE)
    driver.bill_interest()
    stage.keep(driver.case.pk)


def _objected(stage: Stage) -> None:
    driver, rule = stage.driver(), stage.rules.objection
    case = stage.walk(driver, to("AWAITING_PAYMENT"), ("object",))
    objection = case.objections.latest("pk")
    if rule is None:
        return
    if rule.forwarded_by:
        ruling.forward(objection, by=driver.officers[rule.forwarded_by])
    stage.pass_time(datetime.timedelta(days=1))
    ruling.refuse(objection, CONSIDERED, by=driver.officers[rule.decided_by])
    stage.keep(case.pk)


def _paid_back(stage: Stage) -> None:
    """Refuse a case after its payment: the whole goes back."""
    driver = stage.driver()
    case = stage.walk(
        driver, to("PERMIT_SIGNING"), move("return_permit"), move("propose_rejection"),
        to("REJECTED"), ("file_account",),
    )  # fmt: skip
    refund = case.refunds.latest("pk")
    paying_back.approve(refund, by=driver.officers[refunds.approver(case)])
    stage.keep(case.pk)


def _brought(stage: Stage) -> None:
    """Bring the permit to the address, as the daerah owes it where it is late."""
    driver = stage.driver()
    case = stage.walk(driver, to("READY"))
    while case.turn < len(case.chain) - 1:
        driver.act()
        case = driver.fresh()
    way = {"way": handing.BROUGHT, "address": case.holder.address if case.holder else ""}
    by = driver.actor()
    for kind in case.link.needs if case.link else ():
        data = records.write(case, kind) | (way if kind == handing.RECORD else {})
        casework.record(case, kind, data, by=by)
    driver.perform("hand_over", by)
    stage.keep(case.pk)


def _services(rules: Daerah) -> Iterator[Scene]:
    """Yield each service on a permit, last the one that puts another in its place."""
    tracks = [(code, track) for code, track in rules.track.items() if track.after_permit]
    for code, _ in sorted(tracks, key=lambda item: item[1].replaces):
        yield Scene(f"layanan {code}", _along(rules, code), _service(code), variant=True)


def _service(code: str) -> Play:
    def played(stage: Stage) -> None:
        if stage.first is None:
            raise LookupError("no permit to ask it on")
        driver = stage.driver(service=code, on=stage.first)
        case = stage.walk(driver, to("COLLECTED"), track=code)
        stage.keep(case.pk, code)

    return played


def _answered(stage: Stage) -> None:
    told = complaints.Told(
        stage.slug, topic=Topic.TIME, text="Berkas saya belum diperiksa sejak dua minggu lalu.",
        name="Parto Wijaya", email=f"parto.{stage.slug}@demo.test",
    )  # fmt: skip
    told.receive()
    stage.pass_time(datetime.timedelta(days=2))
    told.answer()
    stage.keep(told.pk)
