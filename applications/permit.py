"""The permit and what goes with it: decisions with their dictum.

Annexed to the permit are the building and the calculation.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import asdict

from applications import drawing_papers, facts, parents, ports, requirements
from applications.clock import local_date
from applications.models import Application
from applications.paper_parts import base, decision_basis, holder_name, label_of, location
from documents import services as documents
from documents import snapshot
from documents.content import PaperContent, Section, Table
from imbportal.indonesia import rupiah, tanggal, terbilang

MAIN_FACTS = ("function", "work", "floor_area", "floors", "land_area")
"""What the dictum itself says of the building; the annex says the rest."""
ASKED_FACTS = ("land_right", "land_document", "land_area", "structure")
"""What the decision repeats of the application."""
LAND_FACTS = ("land_status", "land_right", "land_document", "land_area")
ORDINALS = (
    "KETIGA", "KEEMPAT", "KELIMA", "KEENAM", "KETUJUH", "KEDELAPAN", "KESEMBILAN", "KESEPULUH",
)  # fmt: skip
"""Labels of what is decided after the permit itself and its fee."""
IN_FORCE = "Keputusan ini berlaku sejak tanggal ditetapkan."
ANNEXED = "Lampiran merupakan bagian yang tidak terpisahkan dari keputusan ini."
STANDING = Section(
    title="Pembekuan dan pencabutan",
    paragraphs=(
        "Izin ini dapat dibekukan atau dicabut dengan surat yang memuat alasan dan dasarnya. "
        "Apakah izin ini masih berlaku dapat diperiksa siapa pun dan setiap saat lewat kode QR "
        "pada keputusan ini.",
    ),
)
WORD_FOR_WORD = "Bagian berikut sama kata demi kata dengan aslinya."
NO_BASIS = "Dasar hukum belum ditetapkan dalam standar pelayanan daerah ini."


def decisions(application: Application) -> list[str]:
    """Return the kinds of decision that a case is to get: the permit and those beside it."""
    rules = application.rules
    chain = rules.chains(application.track).get("PERMIT_SIGNING", ())
    kinds = dict.fromkeys(kind for link in chain for kind in link.issue)
    return requirements.made(
        application,
        [kind for kind in kinds if kind == parents.KIND or rules.paper[kind].template == "izin"],
    )


def content(application: Application, note: str, at: datetime.datetime) -> PaperContent:
    """Return what the permit prints, as the case stands when it is signed."""
    if application.is_service:
        return _of_service(application)
    assessment = application.assessments.first()
    annex = (
        _building(application),
        *drawing_papers.endorsed(application),
        *ports.money.annex(application),
        STANDING,
    )
    return base(
        application,
        "izin",
        facts=(),
        sections=(*_considerations(application), *_dictum(application, fee(application))),
        extra={"annex": [asdict(section) for section in annex]},
        sample=bool(assessment and assessment.sample),
    )


def land_use(application: Application, note: str, at: datetime.datetime) -> PaperContent:
    """Return the permit to use the land, which stands beside that for the building."""
    rules = application.rules
    given = (
        f"Memberikan izin penggunaan dan pemanfaatan tanah kepada {holder_name(application)} "
        f"untuk tanah di {location(application)}."
    )
    table = Table(head=("Data tanah", ""), rows=_rows(application, LAND_FACTS), align="ll")
    with_it = f"Izin ini menyertai {rules.service.permit_long} atas nama yang sama."
    return _decision(
        application,
        "izin penggunaan dan pemanfaatan tanah",
        Section(label="KESATU", paragraphs=(given,), table=table),
        Section(label="KEDUA", paragraphs=(with_it,)),
        Section(label="KETIGA", paragraphs=(IN_FORCE,)),
    )


def endorsement(application: Application, note: str, at: datetime.datetime) -> PaperContent:
    """Return the endorsement of a statement that the applicant made and uploaded."""
    said = (
        f"Mengesahkan surat pernyataan yang dibuat {holder_name(application)} untuk "
        f"{application.building_name or 'bangunan'} di {location(application)}."
    )
    return _decision(
        application,
        "pengesahan surat pernyataan itu",
        Section(label="KESATU", paragraphs=(said,)),
        Section(label="KEDUA", paragraphs=(IN_FORCE,)),
    )


def _of_service(application: Application) -> PaperContent:
    """Return the permit of a service on an older one: what it does to that, in the file's words."""
    parent, track = parents.of(application), parents.track_of(application)
    assert parent is not None and track is not None  # noqa: S101  no service is issued without
    places = {"nomor": parent.number, "tanggal": tanggal(parent.date)}
    asked = tuple(fact.code for fact in application.rules.fact)
    given = Table(head=("Menurut permohonan", ""), rows=_rows(application, asked), align="ll")
    dictum = (
        Section(
            label="KESATU",
            paragraphs=(
                track.permit_note.format(**places),
                f"Pemegang: {holder_name(application)}. Lokasi menurut {parent.permit} asal: "
                f"{location(application)}.",
            ),
            table=given,
        ),
        Section(label="KEDUA", paragraphs=(_standing(parent, replaced=track.replaces),)),
        Section(label="KETIGA", paragraphs=(fee(application),)),
        Section(label="KEEMPAT", paragraphs=(ANNEXED,)),
        Section(label="KELIMA", paragraphs=(IN_FORCE,)),
    )
    building, assessment = parents.origin(application), application.assessments.first()
    copied = _copied(parent) if track.copies else ()
    annex = (
        *(
            (_building(building, f"menurut {parent.permit} asal"),)
            if building and not copied
            else ()
        ),
        *_changed_before(application),
        *ports.money.annex(application),
        *copied,
    )
    return base(
        application,
        parents.KIND,
        title=track.permit_title or application.rules.service.permit_long,
        facts=(),
        sections=(*_considerations(application), Section(label="MEMUTUSKAN"), *dictum),
        extra={"annex": [asdict(section) for section in annex]},
        sample=bool(assessment and assessment.sample),
    )


