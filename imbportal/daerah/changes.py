"""What differs between two versions of a daerah's file, in words for those who live by it.

Whoever asks says what of each version concerns him (``Scope``); no code names a daerah.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from imbportal.daerah import tables
from imbportal.daerah.reliefs import Relief, ReliefDocument
from imbportal.daerah.schema import Choice, Daerah, Fact, Requirement, Statement
from imbportal.daerah.tariffs import Figure, Tariff
from imbportal.indonesia import angka, tanggal

DOCUMENTS, QUESTIONS, STATEMENTS = "Dokumen", "Pertanyaan", "Pernyataan"
TARIFF, RELIEF, TERMS = "Tarif", "Keringanan retribusi", "Waktu, biaya, dan alur"
GROUPS = (DOCUMENTS, QUESTIONS, STATEMENTS, TARIFF, RELIEF, TERMS)
PRICED = "prasarana"
"""Table whose figures are rupiah for each unit."""
MOST = 8
"""Figures of a tariff that are named one by one."""


class Change(NamedTuple):
    """One difference, as a sentence."""

    group: str
    text: str


@dataclass(frozen=True)
class Scope:
    """What of one version concerns somebody."""

    requirements: tuple[Requirement, ...] = ()
    facts: tuple[Fact, ...] = ()
    statements: tuple[Statement, ...] = ()
    tariffs: tuple[Tariff, ...] = ()
    reliefs: tuple[Relief, ...] = ()
    terms: Mapping[str, str] = field(default_factory=dict)
    """Promised times and costs, by what they are."""
    unsure: frozenset[str] = frozenset()
    """Requirements of which the answers do not tell yet whether they are due."""


def whole(rules: Daerah, terms: Mapping[str, str]) -> Scope:
    """Return a scope that leaves nothing out."""
    return Scope(rules.requirement, rules.fact, rules.statement, rules.tariff, rules.relief, terms)


def between(old: Scope, new: Scope, day: datetime.date) -> list[Change]:
    """Return the differences in the order of ``GROUPS``, of tariffs as they stand on ``day``."""
    found = {
        DOCUMENTS: _documents(old, new),
        QUESTIONS: _questions(old, new),
        STATEMENTS: _statements(old, new),
        TARIFF: _tariffs(old.tariffs, new.tariffs, day),
        RELIEF: _reliefs(old.reliefs, new.reliefs),
        TERMS: _terms(old.terms, new.terms),
    }
    return [Change(group, text) for group in GROUPS for text in dict.fromkeys(found[group])]


def grouped(changes: Iterable[Change]) -> list[tuple[str, list[str]]]:
    """Return the sentences under their headings."""
    runs = groupby(changes, key=lambda change: change.group)
    return [(group, [change.text for change in found]) for group, found in runs]


# -- Documents -------------------------------------------------------------------------------
def _documents(old: Scope, new: Scope) -> Iterator[str]:
    before = {item.code: item for item in old.requirements}
    after = {item.code: item for item in new.requirements}
    for code, item in after.items():
        if code in before:
            yield from _document(before[code], item)
        elif code in new.unsure:
            yield f"Mungkin diminta, tergantung jawaban Anda: {item.label}."
        else:
            yield f"Dokumen baru diminta: {item.label}{' (boleh kosong)' * item.optional}."
    for code, item in before.items():
        if code not in after:
            yield f"Tidak diminta lagi: {item.label}."


def _document(old: Requirement, new: Requirement) -> Iterator[str]:
    if old.label != new.label:
        yield f"“{old.label}” sekarang disebut “{new.label}”."
    if old.optional != new.optional:
        yield f"{new.label} sekarang {'boleh kosong' if new.optional else 'wajib diunggah'}."
    if old.images != new.images:
        kinds = "boleh PDF, JPG, atau PNG" if new.images else "hanya boleh PDF"
        yield f"{new.label} sekarang {kinds}."
    if old.due != new.due:
        when = "bersama permohonan KRK" if new.due == "request_krk" else "bersama permohonan izin"
        yield f"{new.label} sekarang diunggah {when}."
    if old.authority != new.authority and new.authority:
        yield f"{new.label} sekarang diminta dari {new.authority}."
    if old.help != new.help and new.help:
        yield f"Keterangan {new.label} berubah: {new.help}"


# -- Questions -------------------------------------------------------------------------------
def name(fact: Fact) -> str:
    """Return a question as it stands within a sentence."""
    return fact.label.rstrip("?. ")


def _questions(old: Scope, new: Scope) -> Iterator[str]:
    before = {fact.code: fact for fact in old.facts}
    after = {fact.code: fact for fact in new.facts}
    for code, fact in after.items():
        if code in before:
            yield from _question(before[code], fact)
        else:
            yield f"Pertanyaan baru: {name(fact)}{'' if fact.required else ' (boleh kosong)'}."
    for code, fact in before.items():
        if code not in after:
            yield f"Tidak ditanyakan lagi: {name(fact)}."


def _question(old: Fact, new: Fact) -> Iterator[str]:
    if old.label != new.label:
        yield f"“{old.label}” sekarang berbunyi “{new.label}”."
    if (old.type, old.unit) != (new.type, new.unit):
        unit = f" dalam {new.unit}" if new.unit and new.unit != old.unit else ""
        yield f"Cara menjawab {name(new)} berubah{unit}. Periksa jawaban Anda."
    yield from _choices(old.choices, new)
    if (old.min, old.max) != (new.min, new.max):
        yield f"Batas {name(new)} sekarang: {_bounds(new)}."
    if old.required != new.required:
        yield f"{name(new)} sekarang {'wajib diisi' if new.required else 'boleh kosong'}."
    if old.help != new.help and new.help:
        yield f"Keterangan {name(new)} berubah: {new.help}"


def _choices(old: tuple[Choice, ...], fact: Fact) -> Iterator[str]:
    before = {choice.value: choice.label for choice in old}
    after = {choice.value: choice.label for choice in fact.choices}
    added = [label for value, label in after.items() if value not in before]
    gone = [label for value, label in before.items() if value not in after]
    other = [(before[v], label) for v, label in after.items() if before.get(v, label) != label]
    if added:
        yield f"Pilihan baru pada {name(fact)}: {_list(added)}."
    if gone:
        yield f"Pilihan pada {name(fact)} yang tidak ada lagi: {_list(gone)}."
    for first, now in other:
        yield f"Pilihan “{first}” pada {name(fact)} sekarang berbunyi “{now}”."


def _list(labels: list[str]) -> str:
    return "; ".join(f"“{label}”" for label in labels)


def _bounds(fact: Fact) -> str:
    least = [] if fact.min is None else [f"paling sedikit {angka(fact.min)}"]
    most = [] if fact.max is None else [f"paling banyak {angka(fact.max)}"]
    return " dan ".join(least + most) or "tidak ada"


# -- Statements ------------------------------------------------------------------------------
def _statements(old: Scope, new: Scope) -> Iterator[str]:
    before = {item.code: item.text for item in old.statements}
    after = {item.code: item.text for item in new.statements}
    for code, text in after.items():
        if code not in before:
            yield f"Pernyataan baru yang harus Anda setujui: “{text}”"
        elif before[code] != text:
            yield f"Bunyi pernyataan berubah dan harus disetujui lagi: “{text}”"
    for code, text in before.items():
        if code not in after:
            yield f"Pernyataan yang tidak diminta lagi: “{text}”"


# -- Money and time --------------------------------------------------------------------------
def _tariffs(old: tuple[Tariff, ...], new: tuple[Tariff, ...], day: datetime.date) -> Iterator[str]:
    before, after = _in_force(old, day), _in_force(new, day)
    if before and after:
        same = _counts_begun(before) and _counts_begun(after)
        told = list(_figures(_flat(before, same), _flat(after, same)))
        if before.formula != after.formula:
            told.insert(0, "Cara menghitung retribusi berubah.")
        if _counts_begun(before) != _counts_begun(after):
            told.insert(0, BEGUN[_counts_begun(after)])
        yield from told[:MOST]
        if len(told) > MOST:
            yield f"Masih ada {len(told) - MOST} angka tarif lain yang berubah."
    elif before or after:
        yield f"Mulai sekarang {'ada' if after else 'tidak ada'} tarif retribusi yang berlaku."
    known = {(tariff.id, tariff.berlaku) for tariff in old}
    for tariff in new:
        if tariff.berlaku > day and (tariff.id, tariff.berlaku) not in known:
            yield f"Tarif baru berlaku mulai {tanggal(tariff.berlaku)}."


BEGUN = {
    True: "Pekerjaan yang dimulai sebelum izinnya terbit sekarang menaikkan retribusi.",
    False: "Pekerjaan yang dimulai sebelum izinnya terbit tidak menaikkan retribusi lagi.",
}


def _counts_begun(tariff: Tariff) -> bool:
    """Return whether a tariff asks how far the work has come."""
    return tariff.kondisi_berlaku is not None and tariff.kondisi_berlaku.value


def _in_force(tariffs: tuple[Tariff, ...], day: datetime.date) -> Tariff | None:
    found = [t for t in tariffs if t.berlaku <= day and (t.sampai is None or day <= t.sampai)]
    return max(found, key=lambda tariff: tariff.berlaku, default=None)


def _flat(tariff: Tariff, begun: bool) -> dict[str, str]:
    """Return every figure of a tariff as printed, by what it is called.

    Those of work already begun only where both tariffs count by them (``begun``).
    """
    rolls = ", lalu hari kerja berikutnya bila kantor tutup" if tariff.due_roll else ""
    flat = {"Batas waktu bayar": f"{tariff.due_days} hari{rolls}"}
    every: dict[str, Mapping[str, Figure]] = {
        "tarif": tariff.figure, PRICED: tariff.prasarana, "biaya": tariff.biaya,
        "keringanan": tariff.keringanan, **tariff.index,
    }  # fmt: skip
    if not begun:
        every.pop(tables.BEGUN, None)
    for table, rows in every.items():
        for code, figure in rows.items():
            label = figure.label or f"{table} {code}".replace("_", " ")
            # Two rows may bear one label: each must stand.
            key = label if label not in flat else f"{label} ({code.replace('_', ' ')})"
            flat[key] = _price(figure, f"Rp/{figure.unit}" if table == PRICED else figure.unit)
    return flat


def _price(figure: Figure, unit: str) -> str:
    """Return a figure with its unit: Rp25.200/m, 0,5 %."""
    if unit.startswith("Rp"):
        return f"Rp{angka(figure.value)}{unit.removeprefix('Rp').rstrip('/')}"
    return f"{angka(figure.value)} {unit}".strip()


def _figures(old: dict[str, str], new: dict[str, str]) -> Iterator[str]:
    for label, text in new.items():
        if label not in old:
            yield f"{_capital(label)}: baru, {text}."
        elif old[label] != text:
            yield f"{_capital(label)}: semula {old[label]}, sekarang {text}."
    for label in old:
        if label not in new:
            yield f"{_capital(label)}: tidak ada lagi."


# -- Relief ----------------------------------------------------------------------------------
def _reliefs(old: tuple[Relief, ...], new: tuple[Relief, ...]) -> Iterator[str]:
    before, after = ({item.code: item for item in items} for items in (old, new))
    for code, item in after.items():
        if code in before:
            yield from _relief(before[code], item)
        else:
            yield f"Baru, {_way(item)}: {item.name}{_period(item)}."
    for code, item in before.items():
        if code not in after:
            yield f"Tidak ada lagi: {item.name}."


def _way(relief: Relief) -> str:
    return "diberikan tanpa diminta" if relief.automatic else "dapat diminta"


def _period(relief: Relief) -> str:
    begins = f", mulai {tanggal(relief.berlaku)}" if relief.berlaku else ""
    return begins + (f", sampai {tanggal(relief.sampai)}" if relief.sampai else "")


def _relief(old: Relief, new: Relief) -> Iterator[str]:
    if old.name != new.name:
        yield f"“{old.name}” sekarang disebut “{new.name}”."
    if old.automatic != new.automatic:
        yield f"{new.name} sekarang {_way(new)}."
    if _period(old) != _period(new):
        yield f"{new.name} sekarang berlaku{_period(new) or ' tanpa batas waktu'}."
    yield from _enclosed(new.name, old.document, new.document)


def _enclosed(
    name: str, old: tuple[ReliefDocument, ...], new: tuple[ReliefDocument, ...]
) -> Iterator[str]:
    before, after = ({item.code: item for item in items} for items in (old, new))
    for code, item in after.items():
        if code not in before:
            yield f"{name}: dokumen baru diminta, {item.label}."
        elif before[code].label != item.label:
            yield f"{name}: “{before[code].label}” sekarang disebut “{item.label}”."
        elif before[code].help != item.help and item.help:
            yield f"{name}: keterangan {item.label} berubah: {item.help}"
    for code, item in before.items():
        if code not in after:
            yield f"{name}: tidak diminta lagi, {item.label}."


def _terms(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    for label in dict.fromkeys([*new, *old]):
        before, after = old.get(label, ""), new.get(label, "")
        if before != after:
            yield f"{label}: {after or 'tidak ditetapkan lagi'} (semula {before or 'tidak ada'})."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
