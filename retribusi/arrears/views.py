"""The applicant's page of interest: what is asked of him, why, how to pay, and his slip."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from applications import clock
from applications.refusals import Conflict
from applications.views import kept, paper_files
from applications.views.fetch import with_case
from applications.views.frame import frame
from imbportal.indonesia import rupiah
from retribusi import slips
from retribusi.arrears import paying
from retribusi.arrears.cards import late_bills
from retribusi.billing import grouped
from retribusi.models import StrdProof
from retribusi.slip_form import SENT, PaymentProofForm

UNPROCESSABLE = 422


class InterestProofForm(PaymentProofForm):
    """The slip of a payment for an STRD."""

    def __init__(self, *args, bill, **kwargs):
        super().__init__(*args, bill=bill, **kwargs)
        asked = f"Tagihan {rupiah(bill.amount)}."
        self.fields[
            "amount"
        ].help_text = f"{asked} Tulis seperti pada bukti; yang lebih dikembalikan."

    def take(self, application, by):
        """File the slip. Raises UploadRefused."""
        paying.file_proof(application, self.bill, **self.cleaned_data, by=by)


@with_case
@require_http_methods(["GET", "HEAD", "POST"])
def interest(request, application):
    """Show each STRD with how to pay it; take the slip for the one that waits."""
    strd = paying.open_of(application)
    if not application.bills.exists():
        raise Http404
    if request.method != "POST":
        waiting = kept.of(request)
        initial = waiting.dict() if waiting else {}
        form = _form(application, strd, initial=initial) if strd else None
        return _page(request, application, strd, form, restored=waiting is not None)
    if strd is None:
        raise Conflict("Tidak ada STRD yang menunggu pembayaran.")
    form = _form(application, strd, request.POST, request.FILES)
    if not (form.is_valid() and form.store(application, by=request.user)):
        return _page(request, application, strd, form, status=UNPROCESSABLE)
    messages.success(request, SENT)
    return redirect("retribusi:interest", application.pk)


def _form(application, strd, *data, **more):
    strd.application = strd.skrd.application = application
    return InterestProofForm(*data, bill=strd, today=clock.today(application), **more)


def _page(request, application, strd, form, status=200, *, restored=False):
    proofs = StrdProof.objects.filter(strd__application=application).order_by("-filed_at")
    context = frame(application) | {
        "strd": strd,
        "code": grouped(strd.payment_code) if strd else "",
        "left": (strd.due_date - clock.today(application)).days if strd else None,
        "late": late_bills(application),
        "papers": [p for p in paper_files.listed(application) if p["paper"].kind == "strd"],
        "proofs": proofs,
        "waiting": strd is not None and slips.waiting(strd) is not None,
        "form": form,
        "restored": restored,
        "pay_url": reverse("retribusi:interest", args=[application.pk]),
        "here": "Bunga keterlambatan",
    }
    return render(request, "retribusi/bunga.html", context, status=status)
