"""Forms of a draft: where it begins, and every figure of its tariff, blank where it stays."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from django import forms

from applications.fields import NumberField
from imbportal.daerah.tariffs import Tariff
from imbportal.indonesia import angka
from retribusi import inputs
from retribusi.steps import plain
from retribusi.trial.figures import Group, Row, groups

NAME = "nama"
PERCENT = "persen_prasarana"
OWN = (NAME, PERCENT)
"""Fields that are no figure."""
IN_FORCE = "berlaku"
WHOLE = Decimal(100)
"""The most of a relief, in percent."""


class FigureField(NumberField):
    """A figure within what the engine takes; empty where it stays as it is."""

    default_error_messages = {"invalid": "Tulis dengan angka, misalnya 1.500 atau 0,65."}

    def __init__(self, *, most: Decimal | None = None, **options: Any):
        super().__init__(required=False, **options)
        self.most = most

    def validate(self, value: Decimal | None) -> None:
        super().validate(value)
        if value is None:
            return
        exponent = value.normalize().as_tuple().exponent
        if value < 0:
            raise forms.ValidationError("Tidak boleh kurang dari 0.")
        if self.most is not None and value > self.most:
            raise forms.ValidationError(f"Paling tinggi {angka(self.most)}.")
        if value >= inputs.MOST:
            raise forms.ValidationError(f"Harus di bawah {angka(inputs.MOST)}.")
        if isinstance(exponent, int) and -exponent > inputs.MOST_DECIMALS:
            most = inputs.MOST_DECIMALS
            raise forms.ValidationError(f"Paling banyak {most} angka di belakang koma.")


class Shown(NamedTuple):
    """A group of fields, as the page folds it."""

    group: Group
    fields: list[Any]
    open: bool
    changed: int


class TrialForm(forms.Form):
    """Name and figures of a draft; the figures of its tariff stand beside the fields."""

    nama = forms.CharField(label="Nama rancangan", max_length=80)
    persen_prasarana = NumberField(
        label="Ubah semua harga prasarana (persen)", required=False, min_value=-100,
        max_value=1000, decimal_places=4,
        help_text="Misalnya 10 atau -5. Mengisi semua harga di bawah, dibulatkan ke rupiah penuh.",
    )  # fmt: skip

    def __init__(self, *args: Any, base: Tariff, **kwargs: Any):
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        self.groups = groups(base)
        self.rows = {row.path: row for group in self.groups for row in group.rows}
        for row in self.rows.values():
            self.fields[row.path] = FigureField(
                label=row.label, help_text=_now(row),
                most=WHOLE if row.path.startswith("keringanan.") else None,
            )  # fmt: skip

    @property
    def shown(self) -> list[Shown]:
        """Return the groups with their fields, open where something is changed or wrong."""
        found = []
        for group in self.groups:
            fields = [self[row.path] for row in group.rows]
            filled = sum(1 for field in fields if field.value() not in (None, ""))
            wrong = any(field.errors for field in fields)
            first = group.code == "figure"
            found.append(Shown(group, fields, bool(first or filled or wrong), filled))
        return found

    def changes(self) -> dict[str, str]:
        """Return what differs from the tariff, by path; what was typed as it stands is none."""
        given = ((path, self.cleaned_data.get(path)) for path in self.rows)
        return {
            path: plain(value)
            for path, value in given
            if value is not None and value != self.rows[path].now
        }


def _now(row: Row) -> str:
    if row.now is None:
        return "Harganya belum ditetapkan."
    return f"Sekarang {angka(row.now)} {row.unit}".strip()


def raised(data: Any, base: Tariff) -> Any:
    """Return posted data with every price of prasarana changed by the percentage in it.

    Where that is none the data stay as they are, and the form says what is wrong.
    """
    field = TrialForm.base_fields[PERCENT]
    try:
        percent = field.clean(data.get(PERCENT, ""))
    except forms.ValidationError:
        return data
    if percent is None:
        return data
    data = data.copy()
    for code, figure in base.prasarana.items():
        price = figure.value * (1 + percent.scaleb(-2))
        data[f"prasarana.{code}"] = angka(price.quantize(Decimal(1), ROUND_HALF_UP))
    return data


class NewTrialForm(forms.Form):
    """The name of a new draft, and with which figures it begins."""

    nama = forms.CharField(
        label="Nama rancangan", max_length=80, help_text="Misalnya: Usulan perubahan tarif 2027"
    )
    dari = forms.ChoiceField(label="Mulai dari")

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        self.fields["dari"].choices = choices
