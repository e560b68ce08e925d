"""The form of a slip: what was paid, when and where, and the file that shows it."""

import datetime

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from applications.fields import day
from applications.forms import CHOOSE_FILE, checked_beforehand
from imbportal.indonesia import rupiah, tanggal
from imbportal.uploads import UploadRefused
from retribusi import fields
from retribusi.models import Skrd, Strd
from retribusi.payments import SameSlip, file_proof

AGAIN = "Berkas ini memang bukti yang benar; hanya isiannya yang saya perbaiki."
SENT = "Bukti pembayaran terkirim. Kami memberi tahu hasil pemeriksaannya."


class PaymentProofForm(forms.Form):
    """The slip of a payment, filed by the applicant or by the paying office."""

    file = forms.FileField(
        label="Bukti pembayaran",
        help_text="PDF, JPEG, atau PNG; paling besar 25 MB.",
        widget=forms.FileInput,
        error_messages={"required": CHOOSE_FILE},
    )
    amount = fields.RupiahField(label="Jumlah yang dibayar (Rp)", min_value=1)
    paid_on = day("Tanggal bayar")
    bank = forms.CharField(label="Bank atau tempat bayar", max_length=80)
    reference = forms.CharField(
        label="Nomor referensi",
        max_length=80,
        help_text="Tertulis pada struk, misalnya NTB, NTPD, atau nomor transaksi.",
    )

    def __init__(self, *args, bill: Skrd | Strd, today: datetime.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.bill, self.today = bill, today
        self.fields["file"].widget.attrs |= checked_beforehand()
        self.initial.setdefault("amount", bill.amount)
        asked = f"Tagihan {rupiah(bill.amount)}."
        self.fields["amount"].help_text = f"{asked} Pembayaran diterima bila jumlahnya sama persis."
        self.helper = FormHelper(self)
        self.helper.layout = Layout("file", "amount", "paid_on", "bank", "reference")
        self.helper.add_input(Submit("kirim", "Kirim bukti pembayaran"))
        if "again" in self.data:
            self._ask_again()

    def _ask_again(self):
        """Ask whether a slip that was refused before is meant; no other one has this question."""
        self.fields["again"] = forms.BooleanField(label=AGAIN, required=False)

    def clean_paid_on(self):
        given = self.cleaned_data["paid_on"]
        if given > self.today:
            raise forms.ValidationError(f"Tanggal bayar paling lambat {tanggal(self.today)}.")
        return given

    def store(self, application, *, by) -> bool:
        """Keep the proof; a file that is refused becomes an error of its field."""
        try:
            self.take(application, by)
        except UploadRefused as refused:
            if isinstance(refused, SameSlip):
                self._ask_again()
            self.add_error("file", str(refused))
            return False
        return True

    def take(self, application, by):
        """File the slip. Raises UploadRefused."""
        file_proof(application, **{"again": False} | self.cleaned_data, by=by)
