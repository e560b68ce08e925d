"""Check of a bill by anybody who holds it: by its QR code, or by number and amount."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.lockout import client_ip
from documents.views import guarded
from retribusi.public import search
from retribusi.public.forms import BillForm
from retribusi.public.report import report

PAGE, RESULT = "retribusi/periksa.html", "retribusi/periksa_hasil.html"
UNKNOWN = "Nomor dan jumlah ini tidak cocok. Periksa keduanya pada SKRD, dan daerahnya."
WAIT = "Tunggu beberapa menit, lalu coba lagi, atau pindai kode QR pada SKRD."


@guarded(search.LOOKS)
def ask(request):
    """Ask for number and amount, and show the bill that has both.

    The same answer whichever of them is wrong. The paper's code stays out of the page: number and
    amount can be guessed sooner, and lead to less.
    """
    form = BillForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return _ask(request, form)
    if not form.is_valid():
        return _ask(request, form, status=422)
    given = form.where, form.cleaned_data["number"], form.cleaned_data["amount"]
    limits = (
        (search.MISSES, client_ip(request)),
        (search.OF_NUMBER, f"{given[0]}:{search.normal(given[1])}"),
    )
    if any(limit.reached(who) for limit, who in limits):
        return render(request, "429.html", {"text": WAIT}, status=429)
    bill = search.by_number(*given)
    if bill is None:
        for limit, who in limits:
            limit.count(who)
        form.add_error(None, UNKNOWN)
        return _ask(request, form, status=422)
    return render(request, RESULT, report(bill))


@require_safe
@guarded(search.LOOKS)
def paper(request, token):
    """Show the check of the bill whose QR code was scanned."""
    bill = search.by_token(token)
    if bill is None:
        return _ask(request, BillForm(), status=404, unknown=True)
    return render(request, RESULT, report(bill))


def _ask(request, form, *, status=200, **context):
    return render(request, PAGE, {"form": form} | context, status=status)
