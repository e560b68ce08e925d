"""The one door: ``perform`` makes a move; nothing else changes the state of a case."""

from __future__ import annotations

import datetime
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import postings
from applications import (
    besides,
    clock,
    counter,
    effects,
    events,
    guards,
    originals,
    ports,
    record_needs,
    rules,
    telling,
)
from applications import sealing as seals
from applications.models import Act, Application, CaseDuty, Event
from applications.refusals import Barred, Conflict, NotVisible, Unmet
from applications.sealing import Sealing
from applications.workflow import BY_NAME, MOVES, SAME, Move
from documents import numbering
from documents import services as papers
from imbportal.daerah import registry
from imbportal.daerah.vocabulary import GATES
from imbportal.daerah.ways import Link


def locked(pk: Any, by: Any) -> Application:
    """Return the case with its row locked; raise NotVisible where the user may not know it."""
    held = list(postings.of(by)) if by.is_authenticated and not by.is_system else []
    seen = Application.objects.visible_to(by, held).select_for_update(of=("self",))
    case: Application | None = seen.one(pk)
    if case is None:
        raise NotVisible()
    rules.know_roles(case, by, held)
    return case


def check_version(
    application: Application, version: int | None, by: Any = None, move: str = ""
) -> None:
    """Raise Conflict where the page that sent ``version`` shows an older case.

    A colleague among the officers (``by``) is told the name as well as the post; who clicked
    twice on a ``move``, that it is done.
    """
    if version is None or version == application.version:
        return
    last = application.events.filter(actor__is_system=False).order_by("-seq").first()
    if last and by is not None and (last.actor_id, last.move) == (by.pk, move):
        label = besides.label(move)
        raise Conflict(f"Langkah Anda sudah tercatat: {label}. Muat ulang untuk melanjutkan.")
    who = f"{_who(last, by)} ({besides.label(last.move)})" if last else "orang lain"
    raise Conflict(f"Permohonan ini baru saja diubah oleh {who}. Muat ulang lalu coba lagi.")


def _who(event: Event, reader: Any) -> str:
    names = [str(event.actor)] if getattr(reader, "is_staff", False) else []
    return ", ".join([*names, event.capacity] if event.capacity else [str(event.actor)])


@transaction.atomic
def perform(
    name: str, application: Application, *, by: Any, version: int | None = None, note: str = "",
    sealing: Sealing | None = None,
) -> Event:  # fmt: skip
    """Make one move: lock, check, change state, and write all that it brings.

    Raises NotVisible, Barred, Conflict or Unmet (in this order) and then changes nothing. What its
    maker signs electronically comes with him through ``signing.sign`` (``sealing``).
    """
    move = BY_NAME[name]
    application = checked(move, application, by, version, note)
    if sealing is None and seals.kinds(application, move):
        raise Unmet([seals.SIGN_ON_PAGE])
    return carry_out(move, application, by, note.strip(), sealing)


def checked(
    move: Move, application: Application, by: Any, version: int | None, note: str = ""
) -> Application:
    """Return the case, locked, where the user may make the move now; raise a refusal else."""
    application = locked(application.pk, by)
    rules.bar(move, application, by)
    # An old page first: who was faster says more than the stage in which the case is now.
    check_version(application, version, by, move.name)
    rules.turn(move, application, by)
    if missing := unmet(move, application, note, by):
        raise Unmet(missing)
    return application


def checked_now(move: Move, application: Application, by: Any) -> Move:
    """Return a move that the user may make now, as its page shows it; raise a refusal else."""
    rules.bar(move, application, by)
    rules.turn(move, application, by)
    if missing := missing_now(move, application, by):
        raise Unmet(missing)
    return move


def follow(name: str, application: Application, note: str) -> Event:
    """Let *sistem* make the move that follows from what the caller wrote, whosever turn it is.

    The caller has locked the case and asked who may; only state and condition are looked at here.
    """
    from accounts.models import User

    move, sistem = BY_NAME[name], User.objects.sistem()
    if application.state not in move.source:
        raise Conflict(f"Permohonan ini sekarang pada tahap {application.stage_label}.")
    if missing := unmet(move, application, note):
        raise Unmet(missing)
    return carry_out(move, application, sistem, note)


