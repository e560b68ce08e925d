"""What the public may learn of a paper, and whether a file is the one that was issued."""

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q

from documents import snapshot
from documents.models import Paper
from imbportal import indonesia
from imbportal.limits import Limit

LOOKS = Limit("verifikasi", most=30, window=60)
"""Per client address; far over what a counter needs, far under what guessing needs."""


@dataclass(frozen=True)
class Standing:
    """How a status is said to whoever holds the paper."""

    tone: str
    title: str
    text: str


STANDINGS = {
    Paper.Status.VALID: Standing(
        "good", "Surat ini berlaku", "Surat ini kami terbitkan dan masih berlaku."
    ),
    Paper.Status.FROZEN: Standing(
        "due", "Surat ini dibekukan",
        "Untuk sementara surat ini tidak boleh dipakai. Jangan memutuskan apa pun atas dasar surat "
        "ini; tanyakan kepada kantor penerbitnya.",
    ),
    Paper.Status.REVOKED: Standing(
        "bad", "Surat ini sudah dicabut",
        "Surat ini pernah kami terbitkan, lalu dicabut. Jangan menerimanya; tanyakan kepada kantor "
        "penerbitnya bila seseorang masih memakainya.",
    ),
    Paper.Status.VOID: Standing(
        "bad", "Surat ini batal",
        "Surat ini pernah kami terbitkan, lalu dibatalkan. Jangan menerimanya.",
    ),
    Paper.Status.REPLACED: Standing(
        "bad", "Surat ini sudah diganti",
        "Surat ini tidak dipakai lagi; mintalah surat penggantinya kepada pemegangnya.",
    ),
}  # fmt: skip
EXACT = Standing("good", "Berkas sesuai", "Berkas ini sama persis dengan yang kami terbitkan.")
EXACT_BUT = "Berkas sesuai, tetapi suratnya {status}"
OLDER = Standing(
    "bad", "Versi lama yang sudah diganti",
    "Berkas ini pernah kami terbitkan, tetapi sudah diganti. Mintalah berkas surat penggantinya.",
)  # fmt: skip
CHANGED = Standing(
    "bad",
    "Berkas tidak sesuai",
    "Berkas ini tidak sama dengan yang kami terbitkan: isinya mungkin diubah, atau disimpan ulang "
    "oleh program lain. Mintalah berkas aslinya kepada pemegang surat.",
)
UNSEALED = Standing(
    "due",
    "Berkas sesuai, tetapi belum bersegel",
    "Isi berkas ini sama dengan surat kami, tetapi segel elektroniknya tidak ada. Mintalah berkas "
    "bersegel kepada pemegang surat.",
)
"""The printed paper before its seal: ours, but never given out."""
NOT_YET = Standing(
    "due", "Berkas belum dapat dibandingkan", "Berkas surat ini sedang disiapkan. Coba lagi nanti."
)
UNKNOWN_FILE = Standing(
    "bad",
    "Berkas tidak sesuai",
    "Tidak ada surat kami yang sama persis dengan berkas ini. Bila surat itu memuat kode QR, "
    "periksa juga dengan kodenya.",
)


ADVICE: dict[str, Callable[[Paper], str]] = {}
"""What a paper's kind adds to its standing, by kind; the layers above fill it."""


def advise(kind: str, words: Callable[[Paper], str]) -> None:
    """Say on the check page of each paper of a kind what ``words`` returns, "" for nothing."""
    ADVICE[kind] = words


RELATED: list[Callable[[Paper], Iterable[tuple[str, str]]]] = []
"""What the layers above know of other papers to which one belongs: rows of its check page."""


def relate(finder: Callable[[Paper], Iterable[tuple[str, str]]]) -> None:
    """Show on the check page of each paper the rows that ``finder`` returns."""
    if finder not in RELATED:
        RELATED.append(finder)


def standing(paper: Paper) -> Standing:
    """Return how a paper stands, with what its kind adds for whoever holds it."""
    found = STANDINGS[paper.status]
    more = ADVICE[paper.kind](paper) if paper.kind in ADVICE else ""
    return replace(found, text=f"{found.text} {more}") if more else found


