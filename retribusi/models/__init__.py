"""What the money of a case leaves behind; amounts are whole rupiah."""

from retribusi.models.assessment import RECORD, Assessment
from retribusi.models.bill import Payment, PaymentProof, Skrd
from retribusi.models.closing import CashClosing
from retribusi.models.corrections import Objection, Refund
from retribusi.models.ledger import LedgerEntry
from retribusi.models.relief import Relief
from retribusi.models.statement import (
    BankFormat,
    LineOutcome,
    LineReceipt,
    Statement,
    StatementEvent,
    StatementLine,
)
from retribusi.models.strd import Strd, StrdProof
from retribusi.models.trial import TariffTrial, TrialRun

__all__ = [
    "RECORD", "Assessment", "BankFormat", "CashClosing", "LedgerEntry", "LineOutcome",
    "LineReceipt", "Objection", "Payment", "PaymentProof", "Refund", "Relief", "Skrd", "Statement",
    "StatementEvent", "StatementLine", "Strd", "StrdProof", "TariffTrial", "TrialRun",
]  # fmt: skip
