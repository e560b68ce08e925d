"""What happens to a case between its moves: answers, uploads, verdicts, points, records.

Every function locks the case, refuses as ``services.perform`` does, and raises ``version``.
Verdicts and points lie in ``remarks``.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Sum
from django.utils import timezone

from accounts import postings
from applications import (
    facts,
    pages,
    parents,
    ports,
    quarantine,
    requirements,
    rules,
    statements,
)
from applications.holding import bump, on_turn
from applications.models import (
    Application,
    BuildingPart,
    Document,
    DocumentVersion,
    InternalNote,
    Point,
    Record,
)
from applications.parents import Parent
from applications.refusals import Barred, Conflict, NotVisible, Unmet
from applications.remarks import add_point, drop_point, judge
from applications.services import check_version, locked
from imbportal import uploads
from imbportal.daerah import registry

__all__ = ["add_point", "drop_point", "judge"]

KRK_FORM_OPEN = frozenset({"DRAFT", "KRK_INCOMPLETE"})
FORM_OPEN = frozenset({"DRAFT", "KRK_ISSUED", "INCOMPLETE", "REVISION"})
UPLOAD_OPEN = KRK_FORM_OPEN | FORM_OPEN
LOOKED_AT = 2
"""Pages at the front of a file that are looked at for a QR code: a form has few."""


def form_open(application: Application, form: str) -> bool:
    """Return whether the applicant may now change the answers of the krk or the izin form.

    Where the track has no KRK, its questions are part of the one form and stay open with it.
    """
    track = application.track
    krk_apart = not track or "KRK_REQUESTED" in application.rules.chains(track)
    if form == "krk" and krk_apart:
        return application.state in KRK_FORM_OPEN
    return application.state in FORM_OPEN


def _closed(application: Application) -> str:
    return f"Isian ini sudah dikirim; permohonan pada tahap {application.stage_label}."


def create(
    user: Any, slug: str, *, mandate: Any = None, key: Any = None, parent: Parent | None = None
) -> Application:
    """Open a draft for a user, or for the owner of a mandate that is in force.

    With ``parent`` it is for a service on that permit, whose own answers it takes over. The ``key``
    of the page that asked makes a second click on it find the draft of the first.
    """
    if mandate is not None and (mandate.agent_id != user.pk or not mandate.is_in_force):
        raise Barred("Surat kuasa ini tidak berlaku lagi.")
    holder = mandate.owner if mandate else getattr(user, "identity", None)
    wish = {"daerah": slug, "applicant": user, "mandate": mandate, "holder": holder,
            "version_seen": registry.current_version(slug)}  # fmt: skip
    if parent is not None:
        wish |= parents.carried(parent) | {
            "parent_permit": parent.paper,
            "parent_number": parent.number,
            "parent_date": parent.date,
        }
    if key is None:
        return Application.objects.create(**wish)
    number = parent.number if parent else ""
    asked = uuid.uuid5(key, f"{user.pk} {slug} {mandate.pk if mandate else ''} {number}".strip())
    application, _ = Application.objects.get_or_create(pk=asked, defaults=wish)
    # An old page that was kept open may well ask for another one, long after the first was sent.
    return application if application.state == "DRAFT" else Application.objects.create(**wish)


# -- The applicant --------------------------------------------------------------------------
def applicants(pk: Any, by: Any, open_in: frozenset[str], version: int | None) -> Application:
    """Return the locked case for its applicant in a state in which he may still change it."""
    application = locked(pk, by)
    if not rules.acts_for_applicant(application, by):
        raise Barred("Hanya pemohon yang dapat mengubah isian ini.")
    if application.state not in open_in:
        raise Conflict(_closed(application))
    check_version(application, version)
    if application.version_seen_id is None and application.state == "DRAFT":
        application.version_seen = registry.current_version(application.daerah)
    return application


@transaction.atomic
def save_answers(
    application: Application, form: str, answers: dict[str, Any], *, by: Any,
    version: int | None = None,
) -> Application:  # fmt: skip
    """Store answers (by fact code) of one section of the krk or izin form."""
    application = applicants(application.pk, by, FORM_OPEN | KRK_FORM_OPEN, version)
    if not form_open(application, form):
        raise Conflict(_closed(application))
    for code, value in answers.items():
        facts.store(application, code, value)
    return bump(application)


@transaction.atomic
def save_parts(
    application: Application, parts: list[dict[str, Any]], *, by: Any, version: int | None = None
) -> Application:
    """Replace the further buildings of a case: name, function, floor_area (m²), floors."""
    application = applicants(application.pk, by, FORM_OPEN, version)
    application.parts.all().delete()
    BuildingPart.objects.bulk_create(
        BuildingPart(application=application, **part) for part in parts
    )
    return bump(application)


@transaction.atomic
def accept_statement(application: Application, code: str, *, by: Any) -> Application:
    """Record that the applicant accepted a statement of the file."""
    application = applicants(application.pk, by, UPLOAD_OPEN, None)
    found = next((item for item in application.rules.statement if item.code == code), None)
    if found is None:
        raise Unmet(["Pernyataan ini tidak ada."])
    statements.accept(application, found)
    return bump(application)


def _room(application: Application, size: int) -> None:
    """Refuse what would overfill the case, or all drafts of its applicant that were never sent."""
    versions = DocumentVersion.objects.filter(
        document__application__applicant=application.applicant
    )
    if _bytes(versions.filter(document__application=application)) + size > settings.CASE_LIMIT:
        raise uploads.UploadRefused("case_full")
    drafts = versions.filter(document__application__state="DRAFT")
    if application.state == "DRAFT" and _bytes(drafts) + size > settings.DRAFTS_LIMIT:
        raise uploads.UploadRefused("drafts_full")


def _bytes(versions: Any) -> int:
    total: int | None = versions.aggregate(total=Sum("size"))["total"]
    return total or 0


def upload(
    application: Application, code: str, file: Any, *, by: Any, look: Any = None
) -> DocumentVersion:
    """Take a file for a requirement as its next version.

    The file is parsed before the case is locked. ``look(application, code, accepted)`` has its QR
    codes before it is kept, and may raise. Raises UploadRefused with the reason.
    """
    application = may_upload(application.pk, by)
    slot = next((s for s in requirements.due(application) if s.code == code), None)
    if slot is None:
        raise Unmet(["Dokumen ini tidak diminta dalam permohonan ini."])
    # Counted to the applicant: the counter sends for many people in a day.
    owner, images = application.applicant, slot.requirement.images
    accepted = uploads.accept(file, images=images, owner=owner, with_codes=LOOKED_AT if look else 0)
    if look is not None:
        look(application, code, accepted)
    with transaction.atomic():
        application = applicants(application.pk, by, UPLOAD_OPEN, None)
        return keep(application, code, accepted, by)


def may_upload(pk: Any, by: Any) -> Application:
    """Refuse early, before a large file is parsed; checked again under the lock."""
    application = Application.objects.visible_to(by).filter(pk=pk).first()
    if application is None:
        raise NotVisible()
    if not rules.acts_for_applicant(application, by):
        raise Barred("Hanya pemohon yang dapat mengunggah dokumen.")
    if application.state not in UPLOAD_OPEN:
        raise Conflict(f"Permohonan pada tahap {application.stage_label}; dokumen sudah dikirim.")
    return application


def keep(application: Application, code: str, accepted: Any, by: Any) -> DocumentVersion:
    """Keep an applicant's accepted file in a slot of a locked case; sent again, it is there once.

    Raises UploadRefused where the case is full.
    """
    if there := _there_already(application, code, accepted):
        return there
    _room(application, accepted.size)
    return add_version(application, code, accepted, by)


def _there_already(application: Application, code: str, accepted: Any) -> DocumentVersion | None:
    """Return the newest version where it is this very file and nobody has looked at it yet."""
    document = application.documents.filter(requirement=code).first()
    newest = document.current if document else None
    same = newest is not None and newest.sha256 == accepted.sha256 and not newest.verdict
    return newest if same else None


def add_version(application: Application, code: str, accepted: Any, by: Any) -> DocumentVersion:
    """Keep an accepted file as the next version of a slot of a locked case."""
    document, _ = Document.objects.get_or_create(application=application, requirement=code)
    last = document.versions.aggregate(last=Max("number"))["last"] or 0
    version = DocumentVersion(
        document=document, number=last + 1, name=accepted.name, mime=accepted.mime,
        size=accepted.size, pages=accepted.pages, sha256=accepted.sha256, scan=accepted.scan,
        round=application.round, uploaded_by=by,
    )  # fmt: skip
    version.file.save(f"{version.pk}", accepted.content, save=False)
    version.save()
    if version.scan == DocumentVersion.Scan.WAITING:
        quarantine.enqueue(version)
    pages.enqueue(version)
    answered_by_upload(application, code, version)
    bump(application)
    return version


def answered_by_upload(application: Application, code: str, version: DocumentVersion) -> None:
    """Let a new file answer what the letter asked of its slot."""
    application.points.filter(requirement=code, closed_at=None, answered_at=None).exclude(
        sent_at=None
    ).update(answer=f"Dokumen diganti (versi {version.number}).", answered_at=timezone.now())


def _said_already(point: Point, text: str) -> bool:
    return point.answered_at is not None and point.answer == text


@transaction.atomic
def answer_point(application: Application, point: Point, text: str, *, by: Any) -> None:
    """Answer one point of the letter in words."""
    application = applicants(application.pk, by, UPLOAD_OPEN, None)
    if not text.strip():
        raise Unmet(["Tulis jawabannya."])
    open_points = application.points.exclude(sent_at=None).filter(closed_at=None)
    point = open_points.filter(pk=point.pk).first()
    if point is None:
        raise Conflict("Catatan ini sudah ditutup. Muat ulang halaman.")
    if _said_already(point, text.strip()):
        return
    point.answer, point.answered_at = text.strip(), timezone.now()
    point.save(update_fields=["answer", "answered_at"])
    bump(application)


# -- The office -----------------------------------------------------------------------------
@transaction.atomic
def record(
    application: Application, kind: str, data: dict[str, Any], *, by: Any,
    version: int | None = None,
) -> Application:  # fmt: skip
    """Write a record that the link on turn needs; ``data`` is plain JSON."""
    application = on_turn(application.pk, by, version)
    if application.link is None or kind not in application.link.needs:
        raise Conflict("Catatan ini tidak diisi pada langkah ini.")
    Record.objects.update_or_create(
        application=application, kind=kind, defaults={"data": data, "by": by}
    )
    return bump(application)


@transaction.atomic
def assess(application: Application, *, by: Any, version: int | None = None) -> Any:
    """Let the engine calculate the fee; nobody types it."""
    application = on_turn(application.pk, by, version)
    if application.state != "FEE":
        raise Conflict("Retribusi dihitung pada tahap penetapan retribusi.")
    assessment = ports.money.assess(application, by=by)
    ports.money.offer_relief(application)
    bump(application)
    return assessment


@transaction.atomic
def add_note(application: Application, text: str, *, by: Any) -> None:
    """Write an internal note; every officer who sees the case may, but no auditor."""
    application = locked(application.pk, by)
    roles = rules.roles_of(application, by) - {postings.AUDITOR}
    if rules.same_person(application, by) or not roles:
        raise Barred("Catatan internal hanya untuk petugas.")
    if not text.strip():
        raise Unmet(["Tulis catatannya."])
    InternalNote.objects.create(application=application, text=text.strip(), by=by)