TOKEN = re.compile(r"[a-z2-7]{32}")
NOBODYS = "-" * 32
"""In the place of what is no token; of no paper."""


def by_token(token: str) -> Paper | None:
    """Return the issued paper of a token; a draft is unknown to the public.

    What is no token is looked for like one: it takes as long, and finds nothing.
    """
    token = token if TOKEN.fullmatch(token) else NOBODYS
    return Paper.objects.filter(token=token, number__isnull=False).first()


def by_file(file) -> Paper | None:
    """Return the issued paper whose file, sealed or before its seal, is exactly this one."""
    found = sha256(file)
    same = Q(file_sha256=found) | Q(sealed_sha256=found)
    return Paper.objects.filter(same, number__isnull=False).first()


def compare(paper: Paper, file) -> Standing:
    """Tell whether the file is the one that was issued as this paper, and how that stands."""
    if paper.given_sha256 is None:
        return NOT_YET
    found = sha256(file)
    if same(paper, found, file):
        return _exact(paper)
    if found == paper.file_sha256:
        return UNSEALED
    return OLDER if replaced_before(paper, found) else CHANGED


def same(paper: Paper, found: str, file: Any) -> bool:
    """Return whether a file of this hash is the one that was given out as this paper."""
    return found == paper.given_sha256


def _exact(paper: Paper) -> Standing:
    if paper.status == Paper.Status.REPLACED:
        return OLDER
    if paper.status == Paper.Status.VALID:
        return EXACT
    title = EXACT_BUT.format(status=paper.get_status_display().lower())
    return Standing(STANDINGS[Paper.Status(paper.status)].tone, title, EXACT.text)


def replaced_before(paper: Paper, found: str) -> bool:
    """Return whether a hash is that of a paper in whose place this one came, however long ago."""
    seen, here = {paper.pk}, [paper.pk]
    while here:
        older = list(Paper.objects.filter(replaced_by__in=here).exclude(pk__in=seen))
        if any(found == one.given_sha256 for one in older):
            return True
        here = [one.pk for one in older]
        seen.update(here)
    return False


def _form(paper: Paper) -> str:
    """Return how a sealed paper is signed; "" of one that is signed wet."""
    if not paper.seal:
        return ""
    return f"Dokumen elektronik dengan {paper.get_seal_display().lower()} dalam berkasnya"


def sha256(file) -> str:
    """Return the hash of an uploaded file, read in pieces."""
    total = hashlib.sha256()
    for chunk in file.chunks():
        total.update(chunk)
    return total.hexdigest()


def shown(paper: Paper) -> list[tuple[str, str]]:
    """Return what the check page says of a paper; its holder's name is masked."""
    content = snapshot.load(paper.content)
    zone = content.letterhead.timezone
    rows = [
        ("Surat", paper.title),
        ("Nomor", paper.number),
        ("Tanggal terbit", indonesia.tanggal(paper.issued_at, zone)),
        ("Untuk", content.purpose),
        ("Pemegang", indonesia.mask_name(content.holder)),
        ("Bentuk", _form(paper)),
        ("Diterbitkan oleh", f"{content.letterhead.office}, {content.letterhead.government}"),
    ]
    if paper.status != Paper.Status.VALID and paper.status_at:
        since = (f"{paper.get_status_display()} sejak", indonesia.tanggal(paper.status_at, zone))
        rows.insert(3, since)
    if paper.replaced_by is not None:
        newer = paper.replaced_by
        day = indonesia.tanggal(newer.issued_at, zone)
        rows.insert(4, ("Diganti oleh", f"{newer.title} nomor {newer.number} tanggal {day}"))
    for older in Paper.objects.filter(replaced_by=paper).order_by("issued_at"):
        day = indonesia.tanggal(older.issued_at, zone)
        rows.append(("Menggantikan", f"{older.title} nomor {older.number} tanggal {day}"))
    for finder in RELATED:
        rows += finder(paper)
    return [(label, value) for label, value in rows if value]
