"""The retribution of a case, as ``applications.ports.Money`` asks for it, and filing a proof."""

from retribusi.arrears.cards import interest_card, interest_on_desk
from retribusi.arrears.strd import fallen
from retribusi.assessment import assess, due, newest, outdated, ready
from retribusi.billing import annex, bill, billed, draft_bill, live_bill, void_bill
from retribusi.building import building_form, building_rows
from retribusi.payments import (
    confirm,
    duplicates,
    exact,
    file_proof,
    nothing_paid,
    proof_waiting,
    refuse,
)
from retribusi.relief import document as relief_document
from retribusi.relief import end as end_relief
from retribusi.relief_cards import (
    pending_reliefs,
    relief_cards,
    relief_on_desk,
    reliefs_waiting,
)
from retribusi.relief_letter import letter as relief_letter
from retribusi.relief_news import offer as offer_relief

__all__ = [
    "annex",
    "assess",
    "bill",
    "billed",
    "building_form",
    "building_rows",
    "confirm",
    "draft_bill",
    "due",
    "end_relief",
    "duplicates",
    "exact",
    "fallen",
    "file_proof",
    "interest_card",
    "interest_on_desk",
    "live_bill",
    "newest",
    "nothing_paid",
    "offer_relief",
    "outdated",
    "pending_reliefs",
    "proof_waiting",
    "ready",
    "refuse",
    "relief_cards",
    "relief_document",
    "relief_letter",
    "relief_on_desk",
    "reliefs_waiting",
    "void_bill",
]
