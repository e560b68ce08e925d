"""What the public may learn of a paper, and whether a file is the one that was issued."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace

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
        "due", "Surat ini dibekukan", "Untuk sementara surat ini tidak boleh dipakai."
    ),
    Paper.Status.REVOKED: Standing(
        "bad", "Surat ini sudah dicabut", "Surat ini pernah kami terbitkan, lalu dicabut."
    ),
    Paper.Status.VOID: Standing(
        "bad", "Surat ini batal", "Surat ini pernah kami terbitkan, lalu dibatalkan."
    ),
    Paper.Status.REPLACED: Standing(
        "bad", "Surat ini sudah diganti", "Surat ini tidak dipakai lagi; ada surat penggantinya."
    ),
}
EXACT = Standing("good", "Berkas sesuai", "Berkas ini sama persis dengan yang kami terbitkan.")
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


def standing(paper: Paper) -> Standing:
    """Return how a paper stands, with what its kind adds for whoever holds it."""
    found = STANDINGS[paper.status]
    more = ADVICE[paper.kind](paper) if paper.kind in ADVICE else ""
    return replace(found, text=f"{found.text} {more}") if more else found


def by_token(token: str) -> Paper | None:
    """Return the issued paper of a token; a draft is unknown to the public."""
    return Paper.objects.filter(token=token, number__isnull=False).first()


def by_file(file) -> Paper | None:
    """Return the issued paper whose file, sealed or before its seal, is exactly this one."""
    found = sha256(file)
    same = Q(file_sha256=found) | Q(sealed_sha256=found)
    return Paper.objects.filter(same, number__isnull=False).first()


def compare(paper: Paper, file) -> Standing:
    """Tell whether the file is the one that was issued as this paper."""
    if paper.given_sha256 is None:
        return NOT_YET
    found = sha256(file)
    if found == paper.given_sha256:
        return EXACT
    return UNSEALED if found == paper.file_sha256 else CHANGED


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
    return [(label, value) for label, value in rows if value]
