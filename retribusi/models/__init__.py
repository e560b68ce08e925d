"""What the money of a case leaves behind; amounts are whole rupiah."""

from retribusi.models.assessment import Assessment
from retribusi.models.bill import Payment, PaymentProof, Skrd
from retribusi.models.ledger import LedgerEntry
from retribusi.models.relief import Relief

__all__ = ["Assessment", "LedgerEntry", "Payment", "PaymentProof", "Relief", "Skrd"]