def carry_out(
    move: Move, application: Application, by: Any, note: str, sealing: Sealing | None = None
) -> Event:
    """Write one move whose checks have passed, and all that it brings."""
    made = _make(move, application, by, note, sealing=sealing)
    passed = _pass_missing_stages(application)
    _settle(application)
    telling.tell(made.event, application, link=made.link, move=move, passed=passed)
    ports.money.moved(application, [item.name for item in (move, *passed)])
    ports.survey.invite(made.event, application)
    return made.event


def unmet(move: Move, application: Application, note: str = "", by: Any = None) -> list[str]:
    """Return what a move still lacks, each thing once."""
    missing = [] if note.strip() else reasons(move, application)
    if move.forward and application.state in GATES:
        missing += record_needs.lacking(application, by) + originals.lacking(application)
    return list(dict.fromkeys(missing + move.when(application)))


def reasons(move: Move, application: Application) -> list[str]:
    """Return what a move asks a written reason for; nothing where it goes without one."""
    if move.reason:
        return ["Tulis alasannya."]
    return [
        f"Tulis mengapa tetap diteruskan, atau minta perbaikan: {text}."
        for text in move.despite(application)
    ]


def missing_now(move: Move, application: Application, by: Any = None) -> list[str]:
    """Return what keeps a button pale; a reason is asked for when it is pressed."""
    return unmet(move, application, note="-", by=by)


def available(application: Application, user: Any) -> list[tuple[Move, list[str]]]:
    """Return the moves that the user may make now, each with what it still lacks."""
    return [
        (move, missing_now(move, application, user))
        for move in MOVES
        if application.state in move.source
        and move.by.ways != {"sistem"}
        and rules.may(move, application, user)
    ]


class Made(NamedTuple):
    """A move that was written, and the link whose act it was."""

    event: Event
    link: Link | None


def _make(
    move: Move, application: Application, by: Any, note: str, hidden: bool = False,
    sealing: Sealing | None = None,
) -> Made:  # fmt: skip
    """Write one move whose checks have passed; what was sealed bears the moment of its seal."""
    now = sealing.at if sealing else timezone.now()
    source, turn, link = application.state, application.turn, application.link
    if move.name in ("request_krk", "submit", "resubmit"):
        _fix_rules(application, move.name, now)
    acting = link if move.forward and source in GATES and not hidden else None
    capacity = _capacity(application, by, acting or link, move)
    act = _act(application, acting, by, capacity, now) if acting else None
    getattr(application, move.name)()
    brought = effects.bring(
        move, application, link=acting, act=act, by=by, capacity=capacity, note=note, at=now,
        sealing=sealing,
    )  # fmt: skip
    voided = _take_turn(move, application, source, turn, now)
    if (application.state, application.turn) != (source, turn):
        application.entered_at, application.claimed_by = now, None
    event = events.append(
        application, note=note, move=move.name, source=source, target=application.state,
        turn_before=turn, turn_after=application.turn, actor=by, capacity=capacity,
        steps=[*(acting.steps if acting else ()), *_on(application, move).steps],
        data=_with_voided(brought, voided), hidden=hidden, at=now,
    )  # fmt: skip
    application.turn_role = application.link.role if application.link else ""
    application.save()
    return Made(event, acting)


def _with_voided(brought: dict[str, Any], voided: list[str]) -> dict[str, Any]:
    """Return what an event keeps: of papers that fell, all."""
    every = [*brought.get("voided", []), *voided]
    return brought | ({"voided": every} if every else {})


def _on(application: Application, move: Move) -> Any:
    return application.rules.on_move(application.track, move.name)


def _fix_rules(application: Application, move: str, now: datetime.datetime) -> None:
    """Fix version, track, holder and number at the first sending; choose the track anew later."""
    code, _ = guards.chosen_track(application)
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
        application.registered_at = now
    if move == "submit":
        application.submitted_at = now


