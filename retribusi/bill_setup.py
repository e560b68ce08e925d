"""What bills add to the portal when it starts: reminders, words on check page and standard."""

from documents import verification
from imbportal import standard_parts
from retribusi import bill_reminders, bill_standard, billing, tariff_standard


def register() -> None:
    bill_reminders.register()
    verification.advise(billing.KIND, billing.advice)
    verification.relate(billing.related)
    standard_parts.register("biaya", "publik/tariff.html", tariff_standard.published)
    standard_parts.register("biaya", "publik/bills.html", bill_standard.published)
