"""What a daerah's file may say of money: figures, fees and the tariffs that hold them."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from imbportal.daerah.rule import Cited, Code, Text


class Figure(Cited):
    """One figure of a tariff."""

    value: Decimal
    unit: str = ""
    label: str = ""


class Fee(Figure):
    """An administrative fee beside the retribution."""

    always: bool = False
    """Whether every application owes it; else an officer chooses it."""


class Unpriced(Cited):
    """A code that the source lists, but whose price is still to be decreed."""

    label: Text


class FeeDay(Cited):
    """Which day decides by which tariff a case pays."""

    by: Literal["permohonan", "penetapan"]
    """The day on which the complete application was sent, or that on which the fee is set."""


class Switch(Cited):
    """Whether something counts where the source does not say so."""

    value: bool


class Reminders(Cited):
    """When the payer of a bill is reminded of its due date, and what he is told once it passed."""

    days: tuple[Annotated[int, Field(gt=0)], ...]
    """Days before the due date."""
    late: Text
    """What follows, told on the day after it."""


class Tariff(Cited):
    """Figures in force from ``berlaku`` (to ``sampai`` inclusive); never edited, only followed."""

    id: Code
    berlaku: datetime.date
    sampai: datetime.date | None = None
    formula: Literal["permen24", "pp16", "datar"]
    table: str = ""
    """Name of a shared table under nasional/."""
    figure: dict[str, Figure]
    """hsbg | shst, ilo (percent) | rate."""
    index: dict[str, dict[str, Figure]] = {}
    """Own values over the shared table, by table and key."""
    kondisi_berlaku: Switch | None = None
    """Whether the table ``kondisi`` (how far the work has come) multiplies the retribution; a
    sample makes each of its rows one. Versions without the key multiply."""
    prasarana: dict[str, Figure] = {}
    belum_ditetapkan: dict[str, Unpriced] = {}
    """Codes of prasarana without a price: refused until one is decreed."""
    biaya: dict[str, Fee] = {}
    keringanan: dict[str, Figure] = {}
    """Percent by code."""
    kode_rekening: dict[str, str] = {}
    """Account by line: bangunan, prasarana, biaya, bunga (of a late payment)."""
    due_days: Annotated[int, Field(gt=0)] = 30
    due_cite: str = ""
    due_roll: Literal["", "hari_kerja_berikutnya"] = ""
    """Where the due date moves when the daerah's office is shut on it; empty lets it stand."""
    due_roll_cite: str = ""
    remind: Reminders | None = None
