"""A digest leaves the database: by mail to who oversees the office, and as a paper of one page."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from accounts import contacts, postings
from applications.models import ChainDigest
from applications.paper_parts import letterhead
from documents import services
from documents.content import PaperContent, Section, Table
from documents.models import Paper
from imbportal.daerah import registry
from imbportal.daerah.paper_kinds import DIGEST
from imbportal.daerah.schema import Daerah
from imbportal.indonesia import angka, tanggal
from notifications import outbox

TEMPLATE = DIGEST
"""The message is called as the paper."""


def tell(made: ChainDigest) -> None:
    """Print and mail a digest; belongs in its transaction."""
    rules = registry.current(made.daerah)
    if DIGEST in rules.paper:
        _print(made, rules)
    readers = {
        user.pk: user
        for role in (postings.AUDITOR, rules.head)
        for user in postings.holders(made.daerah, role)
    }
    outbox.send_each(
        [
            (f"ikhtisar:{made.pk}:{user.pk}", user, contacts.channels(user, "email"))
            for user in readers.values()
        ],
        template=TEMPLATE,
        context={
            "office": rules.office.name,
            "number": str(made.number),
            "days": days(made),
            "counted": counted(made),
            "mark": made.grouped,
            "faults": len(made.faults),
            "detail": "\n".join(made.faults),
        },
        daerah=made.daerah,
        url=f"{reverse('admin:digests')}?{urlencode({'daerah': made.daerah})}",
    )


def days(made: ChainDigest) -> str:
    """Return the days that a digest covers, in words."""
    end = tanggal(made.day)
    return end if made.first == made.day else f"{tanggal(made.first)} sampai {end}"


def counted(made: ChainDigest) -> str:
    return (
        f"{angka(made.chains)} rantai dengan {angka(made.links)} mata rantai, "
        f"{angka(made.changed)} rantai bertambah sejak ikhtisar sebelumnya"
    )


def _print(made: ChainDigest, rules: Daerah) -> None:
    paper = services.draft(
        kind=DIGEST, rules=rules, version=registry.current_version(made.daerah), case=made.pk,
        content=content(made, rules),
    )  # fmt: skip
    services.issue(paper, at=made.made_at)


def content(made: ChainDigest, rules: Daerah) -> PaperContent:
    """Return what the paper prints: what was counted, and the hash in groups of four."""
    kind = rules.paper[DIGEST]
    rows = (
        ("Ikhtisar", f"nomor {made.number}, {days(made)}"),
        ("Rantai", angka(made.chains)),
        ("Mata rantai", angka(made.links)),
        ("Bertambah", f"{angka(made.changed)} rantai sejak ikhtisar sebelumnya"),
    )
    return PaperContent(
        letterhead=letterhead(rules),
        title=kind.title,
        facts=rows,
        sections=(_marks(made), *_faults(made), Section(title="Cara memeriksa", items=HOW)),
        basis=kind.basis,
        copies=kind.copies,
        purpose=f"Ikhtisar nomor {made.number}, {days(made)}",
    )


HOW = (
    "Simpan lembar ini di luar komputer portal: itulah gunanya.",
    "Pengelola portal menjalankan: manage.py periksa_rantai --terhadap, diikuti sidik di atas "
    "(enam belas angka pertamanya sudah cukup).",
    "Perintah itu menyebut setiap riwayat permohonan, penutupan kas, dan rekening koran yang sejak "
    "hari ini dipotong, ditulis ulang, atau disisipi.",
)


def _marks(made: ChainDigest) -> Section:
    before = _grouped(made.previous_hash) if made.number > 1 else "tidak ada"
    rows = (("Sidik ikhtisar ini", made.grouped), ("Ikhtisar sebelumnya", before),
            ("Ujung rantai", _grouped(made.root)))  # fmt: skip
    return Section(
        title="Sidik (SHA-256)",
        table=Table(
            head=("", ""),
            rows=rows,
            align="ll",
            widths=(28, 72),
        ),
    )


def _grouped(value: str) -> str:
    return " ".join(value[at : at + 4] for at in range(0, len(value), 4))


def _faults(made: ChainDigest) -> tuple[Section, ...]:
    if not made.faults:
        text = "Semua rantai masih memuat yang dicatat ikhtisar sebelumnya."
        text = "Ini ikhtisar yang pertama." if made.number == 1 else text
        return (Section(title="Hasil pembandingan", paragraphs=(text,)),)
    return (Section(title="Rantai yang tidak cocok lagi", items=tuple(made.faults)),)


def paper_of(made: Any) -> Any:
    """Return the paper of a digest, None where the daerah's file prints none."""
    return Paper.objects.filter(case=made.pk, kind=DIGEST).first()
