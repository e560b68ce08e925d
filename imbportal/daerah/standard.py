"""The public service standard: its fourteen components, drawn from the rules that run.

What the file says under ``[[component]]`` comes first; what it leaves out is filled from its other
tables; a component of which nothing is known stays empty ("belum ditetapkan").
"""

from collections.abc import Iterator
from dataclasses import dataclass

from imbportal.daerah.references import links, moves
from imbportal.daerah.rule import Cited
from imbportal.daerah.schema import Daerah

TITLES = {
    "persyaratan": "Persyaratan",
    "prosedur": "Sistem, mekanisme, dan prosedur",
    "waktu": "Jangka waktu penyelesaian",
    "biaya": "Biaya atau tarif",
    "produk": "Produk pelayanan",
    "pengaduan": "Penanganan pengaduan, saran, dan masukan",
    "dasar_hukum": "Dasar hukum",
    "sarana": "Sarana, prasarana, dan fasilitas",
    "kompetensi": "Kompetensi pelaksana",
    "pengawasan": "Pengawasan internal",
    "jumlah_pelaksana": "Jumlah pelaksana",
    "jaminan_pelayanan": "Jaminan pelayanan",
    "jaminan_keamanan": "Jaminan keamanan dan keselamatan pelayanan",
    "evaluasi": "Evaluasi kinerja pelaksana",
}
"""Codes and titles in the order in which they are published."""
ELSEWHERE = ("persyaratan", "dasar_hukum")
"""Components that are drawn from tables with a part of the page to themselves."""
UNITS = {"hari": "hari", "hari_kerja": "hari kerja"}


@dataclass(frozen=True, kw_only=True)
class StandardComponent:
    """One component as the public reads it; no text and no items means "belum ditetapkan"."""

    code: str
    title: str
    text: str = ""
    items: tuple[str, ...] = ()
    cite: str = ""
    contoh: bool = False
    note: str = ""
    listed: bool = False
    """Whether the file itself states it, in the document's words."""

    @property
    def own(self) -> bool:
        """Whether its items stand nowhere else on the page: steps do, and what is drawn of
        requirements and laws."""
        return self.code != "prosedur" and (self.listed or self.code not in ELSEWHERE)

    @property
    def known(self) -> bool:
        return bool(self.text or self.items)


def components(daerah: Daerah) -> list[StandardComponent]:
    """Return the fourteen components in order."""
    stated = {item.code: item for item in daerah.component}
    drawn = {item.code: item for item in _drawn(daerah)}
    found = []
    for code, title in TITLES.items():
        if item := stated.get(code):
            found.append(StandardComponent(**item.model_dump(), listed=True))
        else:
            found.append(drawn.get(code) or StandardComponent(code=code, title=title))
    return found


def _drawn(daerah: Daerah) -> Iterator[StandardComponent]:
    """Yield the components that the other tables of the file tell."""
    service, complaint = daerah.service, daerah.complaint
    yield _component(
        "persyaratan",
        service,
        items=tuple(item.label for item in daerah.requirement),
        contoh=any(item.contoh for item in daerah.requirement),
    )
    yield _component("prosedur", service, items=_steps(daerah))
    yield _component("waktu", service, text=service.time)
    yield _component("biaya", service, text=service.cost)
    yield _component("produk", service, items=service.product)
    answer = ""
    if complaint.amount:
        answer = f"Dijawab paling lama {complaint.amount} {UNITS[complaint.unit]}."
    yield _component("pengaduan", complaint, text=answer, items=complaint.channels)
    if daerah.legal_basis:
        laws = tuple(basis.text for basis in daerah.legal_basis)  # each has a source of its own
        yield StandardComponent(code="dasar_hukum", title=TITLES["dasar_hukum"], items=laws)


def _component(
    code: str,
    source: Cited,
    *,
    text: str = "",
    items: tuple[str, ...] = (),
    contoh: bool | None = None,
) -> StandardComponent:
    return StandardComponent(
        code=code,
        title=TITLES[code],
        text=text,
        items=items,
        cite=source.cite,
        contoh=source.contoh if contoh is None else contoh,
        note=source.note,
    )


def _steps(daerah: Daerah) -> tuple[str, ...]:
    """Return the numbered steps of the chains and of the applicant's moves, in order."""
    found = [(number, link.label) for _, link in links(daerah) for number in link.steps]
    found += [(number, on.done) for _, on in moves(daerah) for number in on.steps]
    return tuple(dict.fromkeys(text for _, text in sorted(found) if text))
