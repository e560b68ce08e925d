"""A virus that was found after the upload: told to the applicant, and to the office at its turn."""

from __future__ import annotations

from django.urls import reverse

from accounts import contacts, postings
from applications import ports, requirements
from applications.casework import UPLOAD_OPEN
from applications.models import Application, DocumentVersion
from applications.telling import office_url
from notifications import outbox

TEMPLATE = "berkas_berbahaya"
REPLACE = "Buat ulang berkasnya dari dokumen asli, lalu unggah sebagai pengganti."
WAIT = "Siapkan berkas pengganti dari dokumen asli. Petugas akan memintanya kepada Anda."


def document(version: DocumentVersion) -> None:
    """Tell of a document, unless it was replaced or is not asked for any more."""
    application = version.document.application
    slot = next((s for s in requirements.due(application) if s.version == version), None)
    if slot is None:
        _of_relief(version)
        return
    page = reverse("applications:documents", args=[application.pk]) + f"#{slot.code}"
    judged = slot.to_judge(application.state)
    task = "Nyatakan dokumen ini tidak sesuai, supaya pemohon mengunggah berkas lain."
    tell(
        application, slot.requirement.label, f"virus:{version.pk}", url=page,
        mends=application.state in UPLOAD_OPEN, task=task if judged else "",
    )  # fmt: skip


def _of_relief(version: DocumentVersion) -> None:
    """Tell of a document that goes with a request for relief, or with an objection."""
    found = ports.money.relief_document(version) or ports.money.correction_document(version)
    if found:
        label, page, mends, task = found
        tell(version.document.application, label, f"virus:{version.pk}",
             url=page, mends=mends, task=task)  # fmt: skip


def tell(
    application: Application, file: str, key: str, *, url: str, mends: bool, task: str = ""
) -> None:
    """Write to the applicant what to do, and to those whose turn it is what was found.

    ``mends``: whether he can replace the file now; ``task`` is what the office must do.
    """
    about = {
        "permit": application.rules.service.permit,
        "number": application.number,
        "place": application.address,
        "office": application.rules.office.name,
    }
    user = application.applicant
    outbox.send(
        template=TEMPLATE,
        key=f"{key}:pemohon",
        user=user,
        channels=contacts.channels(user, "email/sms"),
        context=about | {"file": file, "next": REPLACE if mends else WAIT},
        daerah=application.daerah,
        case=application.pk,
        url=url,
    )
    role = application.turn_role
    holders = postings.holders(application.daerah, role, application.kecamatan) if role else ()
    for officer in holders:
        outbox.send(
            template="kantor",
            key=f"{key}:kantor:{officer.pk}",
            user=officer,
            channels=[],
            context=about
            | {
                "headline": f"Virus ditemukan dalam {file}",
                "detail": "Berkas ditahan dan tidak dapat dibuka. Pemohon sudah diberi tahu.",
                "task": task,
            },
            daerah=application.daerah,
            case=application.pk,
            url=office_url(application),
        )
