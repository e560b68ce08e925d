"""What must hold of the papers: numbers without gap, the file of each, and its coat of arms."""

import datetime
import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone

from documents import holds, numbering, services
from documents.models import Counter, Emblem, NumberHold, Paper
from imbportal.daerah import registry
from imbportal.daerah.complaints import COMPLAINT
from imbportal.daerah.paper_kinds import PaperKind
from imbportal.daerah.schema import Daerah
from imbportal.invariants import Fault
from notifications.models import Job

PATIENCE = timedelta(minutes=10)
"""In which the worker should have printed a paper."""
CASE = "permohonan"
"""Kind of the numbers that cases bear; the others are numbers of papers."""
N, PLACE = "\x01", "\x02"


class Given(NamedTuple):
    """One number that somebody bears."""

    rules: Daerah
    kind: str
    number: str
    at: datetime.datetime
    case: Any


def numbers() -> Iterator[Fault]:
    """Find gaps, doubles and foreign patterns in the numbers of the papers, voided ones too."""
    papers = Paper.objects.exclude(number=None).order_by("issued_at").iterator()
    borne = (
        Given(registry.version(p.version_id), p.kind, p.number, p.issued_at, p.case) for p in papers
    )
    given = itertools.chain(borne, _held())
    others = Q(key__contains=f":{CASE}:") | Q(key__contains=f":{COMPLAINT}:")
    counters = Counter.objects.exclude(others)
    return series_faults(given, counters)


def _held() -> Iterator[Given]:
    """Yield the numbers that wait for the seal of their papers."""
    for hold in NumberHold.objects.filter(paper=None):
        rules = registry.version(hold.version_id)
        number = holds.printed(rules, hold, hold.at)
        yield Given(rules, hold.kind, number, hold.at, hold.case)


def series_faults(given: Iterable[Given], counters: Iterable[Counter]) -> Iterator[Fault]:
    """Hold the numbers that were given against the counters of their series."""
    found: dict[str, list[int]] = defaultdict(list)
    for one in given:
        place = _place(one)
        if place is None:
            yield Fault("nomor", one.case, f"nomor {one.number} tidak menurut pola {one.kind}")
        else:
            found[place[0]].append(place[1])
    values = {counter.key: counter.value for counter in counters}
    for key in sorted(found.keys() | values.keys()):
        if text := _uneven(sorted(found.get(key, [])), values.get(key, 0)):
            yield Fault("nomor", None, f"seri {key}: {text}")


def _uneven(numbers: list[int], value: int) -> str:
    """Return what keeps a series from counting 1, 2, 3 ... up to its counter's value."""
    expected = set(range(1, value + 1))
    texts = {
        "nomor hilang": sorted(expected - set(numbers)),
        "nomor di luar pencacah": sorted(set(numbers) - expected),
        "nomor ganda": sorted({n for n in numbers if numbers.count(n) > 1})
        if len(set(numbers)) < len(numbers)
        else [],
    }
    return "; ".join(f"{what} {_some(which)}" for what, which in texts.items() if which)


def _some(numbers: list[int], most: int = 10) -> str:
    more = f" dan {len(numbers) - most} lagi" if len(numbers) > most else ""
    return ", ".join(map(str, numbers[:most])) + more


def _place(one: Given) -> tuple[str, int] | None:
    """Return series and position of a printed number; None where it is not of its pattern."""
    try:
        paper = one.rules.numbered(one.kind)
    except KeyError:
        return None
    day = one.at.astimezone(ZoneInfo(one.rules.timezone)).date()
    read = re.fullmatch(_outline(paper, day), one.number)
    if read is None:
        return None
    n, place = int(read["n"]), read.groupdict().get("place") or ""
    if numbering.printed(paper, n, day, place) != one.number:
        return None
    return numbering.series(one.rules, one.kind, day, place), n


def _outline(paper: PaperKind, day: datetime.date) -> str:
    """Return the regular expression of a kind's numbers on one day."""
    pattern = re.sub(r"\{n[34]?\}", N, paper.pattern).replace("{kecamatan}", PLACE)
    text = re.escape(numbering.printed(paper.model_copy(update={"pattern": pattern}), 0, day))
    text = text.replace(N, r"(?P<n>\d+)", 1).replace(N, r"\d+")
    return text.replace(PLACE, r"(?P<place>\d{6})", 1).replace(PLACE, r"\d{6}")


def printed() -> Iterator[Fault]:
    """Find issued papers without a file that the worker should have made by now.

    Whether the file is there and the right one is told with all other files.
    """
    late = timezone.now() - PATIENCE
    young = set(
        Job.objects.filter(kind=services.PRINT, due_at__gte=late)
        .exclude(status__in=[Job.Status.DONE, Job.Status.FAILED])
        .values_list("ref", flat=True)
    )
    unprinted = Paper.objects.filter(issued_at__lt=late, file_sha256=None)
    unprinted = unprinted.exclude(holds.NEVER_OUT)
    for paper in unprinted.exclude(number=None):
        if str(paper.pk) not in young:
            yield Fault("surat", paper.case, f"{paper} belum dicetak")


def sealed() -> Iterator[Fault]:
    """Find papers that must bear a seal and lack it, or bear one that they must not.

    Whether the sealed file is there and the right one is told with all other files.
    """
    late = timezone.now() - PATIENCE
    bare = Q(sealed="") | Q(sealed_sha256=None) | Q(file_sha256=None)
    lacking = Paper.objects.filter(bare, issued_at__lt=late).exclude(seal=Paper.Seal.NONE)
    for paper in lacking.exclude(number=None).exclude(status=Paper.Status.VOID):
        yield Fault("surat", paper.case, f"{paper} belum bersegel")
    stray = Paper.objects.filter(seal=Paper.Seal.NONE).exclude(sealed="", sealed_sha256=None)
    for paper in stray:
        yield Fault("surat", paper.case, f"{paper} bersegel tanpa diminta")


def replaced() -> Iterator[Fault]:
    """Find papers that were replaced by none that was issued, or by one that is void."""
    ended = Q(status=Paper.Status.REPLACED) | Q(replaced_by__isnull=False)
    for paper in Paper.objects.filter(ended).select_related("replaced_by"):
        newer = paper.replaced_by
        good = newer is not None and newer.number and newer.status != Paper.Status.VOID
        if paper.status != Paper.Status.REPLACED or not good:
            yield Fault(
                "surat", paper.case, f"{paper} diganti, tetapi tidak oleh surat yang terbit"
            )


def emblems() -> Iterator[Fault]:
    """Find frozen papers that name a coat of arms which is not kept.

    Whether its file is there and the right one is told with all other files.
    """
    frozen = Paper.objects.exclude(frozen_at=None)
    named = frozen.values_list("content__letterhead__emblem", flat=True).distinct()
    kept = set(Emblem.objects.values_list("sha256", flat=True))
    for sha256 in sorted({one for one in named if one} - kept):
        paper = frozen.filter(content__letterhead__emblem=sha256).earliest("frozen_at")
        yield Fault("surat", paper.case, f"{paper} menyebut lambang yang tidak disimpan")


CHECKS = (numbers, printed, sealed, replaced, emblems)
