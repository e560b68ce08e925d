"""What the public service standard says of a bill: due date, reminders, the cashier's time."""

from __future__ import annotations

from typing import Any

from imbportal.daerah import calendar
from imbportal.daerah.references import links
from imbportal.daerah.schema import Daerah
from imbportal.publik import days
from retribusi import rates, treasurers
from retribusi.inputs import Refused

ROLLS = ", lalu hari kerja berikutnya bila kantor tutup pada hari itu"


def published(rules: Daerah) -> dict[str, Any]:
    """Return by what a bill is paid, each with its source; nothing where no tariff is in force."""
    try:
        tariff = rates.in_force(rules.tariff, calendar.today(rules.slug))
    except Refused:
        return {"terms": []}
    cite = "; ".join(filter(None, (tariff.due_cite, tariff.due_roll_cite)))
    roll = ROLLS if tariff.due_roll else ""
    sample = tariff.due_cite.startswith("Contoh")
    terms = [(f"SKRD dibayar dalam {tariff.due_days} hari sejak tanggalnya{roll}.", cite, sample)]
    if tariff.remind:
        before = " dan ".join(f"{n} hari" for n in tariff.remind.days)
        text = f"Kami mengingatkan {before} sebelum jatuh tempo. {tariff.remind.late}"
        terms.append((text, tariff.remind.cite, tariff.remind.contoh))
    terms += _cashier(rules)
    return {"terms": terms}


def _cashier(rules: Daerah) -> list[tuple[str, str, bool]]:
    """Return within which time a proof of payment is checked, in each way that the file gives."""
    kept = treasurers.roles(rules)
    found = {
        (link.deadline, link.role)
        for _, link in links(rules)
        if link.duty == treasurers.DUTY and link.deadline and link.role in kept
    }
    return [
        (
            f"Bukti pembayaran diperiksa {rules.role[role].title} paling lama {days(limit)} "
            "sesudah dikirim.",
            limit.cite,
            limit.contoh,
        )
        for limit, role in sorted(found, key=lambda item: item[1])
    ]
