"""What the demo's officers write down: figures of the KRK, the building, the assessment."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from applications import clock, evidence, facts, papers, sites
from applications.models import Application
from applications.ports import STAGE
from retribusi import services as money
from retribusi.formulas import NEW

KRK = {
    "zone": "Permukiman", "allowed_use": "Rumah tinggal, usaha kecil, sosial", "kdb_max": "60",
    "klb_max": "180", "kdh_min": "20", "ktb_max": "50", "gsb_min": "5", "floors_max": 4,
    "clearance": "2", "utilities": "Air PDAM, listrik, saluran drainase di depan persil.",
    "notes": "Air hujan diresapkan di dalam tanah sendiri.",
}  # fmt: skip
SHEET = {
    "architecture": "Denah, tampak, dan potongan lengkap dan sesuai.",
    "structure": "Pondasi dan rangka memadai.",
    "utilities": "Air bersih, limbah, dan listrik tergambar.",
    "conclusion": "Rencana teknis dapat disetujui.",
}
ADVICE = {"text": "Tambahkan sumur resapan di sisi selatan.\nBeri tanda jalur evakuasi."}
TEXT = {"text": "Sudah diperiksa dan sesuai dengan berkas permohonan."}
BEGUN = "Pekerjaan sudah dimulai; letak bangunan sesuai dengan gambar."
FENCE = "24"
"""Length or area of the first structure of the tariff, beside the building."""
PLAIN = {
    "kompleksitas": "sederhana", "permanensi": "permanen", "waktu_penggunaan": "tetap",
}  # fmt: skip
"""What an ordinary building is, where the tariff asks."""


def write(case: Application, kind: str, begun: bool = False) -> dict[str, Any]:
    """Return the record of a kind, as the officer's form would give it; ``begun`` tells whether the
    visit found work that had been begun already."""
    if kind in evidence.MINUTES:
        return _minutes(case, begun)
    if kind == "pendataan":
        return _building(case)
    if kind == "serah_terima":
        relation = "kuasa" if case.mandate_id else "pemohon"
        return {"receiver": str(case.applicant), "relation": relation}
    if kind == "pemutakhiran":
        serial = case.number.rsplit("-", 1)[-1]
        return {
            "register": f"BG-{case.kecamatan}-{serial}",
            "note": "Data bangunan disesuaikan dengan izin yang terbit.",
        }
    if kind == "kertas_khusus":
        serial = case.number.rsplit("-", 1)[-1]
        day = str(clock.today(case))
        return {"serial": f"{case.kecamatan}-{serial}", "signed_on": day, "stamped": True}
    if kind in VISIT:
        return VISIT[kind](case)
    known = {
        "krk": KRK,
        "penilaian": SHEET,
        "nasihat": ADVICE,
        "tanpa_kepentingan": {"declared": True},
    }
    return known.get(kind, TEXT)


GUESTS = [
    {
        "name": "Slamet Riyadi",
        "capacity": "Ketua RT 03",
        "contact": "rt03@demo.test",
        "told": False,
    },
    {"name": "Tetangga sebelah timur", "capacity": "", "contact": "", "told": True},
]


def _appointment(case: Application) -> dict[str, Any]:
    day = clock.today(case) + datetime.timedelta(days=1)
    return {
        "day": day.isoformat(), "time": "09:00", "place": papers.location(case),
        "note": "Bukti hak atas tanah yang asli.", "guests": GUESTS,
    }  # fmt: skip


def _site(case: Application) -> dict[str, Any]:
    """Return the sheet of a visit that found all as it was stated."""
    stated = facts.of(case)
    return {
        "drawings": "sesuai", "road": "sesuai", "note": "Patok batas tanah terlihat jelas.",
        "measured": {
            fact.code: value if isinstance(value, bool) else str(value)
            for fact in sites.measured(case)
            if (value := stated.get(fact.code)) is not None
        },
    }  # fmt: skip


def _minutes(case: Application, begun: bool) -> dict[str, Any]:
    """Return the minutes of a visit, with how far the work had come where the fee rests on it."""
    stages = money.stages(case)
    asked = [code for code, _ in stages.choices] if stages and stages.required else []
    found = [code for code in asked if begun == (stages is not None and code in stages.costly)]
    return {
        "present": f"{case.holder}, pemohon",
        "findings": BEGUN if begun else "Keadaan di lokasi sesuai dengan gambar.",
        "conclusion": "Permohonan dapat diteruskan.",
    } | ({STAGE: found[len(found) // 2]} if found else {})


def _hearing(case: Application) -> dict[str, Any]:
    return {
        "present": f"{case.holder}, pemohon\nKetua RT 03",
        "objections": "Ketua RT 03: jalan masuk perlu cukup lebar untuk mobil pemadam.",
        "answers": "Jalan masuk dibuat selebar 6 m.",
        "conclusion": "Permohonan dapat diteruskan.",
    }  # fmt: skip


VISIT = {
    "jadwal_tinjau": _appointment, "tinjau_lokasi": _site, "jadwal_dengar": _appointment,
    "dengar_pendapat": _hearing,
}  # fmt: skip


def _building(case: Application) -> dict[str, Any]:
    """Return the form of the record as it opens: the officer finds the answers right."""
    form = money.building_form(case)
    work = case.work or NEW
    stage = form.whole.told if work == NEW else ""
    structures = [code for tariff in case.rules.tariff[-1:] for code in tariff.prasarana]
    return {
        "kegiatan": work,
        "bangunan": [_part(part) for part in form.parts],
        "prasarana": [{"kode": code, "volume": FENCE} for code in structures[:1]],
        "biaya": [],
    } | ({STAGE: stage} if stage else {})


def _part(part: Any) -> dict[str, Any]:
    given = {name: value for name, value in (part.initial or {}).items() if value not in (None, "")}
    known = PLAIN | given
    values = {name: known.get(name, _first(field)) for name, field in part.fields.items()}
    return {
        name: str(value) if isinstance(value, Decimal) else value
        for name, value in values.items()
        if value not in (None, "", False)
    }


def _first(field: Any) -> Any:
    """Return the first real choice of a required field, 1 for a number, nothing else."""
    if not field.required:
        return None
    return next((value for value, _ in getattr(field, "choices", ()) if value), 1)
