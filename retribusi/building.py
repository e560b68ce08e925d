"""The record of the buildings (pendataan): what the engine calculates the fee from, as a form."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from applications import facts
from applications.models import Application
from applications.ports import STAGE, STAGE_LABEL
from imbportal.daerah import tables
from imbportal.daerah.tariffs import Tariff
from imbportal.indonesia import angka
from retribusi import assessment, begun, fee_day, fields
from retribusi.forms import OWN_WORK, WORK, CalculatorForm, PartForm
from retribusi.formulas import NEW

MOST = 20
NOT_TOLD = (
    "Berita acara peninjauan belum mencatat pekerjaan yang sudah dimulai. Kembalikan ke penilaian "
    "teknis, lalu catat di sana."
)
PREFIX = "b"
FROM_FACTS = {
    "luas": "floor_area",
    "fungsi": "function",
    "lantai": "floors",
    "kepemilikan": "ownership",
    "lapis_basemen": "basement_floors",
    "luas_basemen": "basement_area",
}
"""What the applicant's answers already say of the main building."""


class RecordedPart(PartForm):
    """One building with its name."""

    nama = forms.CharField(label="Nama bangunan", max_length=120)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField) and field.required:
                # No class is chosen for the officer: a wrong first one would be billed unseen.
                field.choices = [("", "Pilih …"), *field.choices]


class Whole(CalculatorForm):
    """Work, structures and fees; relief and what-if figures are no part of a record.

    Fees that are owed anyway are added when the fee is assessed, and those of services are none
    of a new permit's: nobody ticks them.
    """

    def __init__(self, *args: Any, case: Application, **kwargs: Any):
        super().__init__(*args, **kwargs)
        codes = assessment.owed(case, self.tariff)
        self.owed = [self.tariff.biaya[code] for code in codes if code in self.tariff.biaya]
        away = {f"b_{code}" for code in {*codes, *assessment.of_services(case)}}
        for name in [n for n in self.fields if n.startswith("t_") or n in {"keringanan", *away}]:
            del self.fields[name]
        self._stage(case)

    def _stage(self, case: Application) -> None:
        """Take how far the work had come from the minutes of the visit, where they tell it."""
        self.told = begun.by_minutes(case) if STAGE in self.fields else None
        if self.told is not None:
            self.stages = dict(self.fields.pop(STAGE).choices)

    @property
    def from_minutes(self) -> str:
        """Return in words what the minutes tell, "" where they tell nothing."""
        return self.stages.get(self.told, "") if self.told else ""

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("kegiatan") != NEW:
            return given
        if self.told == "":
            self.add_error("kegiatan", NOT_TOLD)
        elif STAGE in self.fields and not given.get(STAGE) and STAGE not in self.errors:
            self.add_error(STAGE, "Pilih tahapnya; diminta untuk pembangunan baru.")
        return given

    def as_input(self) -> dict[str, Any]:
        given = super().as_input()
        new = given.get("kegiatan") == NEW
        return given | ({STAGE: self.told} if self.told and new else {})


PartSet = forms.formset_factory(
    RecordedPart, extra=0, max_num=MOST, absolute_max=MOST, validate_max=True
)


class BuildingForm:
    """Buildings and the whole in one form; ``as_json`` is the engine's input without its date."""

    def __init__(self, case: Application, data: Any = None, initial: dict[str, Any] | None = None):
        self.case, self.is_bound = case, data is not None
        tariff = fee_day.nearest(case)
        given = _as_numbers(initial) if initial else _from_facts(case, tariff)
        data, self.adjusting = _adjusted(data) if data is not None else (None, False)
        options = {"tariff": tariff}
        self.whole = Whole(data, initial=_whole_initial(given), case=case, **options)
        self.parts = PartSet(
            data, initial=given.get("bangunan"), prefix=PREFIX, form_kwargs=options
        )

    def is_valid(self) -> bool:
        return not self.adjusting and self.whole.is_valid() and self.parts.is_valid()

    @property
    def errors(self) -> bool:
        """Return whether something must be mended; a building more or less is no mistake."""
        if not self.is_bound or self.adjusting:
            return False
        return bool(self.whole.errors or self.parts.total_error_count())

    def non_field_errors(self) -> Any:
        return self.whole.non_field_errors() if self.errors else ""

    @property
    def may_add(self) -> bool:
        return self.parts.total_form_count() < MOST

    def as_json(self) -> dict[str, Any]:
        whole = self.whole.as_input()
        whole.pop("tarif", None)
        return _plain(whole | {"bangunan": [part.as_input() for part in self.parts]})


