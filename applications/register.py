"""The register of a daerah: its numbered cases, or its issued papers of one kind, by year."""

import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Count

from accounts import postings
from applications import dossiers, ports
from applications.models import Application, Event
from applications.paper_parts import label_of
from documents.models import Paper
from imbportal import areas
from imbportal.daerah import calendar, registry
from imbportal.daerah.complaints import ANSWER
from imbportal.daerah.paper_kinds import DIGEST

CASES = "permohonan"
"""The book of cases; every other book is named by the kind of its papers."""
EVERY_YEAR = "semua"
TEXT, DAY, AREA, AMOUNT = "text", "day", "area", "amount"


class Column(NamedTuple):
    """A column: its name in an entry, heading, type of its cells, width in letters."""

    key: str
    label: str
    kind: str = TEXT
    width: int = 18


OF_CASES = (
    Column("number", "Nomor", width=22),
    Column("day", "Tanggal", DAY, 12),
    Column("holder", "Pemohon", width=28),
    Column("address", "Lokasi", width=42),
    Column("kecamatan", "Kecamatan"),
    Column("function", "Fungsi"),
    Column("area", "Luas (m²)", AREA, 12),
    Column("fee", "Retribusi (Rp)", AMOUNT, 16),
    Column("state", "Tahap", width=24),
    Column("permit", "Nomor izin", width=28),
    Column("permit_day", "Tanggal izin", DAY, 12),
    Column("collected", "Diambil", DAY, 12),
    Column("note", "Keterangan", width=32),
)
OF_PAPERS = (
    Column("paper", "Nomor surat", width=28),
    Column("paper_day", "Tanggal", DAY, 12),
    Column("status", "Status", width=14),
    *OF_CASES[0:1],
    *OF_CASES[2:8],
)


class Wanted(NamedTuple):
    """Which part of the register: as it stands in the address."""

    daerah: str
    year: str
    book: str
    kecamatan: str

    @property
    def rules(self):
        return registry.current(self.daerah)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.rules.timezone)

    @property
    def columns(self) -> tuple[Column, ...]:
        return OF_CASES if self.book == CASES else OF_PAPERS

    @property
    def field(self) -> str:
        """The column of the database by which the book goes on."""
        return "registered_at" if self.book == CASES else "issued_at"

    @property
    def title(self) -> str:
        book = CASES if self.book == CASES else self.rules.paper[self.book].title
        return f"Buku register {book}"

    @property
    def period(self) -> str:
        """Return what was chosen, in words."""
        names = dict(areas.kecamatan(self.rules.region_code))
        year = "Semua tahun" if self.year == EVERY_YEAR else f"Tahun {self.year}"
        place = f"Kecamatan {names.get(self.kecamatan, self.kecamatan)}" if self.kecamatan else ""
        return ", ".join(part for part in (year, place or "semua kecamatan") if part)

    @property
    def chosen(self) -> dict[str, str]:
        """Return it as the address and an export's log keep it."""
        return {"daerah": self.daerah, "tahun": self.year, "jenis": self.book,
                "kecamatan": self.kecamatan}  # fmt: skip


def wanted(given, daerah: str) -> Wanted:
    """Read an address; what it says wrongly counts as not said."""
    year, book = given.get("tahun", ""), given.get("jenis", "")
    kecamatan = given.get("kecamatan", "")
    rules = registry.current(daerah)
    good = year == EVERY_YEAR or (len(year) == 4 and year[:2] in ("19", "20") and year.isdecimal())
    return Wanted(
        daerah,
        year if good and year.isascii() else str(calendar.today(daerah).year),
        book if book in books(rules) else CASES,
        kecamatan if kecamatan in dict(areas.kecamatan(rules.region_code)) else "",
    )


def books(rules) -> dict[str, str]:
    """Return the books of papers: titles by kind, without those that belong to no case."""
    apart = (CASES, ANSWER, DIGEST)
    return {kind: paper.title for kind, paper in rules.paper.items() if kind not in apart}


def years(daerah: str) -> list[str]:
    """Return the years of the register, the present one first."""
    numbered = Application.objects.filter(daerah=daerah).exclude(registered_at=None)
    first = numbered.order_by("registered_at").values_list("registered_at", flat=True).first()
    now = calendar.today(daerah).year
    since = first.astimezone(ZoneInfo(registry.current(daerah).timezone)).year if first else now
    return [str(year) for year in range(now, since - 1, -1)]


