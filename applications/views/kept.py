"""What was typed into a form when the session had ended: kept for its applicant until he is back.

It lies sealed in the anonymous session, is shown to nobody but the applicant of its case, and is
never saved by itself: the form comes back filled in, for him to save.
"""

import json
import re
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from applications.models import Application

KEY = "isian_tertunda"
MOST = 64 * 1024
"""Characters of one form; the longest section has a tenth of it."""
SECRETS = re.compile(r"nik|sandi|password|kode|code|token|secret|rekening", re.IGNORECASE)
"""Names of fields that are kept nowhere."""
CARRIED = ("csrfmiddlewaretoken", "version", "awal", "aturan", "dari", "catatan")
"""Fields that a page carries along; nobody typed them."""
SEAL = Application._meta.get_field("pickup_code")
SENT_BY_SCRIPT = "X-Kirim"
SAFE = "Sesi Anda sudah berakhir. Isian Anda kami simpan: masuk lagi, lalu tekan Simpan."
LOST_FILE = "Sesi Anda sudah berakhir. Masuk lagi, lalu pilih dan unggah berkasnya sekali lagi."
ENDED = "Sesi Anda sudah berakhir. Masuk lagi untuk melanjutkan."


def typed(request):
    """Return the posted (name, value) pairs without what must be kept nowhere."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        if not SECRETS.search(name)
        for value in values
    ]


def ask_to_log_in(request, pk):
    """Send a stranger to the login; what he typed for this case waits for its applicant."""
    posted = request.method == "POST"
    if posted:
        kept = keep(request, pk)
        messages.warning(request, LOST_FILE if request.FILES else SAFE if kept else ENDED)
    page = page_of(request) if posted else request.get_full_path()
    return answered(request, redirect(f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': page})}"))


def answered(request, response, *, saved=False):
    """Give a redirect to a script as JSON: it goes there itself, and learns what is saved."""
    if SENT_BY_SCRIPT in request.headers and response.status_code == 302:
        return JsonResponse({"lanjut": response.url, "tersimpan": saved})
    return response


def page_of(request):
    """Return the page that shows the form of a posted address."""
    match = request.resolver_match
    pk = match.kwargs.get("pk")
    if match.url_name == "answer":
        return reverse("applications:corrections", args=[pk]) + f"#catatan-{match.kwargs['point']}"
    if match.url_name == "resend":
        return reverse("applications:corrections", args=[pk])
    if match.url_name == "sort_one":
        return reverse("applications:sort", args=[pk])
    if match.url_name == "upload":
        return reverse("applications:documents", args=[pk]) + f"#{match.kwargs['code']}"
    if match.url_name == "relief_upload":
        page = reverse("retribusi:relief", args=[pk, match.kwargs["code"]])
        return f"{page}#{match.kwargs['document']}"
    return request.path


def keep(request, pk):
    """Keep the posted text in the session, where the case exists; tell whether the words do."""
    owner = Application.objects.filter(pk=pk).values_list("applicant", flat=True).first()
    fields = typed(request)
    text = json.dumps(
        {"path": request.path, "owner": str(owner), "case": str(pk), "fields": fields}
    )
    if len(text) > MOST:
        return False
    if owner is not None:  # the answer is the same to whoever guesses
        request.session[KEY] = SEAL.get_prep_value(text)
    return True


def of(request, path=None):
    """Return the kept form of this address (QueryDict), or None; nobody else's is ever given."""
    if KEY not in request.session:
        return None
    found = json.loads(SEAL.to_python(request.session[KEY]))
    if not _may_have(request.user, found):
        drop(request)
        return None
    if found["path"] != (path or request.path):
        return None
    data = QueryDict(mutable=True)
    for name, value in found["fields"]:
        data.appendlist(name, value)
    return data


def _may_have(user, found):
    """Tell whether what was typed is the reader's: the applicant's, or typed at his counter."""
    if found["owner"] == str(user.pk):
        return True
    return Application.objects.at_counter_of(user).filter(pk=found.get("case")).exists()


def drop(request):
    """Throw away what was kept: it is saved, unwanted, or another's."""
    request.session.pop(KEY, None)


def forget_of_others(sender, request, user, **kwargs):
    """Throw away at login what the applicant of another account had typed on this device."""
    if request is not None and hasattr(request, "session"):
        request.user = user
        of(request, path="/")
