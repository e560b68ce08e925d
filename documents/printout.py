"""What a template prints: the content with its number, date, signatures and QR code."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import select_template
from django.urls import reverse

from documents import codes, due, numbering, room, snapshot
from documents.content import PaperContent
from documents.models import Paper, PaperSignature
from imbportal import indonesia
from imbportal.daerah import registry

SAMPLE = "Contoh: tarif belum dikonfirmasi daerah, tidak berlaku sebagai tagihan."
"""On papers that show an amount, whatever their own note says."""
SAMPLE_INTEREST = "Contoh: bunga belum dikonfirmasi daerah, tidak berlaku sebagai tagihan."
SAMPLE_LETTER = "Contoh: bentuk surat ini belum dikonfirmasi daerah, tidak berlaku sebagai surat."
SAMPLE_PERMIT = "Contoh: tarif belum dikonfirmasi daerah, tidak berlaku sebagai izin."
WITH_AMOUNT = {"skrd": SAMPLE, "strd": SAMPLE_INTEREST, "izin": SAMPLE_PERMIT}


@dataclass(frozen=True, kw_only=True)
class Signature:
    title: str
    name: str = ""
    nip: str = ""
    date: str = ""


@dataclass(frozen=True, kw_only=True)
class Printout:
    """One paper ready for its template; ``content`` is the daerah's, all else is the portal's."""

    kind: str
    template: str
    content: PaperContent
    number: str
    """Empty on a draft, which prints KONSEP instead."""
    date: str
    issued_at: datetime.datetime | None = None
    signed: tuple[Signature, ...] = ()
    initialled: tuple[Signature, ...] = ()
    signer: str = ""
    """Capacity of whoever is yet to sign; empty where the portal issues the paper itself."""
    check_url: str = ""
    check_page: str = ""
    token: str = ""
    qr: str = ""
    sample_note: str = ""
    amount: str = ""
    due_date: str = ""
    due_note: str = ""
    """How the due date was found."""
    payment_code: str = ""
    serial: str = ""
    """The counted part of the number."""
    month: str = ""
    year: str = ""

    @cached_property
    def layout(self) -> str:
        """Template below templates/pdf/: that of the kind, else the general letter."""
        names = [f"pdf/{name}.html" for name in (self.template, self.kind, "surat")]
        return Path(select_template(names).template.name).stem

    @property
    def styles(self) -> tuple[str, ...]:
        """Style sheets by name, the later over the earlier."""
        mark = "konsep" if not self.number else "contoh" if self.content.sample else ""
        closer = "rapat" if room.tight(self) else ""
        names = ("paper", closer, self.content.letterhead.page_size.lower(), mark)
        return tuple(name for name in names if name)


def printout(paper: Paper, signatures: Iterable[PaperSignature]) -> Printout:
    """Return what the paper prints now; dates are read in the time zone of its letterhead."""
    content = snapshot.load(paper.content)
    zone = content.letterhead.timezone
    rules = registry.version(paper.version_id)
    kind = rules.paper[paper.kind]
    signatures = list(signatures)
    role = rules.role.get(kind.signed_by) if kind.signed_by else None
    date = indonesia.tanggal(paper.issued_at, zone) if paper.issued_at else ""
    _, month, year = date.split() if date else ("", "", "")
    return Printout(
        kind=paper.kind,
        template=kind.template or paper.kind,
        content=content,
        number=paper.number or "",
        date=date,
        issued_at=paper.issued_at,
        month=month,
        year=year,
        serial=numbering.serial(kind, paper.number) if paper.number else "",
        signed=_marks(signatures, "ttd", zone),
        initialled=_marks(signatures, "paraf", zone),
        signer=content.signer or (role.signed() if role else ""),
        sample_note=_sample_note(content, kind.template or paper.kind),
        amount=_amount(content.extra.get("amount")),
        **_due(paper, content),
        payment_code=_grouped(str(content.extra.get("payment_code", ""))),
        **(_check(paper) if paper.number else {}),
    )


def _marks(signatures: Iterable[PaperSignature], act: str, zone: str) -> tuple[Signature, ...]:
    return tuple(
        Signature(title=s.title, name=s.name, nip=s.nip, date=indonesia.tanggal(s.at, zone))
        for s in signatures
        if s.act == act
    )


def _check(paper: Paper) -> dict[str, str]:
    """Return the QR code with the address in it, and both as one would type them."""
    return {
        "check_url": paper.check_url,
        "check_page": settings.SITE_URL.split("//")[-1] + reverse("documents:check"),
        "token": _grouped(paper.token),
        "qr": codes.picture(paper.check_url),
    }


def _sample_note(content: PaperContent, template: str) -> str:
    if not content.sample:
        return ""
    return WITH_AMOUNT.get(template) or content.sample_note or SAMPLE_LETTER


def _amount(value: Any) -> str:
    """Return whole rupiah in print; a text stands as it came."""
    return indonesia.rupiah(value) if isinstance(value, int) else str(value or "")


def _due(paper: Paper, content: PaperContent) -> dict[str, str]:
    """Return the due date and how it was found; a draft has the one of its own day."""
    rule, zone = content.extra.get("due"), content.letterhead.timezone
    found = paper.issued_at and due.of(rule, paper.issued_at.astimezone(ZoneInfo(zone)).date())
    if found:
        return {"due_date": indonesia.tanggal(found.end), "due_note": found.arithmetic}
    note = f"{rule['days']} hari sejak tanggal SKRD" if rule else ""
    return {"due_date": _day(content.extra.get("due_date")), "due_note": note}


def _day(value: Any) -> str:
    """Return an ISO date in print; any other text stands as it came."""
    try:
        return indonesia.tanggal(datetime.date.fromisoformat(str(value)))
    except ValueError:
        return str(value or "")


def _grouped(code: str) -> str:
    """Return a code in groups of four, easier to type; one with blanks stands as it came."""
    if " " in code:
        return code
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))
