"""The public calculator: a form in the query string, so that a result can be kept and shared."""

import datetime
from collections.abc import Iterable

from django import forms
from django.http import QueryDict

from imbportal.daerah import calendar
from imbportal.daerah.schema import Daerah
from imbportal.daerah.tariffs import Tariff
from retribusi import engine, fields, rates, sheets
from retribusi.forms import CalculatorForm, PartForm
from retribusi.inputs import Refused
from retribusi.public import changes, earlier

MOST_PARTS = 10
COUNT = "b-TOTAL_FORMS"
PartSet = forms.formset_factory(PartForm, extra=0, max_num=MOST_PARTS, absolute_max=MOST_PARTS)


class Calculator:
    """What the page shows: the forms for the tariff of the day, and the result or why none.

    ``carried`` goes along with the form, so that the next result is held against this one.
    """

    def __init__(self, rules: Daerah, query: QueryDict):
        self.rules, self.result, self.refusal = rules, None, ""
        self.carried = query.get(earlier.FIELD, "")[: earlier.MOST_PACKED]
        self.changes = None
        self.day = _day(query.get("tanggal"), calendar.today(rules.slug))
        self.tariff = _in_force(rules.tariff, self.day)
        if self.tariff is None:
            self.refusal = "Tidak ada tarif yang berlaku pada tanggal itu."
            return
        data = _filled(query, self.tariff)
        self.form = CalculatorForm(data, tariff=self.tariff)
        self.parts = PartSet(data, prefix="b", form_kwargs={"tariff": self.tariff})
        self._calculate()

    def _calculate(self) -> None:
        if not (self.form.is_valid() and self.parts.is_valid()):
            self.refusal = "Perbaiki isian yang ditandai."
            return
        given = self.form.as_input() | {
            "tanggal": self.day,
            "bangunan": [
                {"nama": f"Bangunan {number}"} | part.as_input()
                for number, part in enumerate(self.parts, start=1)
            ],
        }
        try:
            self.result = engine.calculate(self.rules.tariff, given)
        except Refused as refusal:
            self.refusal = str(refusal)
            return
        before = earlier.result(self.rules.tariff, self.carried)
        self.changes = changes.between(before, self.result)
        self.carried = earlier.packed(given)

    @property
    def lowered(self) -> sheets.Lowered | None:
        """Return what the chosen relief does, None where none was chosen."""
        return sheets.lowered(self.result.as_json()) if self.result else None

    @property
    def wrong_parts(self) -> bool:
        """Return whether a building has an error."""
        return any(part.errors for part in getattr(self, "parts", ()))

    @property
    def may_add(self) -> bool:
        return self.parts.total_form_count() < MOST_PARTS


def _day(text: str | None, today: datetime.date) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text or "")
    except ValueError:
        return today


def _in_force(tariffs: Iterable[Tariff], day: datetime.date) -> Tariff | None:
    try:
        return rates.in_force(tariffs, day)
    except Refused:
        return None


def _filled(query: QueryDict, tariff: Tariff) -> QueryDict:
    """Return the query with a first building where it has none, and one more or less if asked."""
    data = query.copy()
    try:
        count = min(MOST_PARTS, max(0, int(data.get(COUNT, ""))))
    except ValueError:
        count = 1
        data.update({f"b-0-{name}": value for name, value in _first(tariff).items()})
        data.update({f"b_{code}": "on" for code, fee in tariff.biaya.items() if fee.always})
        data.setdefault("kegiatan", "baru")
    if "tambah" in data and count < MOST_PARTS:
        _copy_last(data, count)
        count += 1
    elif "kurangi" in data and count:
        count -= 1
    data[COUNT], data["b-INITIAL_FORMS"] = str(count), "0"
    return data


def _first(tariff: Tariff) -> dict[str, str]:
    """Return the values with which a fresh calculator opens."""
    return {
        name: str(fields.FIRST.get(name, field.choices[0][0] if hasattr(field, "choices") else ""))
        for name, field in fields.of_part(tariff)
        if not isinstance(field, forms.BooleanField)
    }


def _copy_last(data: QueryDict, count: int) -> None:
    """Let the new building begin as a copy of the one before."""
    before, after = f"b-{count - 1}-", f"b-{count}-"
    for name in [name for name in data if name.startswith(before)]:
        data[name.replace(before, after)] = data[name]
