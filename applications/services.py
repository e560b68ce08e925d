"""The one door: ``perform`` makes a move; nothing else changes the state of a case."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import postings
from applications import clock, effects, events, rules
from applications.models import Act, Application, CaseDuty, Event
from applications.refusals import Barred, Conflict, NotVisible, Unmet
from applications.workflow import BY_NAME, MOVES, SAME, Move
from documents import numbering
from documents import services as papers
from imbportal.daerah import registry
from imbportal.daerah.schema import Link
from imbportal.daerah.vocabulary import GATES


def locked(pk: Any, by: Any) -> Application:
    """Return the case with its row locked; raise NotVisible where the user may not know it."""
    found = Application.objects.visible_to(by).filter(pk=pk).values_list("pk", flat=True).first()
    if found is None:
        raise NotVisible()
    case: Application = Application.objects.select_for_update().get(pk=found)
    return case


def check_version(application: Application, version: int | None) -> None:
    """Raise Conflict where the page that sent ``version`` shows an older case."""
    if version is None or version == application.version:
        return
    last = application.events.filter(actor__is_system=False).order_by("-seq").first()
    who = f"{last.capacity or last.actor} ({BY_NAME[last.move].label})" if last else "orang lain"
    raise Conflict(f"Permohonan ini baru saja diubah oleh {who}. Muat ulang lalu coba lagi.")


@transaction.atomic
def perform(
    name: str, application: Application, *, by: Any, version: int | None = None, note: str = ""
) -> Event:
    """Make one move: lock, check, change state, and write all that it brings.

    Raises NotVisible, Barred, Conflict or Unmet (in this order) and then changes nothing.
    """
    move = BY_NAME[name]
    application = locked(application.pk, by)
    rules.bar(move, application, by)
    rules.turn(move, application, by)
    check_version(application, version)
    if missing := unmet(move, application, note):
        raise Unmet(missing)
    event = _make(move, application, by, note.strip())
    _pass_missing_stages(application)
    _settle(application)
    return event


def unmet(move: Move, application: Application, note: str = "") -> list[str]:
    """Return what a move still lacks."""
    missing = ["Tulis alasannya."] if move.reason and not note.strip() else []
    if move.forward and application.state in GATES:
        missing += rules.needs(application)
    return missing + move.when(application)


def missing_now(move: Move, application: Application) -> list[str]:
    """Return what keeps a button pale; a reason is asked for when it is pressed."""
    return unmet(move, application, note="-")


def available(application: Application, user: Any) -> list[tuple[Move, list[str]]]:
    """Return the moves that the user may make now, each with what it still lacks."""
    return [
        (move, missing_now(move, application))
        for move in MOVES
        if application.state in move.source
        and move.by.ways != {"sistem"}
        and rules.may(move, application, user)
    ]


def _make(move: Move, application: Application, by: Any, note: str, hidden: bool = False) -> Event:
    """Write one move whose checks have passed."""
    now = timezone.now()
    source, turn, link = application.state, application.turn, application.link
    if move.name in ("request_krk", "submit", "resubmit"):
        _fix_rules(application, move.name, now)
    acting = link if move.forward and source in GATES and not hidden else None
    capacity = _capacity(application, by, acting or link, move)
    act = _act(application, acting, by, capacity, now) if acting else None
    getattr(application, move.name)()
    brought = effects.bring(
        move, application, link=acting, act=act, by=by, capacity=capacity, note=note, at=now
    )
    voided = _take_turn(move, application, source, turn, now)
    application.entered_at = now
    event = events.append(
        application, note=note, move=move.name, source=source, target=application.state,
        turn_before=turn, turn_after=application.turn, actor=by, capacity=capacity,
        steps=[*(acting.steps if acting else ()), *_on(application, move).steps],
        data=brought | ({"voided": voided} if voided else {}), hidden=hidden, at=now,
    )  # fmt: skip
    application.turn_role = application.link.role if application.link else ""
    application.save()
    effects.tell(event, application, link=acting, move=move)
    return event


def _on(application: Application, move: Move) -> Any:
    return application.rules.on_move(application.track, move.name)


def _fix_rules(application: Application, move: str, now: datetime.datetime) -> None:
    """Fix version, track, holder and number at the first sending; choose the track anew later."""
    code, _ = rules.chosen_track(application)
    if application.version_used_id is None:
        application.version_used = registry.current_version(application.daerah)
    application.track = code or application.track
    if application.holder_id is None:
        mandate = application.mandate
        application.holder = mandate.owner if mandate else application.applicant.identity
    if not application.number:
        application.number = numbering.take(
            application.rules, "permohonan", now, application.kecamatan
        )
    if move == "submit":
        application.submitted_at = now
    if move == "resubmit":
        application.round += 1


def _capacity(application: Application, by: Any, link: Link | None, move: Move) -> str:
    """Return the title in which somebody acts, as it is printed."""
    if by.is_system:
        return "Sistem"
    roles = [link.role] if link else []
    roles += [application.rules.head] if "head" in move.by.ways else []
    roles += [_on(application, move).role or ""] if "named" in move.by.ways else []
    for role in roles:
        posting = postings.holds(by, application.daerah, role, kecamatan=application.kecamatan)
        if role and posting:
            return postings.capacity(posting, application.rules)
    return "Pemohon"


def _act(
    application: Application, link: Link, by: Any, capacity: str, now: datetime.datetime
) -> Act:
    """Write the act of the link on turn, and the duty that goes with it."""
    if link.duty:
        _take_duty(application, by, link.duty)
    try:
        with transaction.atomic():
            return Act.objects.create(
                application=application, gate=application.state, link=application.turn,
                act=link.act, role=link.role, by=by, capacity=capacity, at=now,
            )  # fmt: skip
    except IntegrityError:
        raise Conflict("Langkah ini baru saja dikerjakan orang lain. Muat ulang.") from None


def _take_duty(application: Application, by: Any, duty: str) -> None:
    """Let the person hold the duty; raise Barred where he holds another one in this case."""
    try:
        with transaction.atomic():
            held, _ = CaseDuty.objects.get_or_create(
                application=application, person=by,
                defaults={"duty": duty, "nik_lookup": rules.nik_of(by)},
            )  # fmt: skip
    except IntegrityError:
        raise Barred("Orang dengan NIK yang sama sudah memegang tugas lain di sini.") from None
    if held.duty != duty:
        raise Barred(f"Anda sudah memegang tugas {held.duty} dalam permohonan ini.")


def _take_turn(
    move: Move, application: Application, source: str, turn: int, now: datetime.datetime
) -> list[str]:
    """Set whose turn it is after a move; return the numbers of the papers that it voided."""
    reason = f"Dikembalikan: {move.label}"
    if move.name == "endorse":
        application.turn = turn + 1
        return []
    if move.name == "send_back":
        application.turn = turn - 1
        acts = application.acts.filter(gate=source, link=turn - 1, voided_at=None)
        return _void(application, acts, reason, now)
    if move.target is SAME:
        return []
    if move.name == "request_revision":
        application.resume_turn = turn
    application.turn = application.resume_turn if not move.enters else 0
    if not move.enters or application.state not in GATES:
        return []
    later = GATES[GATES.index(application.state) :]
    return _void(application, application.acts.filter(gate__in=later, voided_at=None), reason, now)


def _void(application: Application, acts: Any, reason: str, now: datetime.datetime) -> list[str]:
    """Void acts and the papers that they signed or issued, but for those that the file keeps."""
    kept = {*application.rules.keep, "skrd"}
    numbers = []
    for act in acts.prefetch_related("papers"):
        for paper in act.papers.all():
            stays = paper.kind in kept and paper.number
            if not stays and paper.status != "batal":
                papers.void(paper, reason=reason, at=now)
                numbers.append(paper.number or paper.kind)
        act.voided_at = now
        act.save(update_fields=["voided_at"])
    return numbers


def _pass_missing_stages(application: Application) -> None:
    """Let *sistem* make the first forward move of each gate that the track lacks."""
    from accounts.models import User

    while application.state in GATES and not application.chain:
        forward = [m for m in MOVES if application.state in m.source and m.forward]
        lacking: list[str] = []
        for move in (m for m in forward if m.name != "endorse"):
            if not (missing := move.when(application)):
                _make(move, application, User.objects.sistem(), "", hidden=True)
                break
            lacking += missing
        else:
            raise Unmet(lacking)


def _settle(application: Application) -> None:
    """Save what follows from the new state: version, nearest deadline."""
    application.version += 1
    application.due_at = clock.due(application)
    application.save()