def _capacity(application: Application, by: Any, link: Link | None, move: Move) -> str:
    """Return the title in which somebody acts, as it is printed."""
    ways = move.by.ways
    if by.is_system:
        return "Sistem"
    if "applicant" in ways and rules.is_applicant(application, by):
        return "Pemohon"
    named = _on(application, move).role if "named" in ways else None
    for role in (application.rules.head if "head" in ways else None, named, link and link.role):
        posting = role and postings.holds(
            by, application.daerah, role, kecamatan=application.kecamatan
        )
        if posting:
            return postings.capacity(posting, application.rules)
    if "applicant" in ways and rules.at_counter(application, by):
        return counter.CAPACITY
    return "Pemohon"


def _act(
    application: Application, link: Link, by: Any, capacity: str, now: datetime.datetime
) -> Act:
    """Write the act of the link on turn, and the duty that goes with it."""
    if link.duty:
        take_duty(application, by, link.duty)
    try:
        with transaction.atomic():
            return Act.objects.create(
                application=application, gate=application.state, link=application.turn,
                act=link.act, role=link.role, by=by, capacity=capacity, at=now,
            )  # fmt: skip
    except IntegrityError:
        raise Conflict("Langkah ini baru saja dikerjakan orang lain. Muat ulang.") from None


def take_duty(application: Application, by: Any, duty: str) -> None:
    """Let the person hold the duty; raise Barred where he holds another one in this case."""
    held = rules.duties_of(application, by)
    if held - {duty}:
        raise Barred("Orang yang sama sudah memegang tugas lain dalam permohonan ini.")
    if duty not in held:
        CaseDuty.objects.create(
            application=application, person=by, nik_lookup=rules.nik_of(by), duty=duty
        )


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
    if move.name in effects.SENDS_POINTS:
        application.round += 1
    application.turn = application.resume_turn if not move.enters else 0
    if not move.enters or application.state not in GATES:
        return []
    later = GATES[GATES.index(application.state) :]
    return _void(application, application.acts.filter(gate__in=later, voided_at=None), reason, now)


def _void(application: Application, acts: Any, reason: str, now: datetime.datetime) -> list[str]:
    """Void acts, their signatures, and the papers issued at them; return those papers' numbers.

    Kinds that the file keeps and bills stay. A signed draft goes once no standing act carries it:
    what is signed never changes, so its content can only be made anew.
    """
    gone = list(acts.prefetch_related("papers"))
    application.acts.filter(pk__in=[act.pk for act in gone]).update(voided_at=now)
    numbers = []
    for act in gone:
        for paper in act.papers.exclude(status="batal"):
            if _goes_along(application, act, paper):
                papers.void(paper, reason=reason, at=now)
                numbers.append(paper.number or paper.kind)
            elif not paper.number:
                papers.unsign(paper, act=act.act, role=act.role, at=now)
    return numbers


def _goes_along(application: Application, act: Act, paper: Any) -> bool:
    """Return whether a paper falls with a voided act: issued at it, or signed by nobody else."""
    if not paper.number:
        return not application.acts.filter(voided_at=None, papers=paper).exists()
    kept = {*application.rules.keep, *application.rules.stand, "skrd"}
    return paper.issued_at == act.at and paper.kind not in kept


def _pass_missing_stages(application: Application) -> list[Move]:
    """Let *sistem* make the first forward move of each gate that the track lacks; return them."""
    from accounts.models import User

    passed: list[Move] = []
    while application.state in GATES and not application.chain:
        forward = [m for m in MOVES if application.state in m.source and m.forward]
        lacking: list[str] = []
        for move in (m for m in forward if m.name != "endorse"):
            if not (missing := move.when(application)):
                _make(move, application, User.objects.sistem(), "", hidden=True)
                passed.append(move)
                break
            lacking += missing
        else:
            raise Unmet(lacking)
    return passed


def _settle(application: Application) -> None:
    """Save what follows from the new state: version, nearest deadline."""
    application.version += 1
    application.due_at = clock.due(application)
    application.save(update_fields=["version", "due_at", "updated_at"])
