"""Lines and words that the formulas share."""

from decimal import Context, Decimal

from imbportal.daerah.tariffs import Figure
from retribusi.rates import Rates
from retribusi.steps import Step, indeks

DISPLAY = Context(prec=12)
"""For an index that has no finite decimals: shown in 12 digits, never calculated with."""


def weighted(rates: Rates, name: str, key: str) -> Step:
    """Return weight x index of one classification."""
    weight, index = rates.index("bobot", name), rates.index(name, key)
    return Step(
        kind="indeks",
        label=f"{rates.title(name)}: {index.label or key}",
        expression=f"{indeks(weight.value)} × {indeks(index.value)}",
        amount=weight.value * index.value,
        cite=index.cite,
        contoh=sample(weight, index),
    )


def index_step(label: str, words: str, amount: Decimal, steps: list[Step]) -> Step:
    return Step(kind="indeks", label=label, expression=words, amount=amount, cite=steps[0].cite)


def terms(steps: list[Step]) -> str:
    return " + ".join(step.expression for step in steps)


def shown(product: Decimal, divisor: Decimal) -> Decimal:
    """Return a quotient for print."""
    return DISPLAY.divide(product, divisor)


def named(label: str, name: str) -> str:
    return f"{label}: {name}" if name else label


def sample(*figures: Figure | Step) -> bool:
    return any(figure.contoh for figure in figures)
