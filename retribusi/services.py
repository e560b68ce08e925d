"""The retribution of a case, as ``applications.ports.Money`` asks for it, and filing a proof."""

from retribusi.assessment import assess, due, newest, ready
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
    "duplicates",
    "exact",
    "file_proof",
    "live_bill",
    "newest",
    "nothing_paid",
    "proof_waiting",
    "ready",
    "refuse",
    "void_bill",
]
