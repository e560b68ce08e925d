"""The one door of complaints: receive, take, give, escalate, answer, reopen, close, note.

Each locks the row, refuses in the order of ``applications.refusals``, and writes one event.
"""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass, field
from textwrap import shorten
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import postings
from accounts.models import User
from applications.models import Application
from applications.refusals import Barred, Conflict, NotVisible, Unmet
from documents import numbering
from documents.models import Paper
from feedback.complaints import guard, letter, news, terms, tokens
from feedback.models import Channel, Complaint, ComplaintEvent, ComplaintFile, ComplaintNote
from feedback.models.complaint_flow import LABELS, Stage
from feedback.models.complaint_history import COMPLAINER
from imbportal.daerah import calendar, registry
from imbportal.daerah.complaints import COMPLAINT
from imbportal.uploads import Accepted

SUBJECT = 120
"""Letters of a reason that a subject repeats."""
GONE = "Pengaduan tidak ditemukan."
CHANGED = "Pengaduan ini baru saja diubah oleh {who} ({what}). Muat ulang lalu coba lagi."
ONCE = "Pengaduan ini sudah pernah dibuka kembali. Sampaikan pengaduan baru bila perlu."


@dataclass
class Given:
    """What somebody complains of, and who he is as far as he says so."""

    daerah: str
    topic: str
    text: str
    case_number: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    channel: str = Channel.PORTAL
    received_on: datetime.date | None = None
    files: list[Accepted] = field(default_factory=list)


# -- Receiving ------------------------------------------------------------------------------
def receive(given: Given, *, by: Any = None, key: uuid.UUID | None = None) -> tuple[Complaint, str]:
    """Write a complaint with its number and term; return it with its code.

    A second click with the same key and the same answers gives the first one.
    """
    try:
        return _receive(given, by, key)
    except IntegrityError:  # the first click was written a moment ago
        return _receive(given, by, key)


@transaction.atomic
def _receive(given: Given, by: Any, key: uuid.UUID | None) -> tuple[Complaint, str]:
    token = tokens.new(key)
    known = Complaint.objects.filter(token_lookup=tokens.lookup(token)).first()
    if known is not None and _same(known, given):
        return known, token
    if known is not None:
        token = tokens.new()
    complaint = _written(given, by, token)
    for one in given.files:
        _keep(complaint, one)
    _event(complaint, "receive", "", by, COMPLAINER if by is None else "")
    news.received(complaint)
    return complaint, token


def _same(known: Complaint, given: Given) -> bool:
    """Return whether the form was sent again as it was, nothing added and nothing mended."""
    fields = ("topic", "text", "case_number", "name", "email", "phone")
    files = [sorted(one.name for one in rows) for rows in (known.files.all(), given.files)]
    unchanged = all(getattr(known, field) == getattr(given, field) for field in fields)
    return unchanged and files[0] == files[1]


def _written(given: Given, by: Any, token: str) -> Complaint:
    now, rules = timezone.now(), registry.current(given.daerah)
    day = given.received_on or calendar.today(given.daerah)
    end, reached = terms.end(rules, day), bool(given.email or given.phone)
    return Complaint.objects.create(
        daerah=given.daerah, version_used=registry.current_version(given.daerah),
        token_lookup=tokens.lookup(token), token=token if reached else None,
        channel=given.channel, topic=given.topic, text=given.text,
        case=_case(given), case_number=given.case_number,
        name=given.name, email=given.email, phone=given.phone,
        received_on=day, promised_on=end, due_at=end, created_at=now, moved_at=now,
        entered_by=by, number=numbering.take(rules, COMPLAINT, now),
    )  # fmt: skip


def _case(given: Given) -> Application | None:
    """Return the case that a number names: its own, or that of one of its papers."""
    if not given.case_number:
        return None
    number = " ".join(given.case_number.split())
    cases = Application.objects.filter(daerah=given.daerah)
    paper = Paper.objects.filter(daerah=given.daerah, number__iexact=number).exclude(case=None)
    own = cases.filter(number__iexact=number).exclude(number="").first()
    return own or cases.filter(pk__in=paper.values("case")).first()


