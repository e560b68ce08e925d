"""Papers and forms whose every field is full of given texts."""

from itertools import cycle

from documents import hand_forms, rendering, snapshot
from documents.content import PaperContent, Section, Table
from documents.hand_forms import Grid, HandForm, Line, Part, Signer
from tests.documents.printouts import signed
from tests.documents.samples import HEAD

NUMBER = "640/17/2026"
TEMPLATES = (
    "surat", "skrd", "strd", "izin", "kode_ambil", "serah_terima", "lembar_ikm", "plat", "formulir",
)  # fmt: skip
ON_PLATE = 5
"""Facts on a plate; what is longer than its place is cut there."""


def typeset(template, texts):
    if template == "formulir":
        return hand_forms.pdf(form(texts))
    facts = tuple((f"Isian {n}", text) for n, text in enumerate(texts))
    shown = facts[:ON_PLATE] if template == "plat" else facts
    plain = snapshot.load(snapshot.plain(content(texts, facts=shown)))
    page = signed(template, plain, number=NUMBER, amount="Rp175.200", due_date="16 Desember 2026")
    return rendering.pdf(page)


def content(texts, **more):
    """Return a paper whose every field that somebody fills in holds one of these texts."""
    one = cycle(texts)
    rows = tuple((str(n), next(one), next(one)) for n in range(len(texts) // 2 + 1))
    table = Table(
        head=("No.", "Uraian", "Nilai"), rows=rows, align="llr", foot=("", "Jumlah", next(one)),
        cites=tuple(next(one) for _ in rows),
    )  # fmt: skip
    section = Section(
        title="Isi", paragraphs=tuple(texts), items=tuple(texts), table=table, label="KESATU"
    )
    fields = {
        "letterhead": HEAD,
        "title": "Uji",
        "recipient": (next(one), next(one)),
        "sections": (section,),
        "closing": tuple(texts),
        "holder": next(one),
        "purpose": next(one),
        "extra": {
            "address": next(one), "receiver": next(one), "giver": next(one), "code": "482915",
            "permit": "IMB", "permit_number": "640/17/2026", "permit_date": "16 November 2026",
            "terbilang": "seratus rupiah", "about": (("Layanan", next(one)),),
            "annex": (Section(title="Lampiran", items=tuple(texts)),),
        },
    }  # fmt: skip
    return PaperContent(**(fields | more))


def form(texts):
    """Return a form to be signed by hand that is filled in with these texts."""
    one = cycle(texts)
    lines = tuple(Line(label=f"Isian {n}", value=text) for n, text in enumerate(texts))
    grid = Grid(head=(("Nama", 0), ("Isi", 0)), rows=((next(one), next(one)),))
    part = Part(
        text=(next(one), next(one)), lines=lines, items=tuple((text,) for text in texts),
        ticks=(((next(one),), True),), grid=grid,
    )  # fmt: skip
    return HandForm(
        letterhead=HEAD, title="Formulir", parts=(part,), code="FORMULIR:ABC", purpose=next(one),
        signers=(Signer(title="Pemohon", name=next(one), stamp=True), Signer(title="Pemilik")),
    )  # fmt: skip
