"""Form fields made from a tariff's tables, so that a form asks just what the formula needs."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from django import forms

from applications.fields import NumberField
from imbportal.daerah import tables
from imbportal.daerah.tariffs import Figure, Tariff
from imbportal.indonesia import angka
from retribusi import inputs

LABELS = {
    "luas": "Luas (m²)",
    "lantai": "Jumlah lantai di atas tanah",
    "lapis_basemen": "Lapis basemen",
    "luas_basemen": "Luas basemen (m²), bagian dari luas",
    "di_bawah_tanah_atau_air": "Di bawah tanah, di atas atau di bawah air, atau prasarana umum",
}
WHOLE = ("lantai", "lapis_basemen")
AREAS = ("luas", "luas_basemen")
FIRST = {
    "luas": Decimal(100),
    "fungsi": "hunian",
    "kompleksitas": "sederhana",
    "permanensi": "permanen",
    "kepemilikan": "perorangan",
    "waktu_penggunaan": "tetap",
    "lantai": 1,
}
"""A plain house, with which the calculator opens."""


class RupiahField(forms.IntegerField):
    """Whole rupiah, as people write them: ``1.392.000`` and ``Rp 1392000`` are the same."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    default_error_messages = {"invalid": "Tulis jumlah dalam rupiah penuh, misalnya 1.392.000."}

    def prepare_value(self, value):
        """Show a figure as people write it, and what was typed as it was typed."""
        return angka(value) if isinstance(value, int) else value

    def to_python(self, value):
        text = re.sub(r"^rp\.?|\s", "", str(value or "").strip().lower())
        text = re.sub(r"(,00|,-)$", "", text)
        if re.fullmatch(r"\d{1,3}(\.\d{3})+", text):
            text = text.replace(".", "")
        return super().to_python(text)


def number(label: str, *, required: bool = True, help_text: str = "") -> forms.DecimalField:
    """Return a field for a number from 0 with up to four decimals, as Indonesians write it."""
    return NumberField(
        label=label, min_value=0, max_digits=14, decimal_places=4, required=required,
        help_text=help_text,
    )  # fmt: skip


def choice(
    label: str, rows: Mapping[str, Figure], *, required: bool = True, none: str = "tidak ada"
) -> forms.ChoiceField:
    """Return a choice among the rows of a table, by their labels; ``none`` says what is not."""
    options = [(key, figure.label or key.replace("_", " ")) for key, figure in rows.items()]
    return forms.ChoiceField(
        label=label, choices=options if required else [("", none), *options],
        required=required,
    )  # fmt: skip


def label_of(known: tables.Tables, name: str) -> str:
    """Return what a building's field is called, in a form and where it is shown again."""
    return LABELS.get(name) or known.title.get(name) or name.replace("_", " ").capitalize()


def of_part(tariff: Tariff) -> Iterator[tuple[str, forms.Field]]:
    """Yield the fields that the tariff's formula asks of a building, in its order."""
    known = tables.of(tariff)
    for name, field in inputs.PARTS[tariff.formula].model_fields.items():
        label = label_of(known, name)
        if name in AREAS:
            yield name, number(label, required=field.is_required())
        elif name in WHOLE:
            yield (
                name,
                forms.IntegerField(
                    label=label, min_value=0, max_value=200, required=field.is_required()
                ),
            )
        elif field.annotation is bool:
            yield name, forms.BooleanField(label=label, required=False)
        elif name in known.figure:
            yield name, choice(label, known.figure[name])
