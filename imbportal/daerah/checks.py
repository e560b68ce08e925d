"""The numeric checks of a daerah's file, run on the facts of a case.

Ratios are compared by multiplying, never by a rounded quotient; what is printed is rounded to two
decimals, what is to be given or taken away upwards, so that whoever does so meets the limit.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from imbportal.daerah import conditions
from imbportal.daerah.schema import Check, Daerah
from imbportal.indonesia import angka

PERCENT = Decimal(100)
Judged = tuple[bool | None, Decimal | bool | None, Decimal | None, str]
UNKNOWN = "Belum dapat diperiksa: datanya belum lengkap."


@dataclass(frozen=True, kw_only=True)
class CheckResult:
    """How one check came out; ``ok`` is None while a figure is missing."""

    code: str
    label: str
    ok: bool | None
    value: Decimal | bool | None
    """In the check's unit; a ratio in percent."""
    limit: Decimal | None
    text: str
    gap: str
    """By how much, in the unit of what is measured: "kurangi 14 m²"; empty where ok."""
    advice: str
    """What to do; empty where nothing needs doing."""
    cite: str
    contoh: bool


def run(daerah: Daerah, facts: Mapping[str, Any]) -> list[CheckResult]:
    """Return the result of every check whose condition is not ruled out, in the file's order.

    ``facts`` is flat, the KRK's figures as ``krk.<key>``.
    """
    return [
        _result(daerah, check, facts, conditions.holds(check.when, facts))
        for check in daerah.check
        if conditions.holds(check.when, facts) is not False
    ]


def _result(
    daerah: Daerah, check: Check, facts: Mapping[str, Any], applies: bool | None
) -> CheckResult:
    judged = _judge(check, facts) if applies else (None, None, None, UNKNOWN)
    ok, value, limit, text = judged
    gap = _gap(daerah, check, facts) if ok is False else ""
    return CheckResult(
        code=check.code,
        label=check.label,
        ok=ok,
        value=value,
        limit=limit,
        text=text,
        gap=gap,
        advice=check.advice if ok is False else "",
        cite=check.cite,
        contoh=check.contoh,
    )


def _judge(check: Check, facts: Mapping[str, Any]) -> Judged:
    """Return (ok, value, limit, text)."""
    if check.kind == "provided":
        given = facts.get(check.value)
        return given, given, None, UNKNOWN if given is None else "Ada" if given else "Tidak ada"
    value, limit = _number(check.value, facts), _limit(check, facts)
    whole = _number(check.of, facts) if check.kind.endswith("_ratio") else PERCENT
    if value is None or limit is None or not whole:
        return None, None, limit, UNKNOWN
    ok = _within(check, PERCENT * value, limit * whole)
    value = PERCENT * value / whole
    return ok, value, limit, _text(check, value, limit)


def _limit(check: Check, facts: Mapping[str, Any]) -> Decimal | None:
    """Return the limit; per step of ``of``, begun or full, so many times the amount."""
    if check.kind != "per_step":
        return _number(check.limit, facts)
    whole = _number(check.of, facts)
    if whole is None or check.step is None or check.amount is None:
        return None
    return (whole / check.step).to_integral_value(ROUND_CEILING) * check.amount


def _within(check: Check, value: Decimal, limit: Decimal) -> bool:
    return value <= limit if check.kind.startswith("max") else value >= limit


def _number(operand: Any, facts: Mapping[str, Any]) -> Decimal | None:
    """Return a number as it stands, or the fact of that name; None where it has no figure."""
    if isinstance(operand, str):
        operand = facts.get(operand)
    if operand is None or isinstance(operand, bool):
        return None
    try:
        return Decimal(str(operand))
    except InvalidOperation:
        return None


def _text(check: Check, value: Decimal, limit: Decimal) -> str:
    """Return "60 %, paling banyak 50 %", a number and its unit on one line."""
    unit = f"\N{NO-BREAK SPACE}{check.unit}" if check.unit else ""
    bound = "paling banyak" if check.kind.startswith("max") else "paling sedikit"
    return f"{_printed(value)}{unit}, {bound} {_printed(limit)}{unit}"


def _gap(daerah: Daerah, check: Check, facts: Mapping[str, Any]) -> str:
    """Return what must be given or taken away so that the limit is met."""
    value, limit = _number(check.value, facts), _limit(check, facts)
    if value is None or limit is None:
        return ""
    if check.kind.endswith("_ratio"):
        limit = limit * (_number(check.of, facts) or 0) / PERCENT
    unit = next((fact.unit for fact in daerah.fact if fact.code == check.value), check.unit)
    word = "kurangi" if check.kind.startswith("max") else "tambah"
    amount = abs(value - limit).quantize(Decimal("0.01"), ROUND_CEILING)
    return f"{word} {angka(amount)} {unit}".strip()


def _printed(number: Decimal) -> str:
    return angka(number.quantize(Decimal("0.01"), ROUND_HALF_UP))