def _keep(complaint: Complaint, one: Accepted) -> None:
    row = ComplaintFile(
        complaint=complaint, name=one.name, mime=one.mime, size=one.size,
        file_sha256=one.sha256, scan=one.scan,
    )  # fmt: skip
    row.file.save(one.content.name, one.content, save=False)
    row.save()


# -- Officers -------------------------------------------------------------------------------
@transaction.atomic
def take(pk: Any, *, by: Any, version: int | None = None) -> Complaint:
    """Take a complaint into the officer's own hands."""
    complaint = _locked(pk, by)
    guard.require_answer(complaint, by)
    guard.require_known(complaint, by)
    _wants(complaint, version, Stage.RECEIVED, Stage.REOPENED)
    complaint.handler = by
    return _moved(complaint, "take", by)


@transaction.atomic
def assign(pk: Any, *, by: Any, to: Any, version: int | None = None) -> Complaint:
    """Give a complaint to an officer who may answer it; head and admin do."""
    complaint = _locked(pk, by)
    if not guard.leads(complaint, by):
        raise Barred(guard.LEADS)
    _wants(complaint, version, Stage.RECEIVED, Stage.REOPENED, Stage.IN_HAND)
    officer = User.objects.filter(pk=to).first() if to else None
    if officer is None:
        raise Unmet(["Pilih petugas yang akan menjawab."])
    guard.require_answer(complaint, officer)
    complaint.handler = officer
    _moved(complaint, "assign", by, text=officer.name)
    news.office(complaint, f"serah:{complaint.version}", "Pengaduan diserahkan kepada Anda",
                "Jawab pengaduan ini.", to=[officer])  # fmt: skip
    return complaint


@transaction.atomic
def answer(pk: Any, text: str, *, by: Any, version: int | None = None) -> Complaint:
    """Send the answer; only the officer who has it in hand, or the head, does."""
    complaint = _locked(pk, by)
    guard.require_answer(complaint, by)
    _wants(complaint, version, Stage.IN_HAND)
    if complaint.handler_id != by.pk and not guard.leads(complaint, by):
        raise Conflict(f"Pengaduan ini sedang ditangani {complaint.handler}.")
    if not text.strip():
        raise Unmet(["Tulis jawabannya."])
    complaint.answered_on = complaint.answered_on or calendar.today(complaint.daerah)
    complaint.handler = by
    _moved(complaint, "answer", by, text=text.strip())
    event = complaint.events.last()
    letter.issue(complaint, event, by=by)
    news.answered(complaint, event)
    return complaint


@transaction.atomic
def escalate(pk: Any, reason: str, *, by: Any, version: int | None = None) -> Complaint:
    """Bring a complaint before the head: by hand with a reason, by *sistem* where it is late."""
    complaint = _locked(pk, by)
    if not by.is_system:
        guard.require_work(complaint, by)
    _wants(complaint, version, Stage.RECEIVED, Stage.REOPENED, Stage.IN_HAND)
    if complaint.escalated_at:
        raise Conflict("Pengaduan ini sudah diteruskan kepada kepala kantor.")
    if not reason.strip():
        raise Unmet(["Tulis alasannya."])
    complaint.escalated_at = timezone.now()
    event = _event(complaint, "escalate", complaint.state, by, text=reason.strip())
    _save(complaint)
    told = [*guard.overseers(complaint), *([complaint.handler] if complaint.handler else [])]
    headline = f"Pengaduan perlu perhatian: {shorten(event.text, SUBJECT)}"
    news.office(complaint, f"kepala:{event.seq}", headline,
                "Pastikan pengaduan ini dijawab; serahkan kepada petugas yang boleh menjawabnya.",
                to=list(dict.fromkeys(told)), late=by.is_system, by="email")  # fmt: skip
    return complaint