def _copied(parent: parents.Parent) -> tuple[Section, ...]:
    """Return the older permit word for word, with who signed it; nothing of one on paper alone."""
    if parent.paper is None:
        return ()
    older, zone = snapshot.load(parent.paper.content), parent.paper.content["letterhead"]
    signed = tuple(
        f"Ditandatangani {mark.name}, {mark.title}, {tanggal(mark.at, zone['timezone'])}."
        for mark in documents.signatures(parent.paper)
        if mark.act == "ttd"
    )
    head = Section(title=f"Salinan isi {parent}", paragraphs=(WORD_FOR_WORD, *signed))
    return (head, *older.sections, *older.extra.get("annex", ()))


def _standing(parent: parents.Parent, *, replaced: bool) -> str:
    """Return what becomes of the older permit."""
    if replaced:
        return f"Sejak keputusan ini ditetapkan, {parent} tidak berlaku lagi."
    return f"{parent} tetap berlaku."


def _decision(application: Application, about: str, *dictum: Section) -> PaperContent:
    """Return a decision beside the permit, on the same considerations."""
    decided = (*_considerations(application, about), Section(label="MEMUTUSKAN"), *dictum)
    return base(application, "izin", facts=(), sections=decided)


def fee(application: Application) -> str:
    """Return what the decision says of the retribution: it may be signed before it is paid."""
    assessment = application.assessments.first()
    if assessment is None or not assessment.total:
        return "Tidak ada retribusi yang dikenakan."
    amount = f"{rupiah(assessment.total)} ({terbilang(assessment.total)} rupiah)"
    if ports.money.due(application):
        return (
            f"Retribusi sebesar {amount} dibayar sesuai SKRD. Keputusan ini diberi nomor dan "
            "diserahkan setelah retribusinya lunas."
        )
    return f"Retribusi sebesar {amount} telah dibayar lunas."