def may_export(held, daerah: str) -> bool:
    """Return whether one of the postings may take the register along: it holds whole addresses."""
    return postings.oversees(held, daerah)


def book(held, part: Wanted):
    """Return the rows (cases or papers) that these postings may read of a part, in no order.

    An officer's own case stands in it too: a register with gaps is none.
    """
    cases = Application.objects.in_daerah(held, part.daerah)
    if part.kecamatan:
        cases = cases.filter(kecamatan=part.kecamatan)
    if part.book == CASES:
        return _of_year(cases.exclude(registered_at=None), part).in_lists()
    papers = Paper.objects.filter(daerah=part.daerah, kind=part.book, case__in=cases.values("pk"))
    return _of_year(papers.exclude(issued_at=None).defer("content"), part)


def _of_year(found, part):
    if part.year == EVERY_YEAR:
        return found
    zone, year = part.zone, int(part.year)
    begin = datetime.datetime(year, 1, 1, tzinfo=zone)
    end = datetime.datetime(year + 1, 1, 1, tzinfo=zone)
    return found.filter(**{f"{part.field}__gte": begin, f"{part.field}__lt": end})


def entries(part: Wanted, found: list[Any]) -> list[dict[str, Any]]:
    """Return the lines of some rows of a book; as many queries for a hundred as for one."""
    if part.book == CASES:
        return [_of_case(case, extras) for case, extras in _with_extras(found, part)]
    cases = {
        case.pk: case
        for case in Application.objects.filter(
            pk__in=[paper.case for paper in found], daerah=part.daerah
        ).in_lists()
    }
    known = {case.pk: _of_case(case, extras) for case, extras in _with_extras(cases.values(), part)}
    zone = part.zone
    return [
        known.get(paper.case, {}) | {
            "paper": paper.number, "paper_day": paper.issued_at.astimezone(zone).date(),
            "status": paper.get_status_display(), "paper_pk": paper.pk,
        }
        for paper in found
    ]  # fmt: skip


STOOD = (
    Paper.Status.VALID, Paper.Status.FROZEN, Paper.Status.REVOKED, Paper.Status.REPLACED
)  # fmt: skip
"""In which states a permit is named beside its case: voided ones never took effect."""


def by_status(held, part: Wanted) -> list[tuple[str, int]]:
    """Return how many papers of a book stand in each state: the figures of its year."""
    if part.book == CASES or part.year == EVERY_YEAR:
        return []
    counted = dict(
        book(held, part).order_by().values_list("status").annotate(n=Count("pk"))
    )  # fmt: skip
    return [(label, counted[value]) for value, label in Paper.Status.choices if value in counted]


def _with_extras(cases, part):
    """Yield each case with what other tables know of it: fee, permit, and when it was collected."""
    cases, zone = list(cases), part.zone
    pks = [case.pk for case in cases]
    fees = ports.money.billed(pks)
    permits = {
        case: (number, issued.astimezone(zone).date())
        for case, number, issued in Paper.objects.filter(
            case__in=pks, kind="izin", status__in=STOOD
        ).exclude(issued_at=None).order_by("issued_at").values_list("case", "number", "issued_at")
    }  # fmt: skip
    collected = dict(
        Event.objects.filter(application__in=pks, move="hand_over").values_list("application", "at")
    )
    for case in cases:
        number, day = permits.get(case.pk, ("", None))
        at = collected.get(case.pk)
        yield case, {
            "day": case.registered_at.astimezone(zone).date() if case.registered_at else None,
            "fee": fees.get(case.pk), "permit": number, "permit_day": day,
            "collected": at.astimezone(zone).date() if at else None,
        }  # fmt: skip


def _of_case(case, extras):
    """Return what the register says of a case: no NIK, no contact, no note."""
    rules = case.whole_rules
    return {
        "case": case,
        "number": case.number,
        "holder": case.holder.name if case.holder else "",
        "address": ", ".join(part for part in (case.address, case.village) if part),
        "kecamatan": label_of(rules, "kecamatan", case.kecamatan),
        "function": label_of(rules, "function", case.function),
        "area": case.floor_area,
        "state": case.stage_label,
        "note": dossiers.in_short(case),
        **extras,
    }
