"""The calculation of a retribution: input and tariffs in, steps and whole rupiah out."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, Inexact, localcontext
from typing import Any

from imbportal.daerah.tariffs import Tariff
from imbportal.indonesia import angka, persen, terbilang
from retribusi import inputs, rates
from retribusi.formulas import FORMULAS, prasarana
from retribusi.inputs import Input
from retribusi.rates import Rates
from retribusi.steps import Step, harga, plain

EXACT = Context(prec=400, traps=[Inexact])
"""Arithmetic that would rather fail than lose a digit."""
ACCOUNTS = {
    "bangunan": "Retribusi bangunan gedung",
    "prasarana": "Retribusi prasarana bangunan gedung",
    "biaya": "Biaya administrasi",
}
ROUNDED = "dibulatkan sekali, setengah ke atas, ke rupiah penuh"


@dataclass(frozen=True, kw_only=True)
class Account:
    """What goes to one account, in whole rupiah."""

    line: str
    code: str
    """Kode rekening; empty where the daerah gives none."""
    amount: int


@dataclass(frozen=True, kw_only=True)
class Result:
    """A finished calculation. ``total`` is whole rupiah; ``simulation`` may never become a bill."""

    day: datetime.date
    tariff: Tariff
    steps: tuple[Step, ...]
    accounts: tuple[Account, ...]
    total: int
    simulation: bool

    @property
    def sample(self) -> bool:
        return self.tariff.contoh or any(step.contoh for step in self.steps)

    @property
    def it(self) -> str:
        """Return the integrated index; of several parts all, in their order."""
        return "; ".join(plain(step.amount) for step in self.steps if step.kind == "it")

    @property
    def in_words(self) -> str:
        return f"{terbilang(self.total)} rupiah"

    def as_json(self) -> dict[str, Any]:
        """Return what ``hitung_retribusi`` prints."""
        shown: dict[str, Any] = {
            "total": self.total,
            "terbilang": self.in_words,
            "rincian": [step.as_json() for step in self.steps],
            "rekening": [
                {
                    "jenis": item.line,
                    "baris": ACCOUNTS[item.line],
                    "kode": item.code,
                    "jumlah": item.amount,
                }
                for item in self.accounts
            ],
            "tanggal": self.day.isoformat(),
            "tarif": {"id": self.tariff.id, "cite": self.tariff.cite},
            "contoh": self.sample,
        }
        if self.it:
            shown["it"] = self.it
        if self.simulation:
            shown["simulasi"] = True
        return shown


def calculate(tariffs: Iterable[Tariff], raw: Any) -> Result:
    """Return the retribution by the tariff in force on the input's date. Raises inputs.Refused."""
    day = inputs.day(raw)
    tariff = rates.in_force(tariffs, day)
    given = inputs.read(raw, tariff.formula)
    return _result(given, rates.of(tariff, given.tarif), simulation=given.tarif is not None)


def tried(figures: Rates, raw: Any) -> Result:
    """Return the retribution by figures that no file has, whatever the date: always a simulation.

    Raises inputs.Refused.
    """
    return _result(inputs.read(raw, figures.tariff.formula), figures, simulation=True)


def _result(given: Input[Any], figures: Rates, *, simulation: bool) -> Result:
    with localcontext(EXACT):
        steps = tuple(_steps(given, figures))
        exact = sum((step.amount for step in steps if step.money), Decimal(0))
        shares = _by_line(steps)
    total = int(exact.quantize(Decimal(1), ROUND_HALF_UP, Context(prec=60)))
    if total >= inputs.MOST:
        raise inputs.Refused("Hasilnya terlalu besar; periksa luas, volume, dan harga.")
    return Result(
        day=given.tanggal,
        tariff=figures.tariff,
        steps=(*steps, *_rounding(steps, total)),
        accounts=tuple(_accounts(shares, figures.tariff, total)),
        total=total,
        simulation=simulation,
    )


def _steps(given: Input[Any], figures: Rates) -> Iterator[Step]:
    formula = FORMULAS[figures.tariff.formula]
    retribution = []
    work = given.kegiatan or ""  # fees alone have none
    if work:
        figures.index("kegiatan", work)
    if given.kondisi is not None:
        figures.index("kondisi", given.kondisi)
    for part in given.bangunan:
        *before, amount = formula(part, work, figures, given.kondisi)
        yield from before
        retribution.append(amount)
        yield amount
    for item in given.prasarana:
        retribution.append(prasarana(item, work, figures))
        yield retribution[-1]
    if given.keringanan is not None:
        yield _relief(given.keringanan, figures, retribution)
    for code in given.biaya:
        yield _fee(code, figures)


def _fee(code: str, figures: Rates) -> Step:
    fee = figures.priced("biaya", code)
    return Step(
        kind="biaya",
        label=fee.label or f"Biaya {code.replace('_', ' ')}",
        expression=harga(fee.value),
        amount=fee.value,
        cite=fee.cite,
        contoh=fee.contoh,
    )


def _relief(code: str, figures: Rates, retribution: list[Step]) -> Step:
    """Return what a relief takes off buildings and prasarana; fees stay whole."""
    relief = figures.priced("keringanan", code)
    gross = sum((step.amount for step in retribution), Decimal(0))
    return Step(
        kind="keringanan",
        label=relief.label or f"Keringanan {code.replace('_', ' ')}",
        expression=f"-{persen(relief.value)} × Rp{angka(gross)}",
        amount=-gross * relief.value.scaleb(-2),
        cite=relief.cite,
        contoh=relief.contoh,
    )


def _rounding(steps: tuple[Step, ...], total: int) -> Iterator[Step]:
    """Return the line that makes the printed lines, two decimals each, add up to the total."""
    cent = Decimal("0.01")
    printed = sum(
        (
            step.amount.quantize(cent, ROUND_HALF_UP, Context(prec=60))
            for step in steps
            if step.money
        ),
        Decimal(0),
    )
    if printed != total:
        yield Step(
            kind="pembulatan",
            label="Pembulatan",
            expression=ROUNDED,
            amount=total - printed,
            cite="kebijakan portal",
        )


def _by_line(steps: tuple[Step, ...]) -> dict[str, Decimal]:
    """Return the exact amount of each account's line, the relief spread over what it lowers."""
    gross = {
        line: sum((step.amount for step in steps if step.kind == line), Decimal(0))
        for line in ACCOUNTS
    }
    for step in steps:
        if step.kind == "keringanan" and step.amount:
            lowered = gross["bangunan"] + gross["prasarana"]
            # The percentage is one for both, so the share is exact although it is a quotient.
            for line in ("bangunan", "prasarana"):
                gross[line] += step.amount * gross[line] / lowered
    return gross


def _accounts(shares: dict[str, Decimal], tariff: Tariff, total: int) -> Iterator[Account]:
    """Return whole rupiah by account: each rounded down, the rest to the largest remainders."""
    amounts = {line: int(share) for line, share in shares.items() if share}
    by_remainder = sorted(amounts, key=lambda line: amounts[line] - shares[line])
    for line in by_remainder[: total - sum(amounts.values())]:
        amounts[line] += 1
    for line, amount in amounts.items():
        yield Account(line=line, code=tariff.kode_rekening.get(line, ""), amount=amount)