def _considerations(application: Application, about: str = "") -> tuple[Section, ...]:
    """Return what a decision rests on; it is ``about`` the permit where nothing else is said."""
    rules = application.rules
    sent = tanggal(local_date(application, application.submitted_at))
    basis = decision_basis(application)
    assessed = "Persetujuan tertulis atas" if "persetujuan" in rules.paper else "Hasil penilaian"
    if application.is_service:
        looked_at = f"Hasil pemeriksaan permohonan atas {parents.of(application)}."
    else:
        looked_at = f"{assessed} dokumen rencana teknis."
    return (
        Section(
            label="Membaca",
            paragraphs=(
                f"Permohonan {holder_name(application)} nomor {application.number} tanggal {sent}.",
            ),
            table=_asked(application),
        ),
        Section(label="Menimbang", items=_reasons(application, about)),
        Section(label="Mengingat", items=basis, paragraphs=() if basis else (NO_BASIS,)),
        Section(label="Memperhatikan", paragraphs=(looked_at,)),
    )


def _asked(application: Application) -> Table | None:
    """Return of whom and what the application is: owner, plot, right, building."""
    if application.is_service:
        return None
    holder = application.holder
    rows = (
        ("Alamat pemohon", holder.address if holder else ""),
        ("Bangunan", application.building_name),
        ("Letak", location(application)),
        *_rows(application, ASKED_FACTS),
    )
    told = tuple((label, value) for label, value in rows if value)
    return Table(head=("", ""), rows=told, align="ll")


def _reasons(application: Application, about: str) -> tuple[str, ...]:
    """Return why it is decided so."""
    about = about or application.rules.service.permit_long
    if application.is_service:
        checked = f"bahwa permohonan itu cocok dengan {parents.of(application)};"
    else:
        checked = (
            "bahwa permohonan itu telah diperiksa dan memenuhi persyaratan administrasi dan "
            "persyaratan teknis;"
        )
    return (checked, f"bahwa karena itu perlu ditetapkan keputusan tentang {about}.")


def _dictum(application: Application, fee: str) -> tuple[Section, ...]:
    """Return the decision; ``fee`` says what became of the retribution."""
    building = application.building_name or "bangunan gedung"
    return (
        Section(label="MEMUTUSKAN"),
        Section(
            label="KESATU",
            paragraphs=(
                f"Memberikan {application.rules.service.permit_long} kepada "
                f"{holder_name(application)} untuk {building} di {location(application)}.",
            ),
            table=Table(head=("Data utama", ""), rows=_rows(application, MAIN_FACTS), align="ll"),
        ),
        Section(label="KEDUA", paragraphs=(fee,)),
        *(
            Section(label=label, paragraphs=(clause,))
            for label, clause in zip(
                ORDINALS,
                (*application.rules.paper["izin"].clauses, ANNEXED, IN_FORCE),
                strict=False,
            )
        ),
    )


def _changed_before(application: Application) -> Iterator[Section]:
    """Yield what earlier services changed of the permit that stands now, the oldest first."""
    for paper, case in reversed(list(parents.lineage(application))):
        track = parents.track_of(case)
        if track is not None and track.replaces:
            asked = tuple(fact.code for fact in case.rules.fact)
            table = Table(head=("Perubahan", ""), rows=_rows(case, asked), align="ll")
            yield Section(title=f"Perubahan dengan {parents.as_parent(case, paper)}", table=table)


def _building(application: Application, by: str = "") -> Section:
    codes = tuple(fact.code for fact in application.rules.fact)
    table = Table(head=("Keterangan", ""), rows=_rows(application, codes), align="ll")
    return Section(title=f"Data tanah dan bangunan {by}".strip(), table=table)


def _rows(application: Application, codes: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    rules, values = application.rules, facts.of(application)
    labels = {fact.code: fact.label for fact in rules.fact}
    return tuple(
        (labels[code], label_of(rules, code, values[code])) for code in codes if code in values
    )