def building_form(
    case: Application, *, data: Any = None, initial: dict[str, Any] | None = None
) -> BuildingForm:
    """Return the form of the record, filled from what stands or from the applicant's answers."""
    return BuildingForm(case, data, initial)


def building_rows(case: Application, data: dict[str, Any]) -> list[tuple[str, str]]:
    """Return a record of buildings as label and value rows, in the words of its form."""
    return rows_of(fee_day.nearest(case), data)


def rows_of(tariff: Tariff, data: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the engine's input as label and value rows, in the words of a tariff's forms."""
    known = tables.of(tariff)
    rows = [("Kegiatan", _word(known, "kegiatan", data.get("kegiatan", "")))]
    if data.get(STAGE):
        rows.append((STAGE_LABEL, _word(known, STAGE, data[STAGE])))
    for part in data.get("bangunan", []):
        words = [f"Luas {angka(part['luas'])} m²"]
        for key, value in part.items():
            if key not in ("nama", "luas") and value is not False:
                label = fields.label_of(known, key)
                words.append(label if value is True else f"{label}: {_word(known, key, value)}")
        rows.append((part.get("nama") or "Bangunan", "; ".join(words)))
    for item in data.get("prasarana", []):
        price = tariff.prasarana.get(item["kode"])
        label, unit = (price.label or item["kode"], price.unit) if price else (item["kode"], "")
        size = f"{angka(item['volume'])} {unit}".strip()
        work = item.get("kegiatan") and _word(known, OWN_WORK, item["kegiatan"])
        rows.append((f"Prasarana: {label}", f"{size}; {work}" if work else size))
    return rows


def _word(known: tables.Tables, key: str, value: Any) -> str:
    """Return a chosen class by its label, a figure as people write it."""
    if key in fields.AREAS:
        return angka(value)
    figure = known.figure.get(key, {}).get(str(value))
    return (figure and figure.label) or str(value).replace("_", " ")


def _as_numbers(given: dict[str, Any]) -> dict[str, Any]:
    """Return a stored record with its figures as numbers, which the form writes with a comma."""

    def numbers(row: dict[str, Any]) -> dict[str, Any]:
        return {
            key: Decimal(value) if key in (*fields.AREAS, "volume") else value
            for key, value in row.items()
        }

    lists = {key: given.get(key, []) for key in ("bangunan", "prasarana")}
    return given | {key: [numbers(row) for row in rows] for key, rows in lists.items()}


def _adjusted(data: Any) -> tuple[Any, bool]:
    """Return the posted data with one building more or less where such a button was pressed."""
    adjusting = "tambah" in data or "kurangi" in data
    if not adjusting:
        return data, False
    data = data.copy()
    key = f"{PREFIX}-TOTAL_FORMS"
    count = int(data.get(key, "1") or 1) + (1 if "tambah" in data else -1)
    data[key] = str(max(1, min(MOST, count)))
    return data, True


def _from_facts(case: Application, tariff: Any) -> dict[str, Any]:
    """Return a first record from the applicant's answers; the officer checks and completes it."""
    known = dict(fields.of_part(tariff))
    answers = facts.of(case)
    main = {
        name: answers[column]
        for name, column in FROM_FACTS.items()
        if name in known and column in answers
    }
    main["nama"] = case.building_name or "Bangunan utama"
    others = [
        {"nama": part.name, "luas": part.floor_area, "fungsi": part.function,
         "lantai": part.floors, "kepemilikan": case.ownership}
        for part in case.parts.all()
    ]  # fmt: skip
    return {"kegiatan": case.work or "baru", "bangunan": [main, *others]}


def _whole_initial(given: dict[str, Any]) -> dict[str, Any]:
    initial = {key: given[key] for key in ("kegiatan", STAGE) if given.get(key)}
    items = given.get("prasarana", [])
    works = {item.get("kegiatan", "") for item in items}
    if len(works) == 1:
        initial[OWN_WORK] = works.pop()
    for item in items:
        own = {f"{WORK}{item['kode']}": item.get("kegiatan", "")} if works else {}
        initial |= {f"p_{item['kode']}": item["volume"]} | own
    return initial | {f"b_{code}": True for code in given.get("biaya", [])}


def _plain(value: Any) -> Any:
    """Return plain JSON; figures as text, so that none is rounded on its way."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, Decimal) else value
