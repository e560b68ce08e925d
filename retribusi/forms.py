"""The public calculator's two forms."""

from django import forms

from applications.ports import STAGE, STAGE_LABEL
from imbportal.daerah import tables
from imbportal.daerah.tariffs import Tariff
from imbportal.indonesia import angka, rupiah
from retribusi import fields
from retribusi.rates import FIGURES, NAMES

OWN_WORK = "kegiatan_prasarana"
"""Asks for the work on the structures where it is another than on the buildings."""
WORK = "k_"
"""Begins the name of the work on one structure, where it is another than on the others."""
PRICE, VOLUME, FEE = "t_p_", "t_v_", "t_b_"
"""Begin the names of prices that are tried, of volumes of what has no price yet, and of fees."""


class PartForm(forms.Form):
    """One building of the calculator, with the fields that the tariff's formula asks for."""

    def __init__(self, *args, tariff: Tariff, **kwargs):
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        self.fields.update(fields.of_part(tariff))

    def as_input(self):
        return {name: value for name, value in self.cleaned_data.items() if value is not None}

    @property
    def summary(self):
        """Return the building in a few words, "" while it is not filled in rightly."""
        data = self.cleaned_data if self.is_valid() else {}
        function = dict(self.fields["fungsi"].choices).get(data.get("fungsi"))
        return f"{angka(data['luas'])} m², {function}" if function else ""


class CalculatorForm(forms.Form):
    """All that concerns the whole: work, structures, fees, relief, and figures to try."""

    def __init__(self, *args, tariff: Tariff, **kwargs):
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        known = tables.of(tariff).figure
        self.tariff = tariff
        if "kegiatan" in known:
            self.fields["kegiatan"] = fields.choice("Kegiatan", known["kegiatan"])
        if STAGE in known:
            self.fields[STAGE] = fields.choice(STAGE_LABEL, known[STAGE], required=False)
        if tariff.keringanan:
            self.fields["keringanan"] = fields.choice(
                "Keringanan", tariff.keringanan, required=False
            )
        if tariff.prasarana and OWN_WORK in known:
            self.fields[OWN_WORK] = fields.choice(
                "Kegiatan prasarana", known[OWN_WORK], required=False, none="sama dengan bangunan"
            )
        self.fields.update(self._volumes())
        if OWN_WORK in self.fields:
            self.fields.update(self._works(known[OWN_WORK]))
        self.fields.update(self._fees())
        self.fields.update(self._tried())
        self.fields.update(self._tried_prices())

    def _volumes(self):
        for code, price in self.tariff.prasarana.items():
            label = f"{price.label or code} ({price.unit or 'volume'})"
            yield f"p_{code}", fields.number(label, required=False, help_text=price.note)

    def _works(self, rows):
        """Yield the work on each structure; it is asked for once the structure is filled in."""
        for code, price in self.tariff.prasarana.items():
            label = f"Kegiatan {price.label or code}"
            none = "sama dengan yang lain"
            yield f"{WORK}{code}", fields.choice(label, rows, required=False, none=none)

    def _fees(self):
        for code, price in self.tariff.biaya.items():
            label = f"{price.label or code.replace('_', ' ')}: {rupiah(int(price.value))}"
            yield f"b_{code}", forms.BooleanField(label=label, required=False)

    def _tried(self):
        for name in FIGURES[self.tariff.formula]:
            label = NAMES[name][0].upper() + NAMES[name][1:]
            yield f"t_{name}", fields.number(label, required=False)

    def _tried_prices(self):
        """Yield a price to try for each structure and fee; volumes too where none is decreed."""
        for code, price in self.tariff.prasarana.items():
            per = f"Rp/{price.unit}" if price.unit else "Rp"
            label = f"Harga {price.label or code} ({per}, berlaku {angka(price.value)})"
            yield f"{PRICE}{code}", fields.number(label, required=False)
        for code, item in self.tariff.belum_ditetapkan.items():
            label = f"{code} {item.label}"
            yield f"{VOLUME}{code}", fields.number(f"Volume {label}", required=False)
            yield f"{PRICE}{code}", fields.number(f"Harga {label} (Rp)", required=False)
        for code, fee in self.tariff.biaya.items():
            label = f"{fee.label or code.replace('_', ' ')} (Rp, berlaku {angka(fee.value)})"
            yield f"{FEE}{code}", fields.number(label, required=False)

    @property
    def unpriced(self):
        """Return the structures whose price is still to be decreed, by code."""
        return self.tariff.belum_ditetapkan.items()

    def _named(self, prefix):
        return [field for field in self if field.name.startswith(prefix)]

    @property
    def whole(self):
        """Return what is asked once for all buildings."""
        others = ("p_", "b_", "t_", WORK, OWN_WORK)
        return [field for field in self if not field.name.startswith(others)]

    @property
    def structures(self):
        """Return the work on all structures and their volumes; where several are filled in, the
        work on each of them too."""
        volumes = self._named("p_")
        filled = {field.name.removeprefix("p_") for field in volumes if field.value()}
        works = [
            field
            for field in self._named(WORK)
            if field.value() or (len(filled) > 1 and field.name.removeprefix(WORK) in filled)
        ]
        return [*self._named(OWN_WORK), *volumes, *works]

    @property
    def fees(self):
        return self._named("b_")

    @property
    def tried(self):
        """Return figures that may be tried, with the prices of what is filled in or has none."""
        names = [f"t_{name}" for name in FIGURES[self.tariff.formula]]
        names += [f"{PRICE}{code}" for code in self.tariff.prasarana if self._filled("p_", code)]
        names += [m + code for code in self.tariff.belum_ditetapkan for m in (VOLUME, PRICE)]
        names += [f"{FEE}{code}" for code in self.tariff.biaya if self._filled("b_", code)]
        return [self[name] for name in names]

    def _filled(self, mark, code):
        return self[f"{mark}{code}"].value() or self[f"t_{mark}{code}"].value()

    def as_input(self):
        """Return what ``hitung_retribusi`` takes, the buildings left out."""
        data = self.cleaned_data
        given = {name: data[name] for name in ("kegiatan", STAGE, "keringanan") if data.get(name)}
        volumes = self._given("p_", self.tariff.prasarana)
        volumes |= self._given(VOLUME, self.tariff.belum_ditetapkan)
        given["prasarana"] = [
            {"kode": code, "volume": volume} | self._work(code)
            for code, volume in volumes.items()
            if volume
        ]
        given["biaya"] = [code for code in self.tariff.biaya if data.get(f"b_{code}")]
        if what_if := self._what_if():
            given["tarif"] = what_if
        return given

    def _work(self, code):
        """Return the work on a structure: its own, or that on all, or none."""
        work = self.cleaned_data.get(f"{WORK}{code}") or self.cleaned_data.get(OWN_WORK)
        return {"kegiatan": work} if work else {}

    def _what_if(self):
        """Return the figures and prices that are tried."""
        structures = (*self.tariff.prasarana, *self.tariff.belum_ditetapkan)
        prices = {
            "prasarana": self._given(PRICE, structures),
            "biaya": self._given(FEE, self.tariff.biaya),
        }
        tried = self._given("t_", FIGURES[self.tariff.formula])
        return tried | {kind: found for kind, found in prices.items() if found}

    def _given(self, prefix, names):
        """Return what was filled in by name; a form of which fields were taken out has no more."""
        found = {name: self.cleaned_data.get(f"{prefix}{name}") for name in names}
        return {name: value for name, value in found.items() if value is not None}