@transaction.atomic
def note(pk: Any, text: str, *, by: Any) -> ComplaintNote:
    """Keep a note of the office; who complained never sees it."""
    complaint = _locked(pk, by)
    guard.require_work(complaint, by)
    if not text.strip():
        raise Unmet(["Tulis catatannya."])
    return ComplaintNote.objects.create(
        complaint=complaint, by=by, text=text.strip(), at=timezone.now()
    )


# -- Who complained -------------------------------------------------------------------------
@transaction.atomic
def reopen(pk: Any, text: str, *, by: Any = None, version: int | None = None) -> Complaint:
    """Let who complained say, once, that it is not settled; the term then runs anew.

    ``by`` is the officer who writes down what he said at the counter or by telephone.
    """
    complaint = _locked(pk, by)
    if by is not None:
        guard.require_answer(complaint, by)
    _wants(complaint, version, Stage.ANSWERED)
    if complaint.reopened_at:
        raise Conflict(ONCE)
    if not text.strip():
        raise Unmet(["Tulis apa yang belum selesai."])
    complaint.reopened_at, complaint.escalated_at = timezone.now(), None
    complaint.due_at = terms.end(complaint.rules, calendar.today(complaint.daerah))
    complaint.handler = None
    _moved(complaint, "reopen", by, text=text.strip())
    news.office(complaint, "buka", "Pengaduan dibuka kembali", "Baca dan tangani lagi.")
    return complaint


@transaction.atomic
def close(pk: Any, *, by: Any = None, version: int | None = None) -> Complaint:
    """Close an answered complaint: who complained is content, or *sistem* waited long enough."""
    complaint = _locked(pk, by)
    _wants(complaint, version, Stage.ANSWERED)
    return _moved(complaint, "close", by)


# -- Within ---------------------------------------------------------------------------------
def _locked(pk: Any, by: Any) -> Complaint:
    """Return the complaint and its case with their rows locked, as far as ``by`` may know it.

    The case is locked too: nobody becomes one of its hands while he answers.
    """
    rows = Complaint.objects.all()
    if by is not None and not by.is_system:
        rows = rows.filter(pk__in=Complaint.objects.visible_to(postings.of(by)).values("pk"))
    found: Complaint | None = rows.select_for_update().filter(pk=pk).first()
    if found is None:
        raise NotVisible(GONE)
    if found.case_id:
        found.case = Application.objects.select_for_update().get(pk=found.case_id)
    return found


def check_version(complaint: Complaint, version: int | None) -> None:
    """Raise Conflict where the page that sent ``version`` shows an older complaint."""
    if version is not None and version != complaint.version:
        last = complaint.events.last()
        who = f"{last.actor}, {last.capacity}" if last.actor else last.capacity
        raise Conflict(CHANGED.format(who=who, what=LABELS[last.move]))


def _wants(complaint: Complaint, version: int | None, *stages: Stage) -> None:
    """Raise Conflict where the page is older than the complaint, or its stage another."""
    check_version(complaint, version)
    if complaint.state not in stages:
        raise Conflict(f"Status pengaduan ini sekarang: {complaint.stage_label}.")


def _moved(complaint: Complaint, move: str, by: Any, *, text: str = "") -> Complaint:
    source = complaint.state
    getattr(complaint, move)()
    complaint.moved_at = timezone.now()
    _event(complaint, move, source, by, text=text)
    _save(complaint)
    return complaint


def _save(complaint: Complaint) -> None:
    complaint.version += 1
    complaint.save()


def _event(
    complaint: Complaint, move: str, source: str, by: Any, capacity: str = "", *, text: str = ""
) -> ComplaintEvent:
    last = complaint.events.last()
    own = capacity or (COMPLAINER if by is None else guard.capacity(complaint, by))
    return ComplaintEvent.objects.create(
        complaint=complaint, seq=last.seq + 1 if last else 1, move=move, source=source,
        target=complaint.state, actor=by, capacity=own, text=text, at=timezone.now(),
    )  # fmt: skip
