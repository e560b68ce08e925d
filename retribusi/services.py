"""The retribution of a case, as ``applications.ports.Money`` asks for it, and filing a proof."""

from retribusi.arrears.cards import interest_card, interest_on_desk
from retribusi.arrears.strd import fallen
from retribusi.assessment import assess, due, newest, outdated, ready
from retribusi.begun import stages
from retribusi.bill_papers import bill_letter
from retribusi.bill_reminders import reminds
from retribusi.billing import annex, bill, billed, draft_bill, live_bill, void_bill, voided
from retribusi.building import building_form, building_rows
from retribusi.corrections.cards import (
    correction_cards,
    corrections_on_desk,
    corrections_waiting,
    opens_refund,
)
from retribusi.corrections.follow import moved
from retribusi.corrections.letters import letter as correction_letter
from retribusi.corrections.objecting import document as correction_document
from retribusi.corrections.objections import unsettled
from retribusi.payments import (
    confirm,
    duplicates,
    exact,
    file_proof,
    nothing_paid,
    proof_waiting,
    refuse,
    tick,
)
from retribusi.relief import document as relief_document
from retribusi.relief import end as end_relief
from retribusi.relief_cards import (
    pending_reliefs,
    relief_cards,
    relief_on_desk,
    reliefs_waiting,
)
from retribusi.relief_letter import cover as relief_cover
from retribusi.relief_letter import letter as relief_letter
from retribusi.relief_news import offer as offer_relief

__all__ = [
    "annex",
    "assess",
    "bill",
    "bill_letter",
    "billed",
    "building_form",
    "building_rows",
    "confirm",
    "correction_cards",
    "correction_document",
    "correction_letter",
    "corrections_on_desk",
    "corrections_waiting",
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
    "moved",
    "newest",
    "nothing_paid",
    "offer_relief",
    "outdated",
    "pending_reliefs",
    "opens_refund",
    "proof_waiting",
    "ready",
    "refuse",
    "relief_cards",
    "relief_cover",
    "relief_document",
    "relief_letter",
    "relief_on_desk",
    "reliefs_waiting",
    "reminds",
    "stages",
    "tick",
    "unsettled",
    "voided",
    "void_bill",
]
