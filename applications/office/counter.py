"""The counter at the desk: cases that it holds for people, and the way to a new one."""

from contextlib import suppress

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts import walk_ins
from accounts.identity_forms import FORMS
from accounts.models import Identity, IdentityView
from applications import counter, filing, parents, rules
from applications.forms import PermitForm
from applications.models import Application
from applications.office.counter_forms import (
    CARD,
    PAPER,
    SERVICE,
    PaperForm,
    PersonChoice,
    ReachForm,
    WhoForm,
)
from applications.office.queue import nav, tabs_of_daerah
from applications.refusals import Barred, Conflict
from applications.views.frame import title
from applications.views.refusal import refusals_as_pages
from imbportal import crypto
from imbportal.context import postings_of
from imbportal.daerah import registry
from imbportal.daerah.vocabulary import WITH_APPLICANT
from imbportal.limits import Limit

UNPROCESSABLE, TOO_MANY = 422, 429
LATEST = 100
TRIES = Limit("loket-nik", most=120, window=3600)
"""People looked up by one officer in an hour."""
WAIT = "Terlalu banyak NIK yang dicari dari akun ini. Tunggu satu jam, lalu coba lagi."
OTHERS = "Loket hanya untuk petugas yang pertama menerima berkas permohonan di daerahnya."
FASTER = "Pemohon ini baru saja didaftarkan rekan Anda. Cocokkan namanya di bawah."


@require_safe
@refusals_as_pages
def desk(request):
    """Show what the counter holds, and the question by which a new case begins."""
    here = _here(request, request.GET)
    return _desk(request, here, WhoForm(rules=registry.current(here)))


def _here(request, given):
    """Return the daerah at whose counter the reader stands. Raises Barred."""
    known = counter.daerah_of(postings_of(request))
    if not known:
        raise Barred(OTHERS)
    return given.get("daerah") if given.get("daerah") in known else known[0]


def _desk(request, here, form, status=200):
    held = [posting for posting in postings_of(request) if posting.daerah == here]
    cases = Application.objects.at_counter_of(request.user, held).order_by("-created_at")
    found = [
        case
        for case in cases.select_related("applicant__identity", "holder")[:LATEST]
        if not rules.same_person(case, request.user)
    ]
    drafts = [case for case in found if case.state == "DRAFT"]
    waiting = [case for case in found if case.state in WITH_APPLICANT and case not in drafts]
    others = [case for case in found if case not in drafts and case not in waiting]
    lists = (("Draf, belum dikirim", drafts), ("Menunggu pemohon", waiting),
             ("Di kantor atau selesai", others))  # fmt: skip
    at_counters = [posting for posting in postings_of(request) if counter.at_counter(posting)]
    context = _frame(request, here) | {
        "form": form,
        "tabs": tabs_of_daerah(at_counters, here),
        "lists": [(label, [_row(case) for case in some]) for label, some in lists if some],
    }
    return render(request, "applications/kantor/counter.html", context, status=status)


def _frame(request, here):
    return {
        "desk_nav": nav("counter", request),
        "here": here,
        "rules": registry.current(here),
        "title": "Loket",
    }


def _row(case):
    case.by_counter = True
    return {
        "case": case,
        "title": title(case),
        "name": case.holder.name if case.holder else str(case.applicant),
        "slip": bool(case.number),
    }


# -- A new case -----------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_pages
def take(request):
    """Find or enter the person by NIK, then open the draft; a NIK never stands in an address."""
    if request.method != "POST":  # after a login, which knows the address alone
        return redirect("admin:counter")
    request.back = reverse("admin:counter")
    here = _here(request, request.POST)
    who = WhoForm(request.POST, rules=registry.current(here))
    if not who.is_valid():
        return _desk(request, here, who, UNPROCESSABLE)
    nik = who.cleaned_data["nik"]
    if rules.nik_of(request.user) == crypto.lookup(nik):
        who.add_error("nik", filing.SELF)
        return _desk(request, here, who, UNPROCESSABLE)
    if TRIES.count(request.user.pk):
        return render(request, "429.html", {"text": WAIT}, status=TOO_MANY)
    more = More(request, who, here)
    found = walk_ins.known(nik)
    if found:
        return _known(request, here, who, found, more)
    return _unknown(request, here, who, more)


def _sent(request):
    """Tell whether the page about the person was sent, not only the first question."""
    return "simpan" in request.POST


def _data(request):
    return (request.POST, request.FILES) if _sent(request) else ()


class NoSuchPermit(Exception):
    """The permit that was named is none on which this person may ask for a service."""


class More:
    """What is asked beside the person: the receipt of a paper dossier, the permit of a service."""

    def __init__(self, request, who, here):
        data, said = _data(request)[:1], who.cleaned_data
        self.paper = PaperForm(*data, slug=here) if said["cara"] == PAPER else None
        self.permit = PermitForm(*data) if said.get("untuk") == SERVICE else None
        self.here, self.forms = here, [form for form in (self.paper, self.permit) if form]

    def parent(self, person):
        """Return the permit that was named for this account (None: he has none yet), and None where
        none was. Raises NoSuchPermit, and then its form says why."""
        if self.permit is None:
            return None
        said = self.permit.cleaned_data
        office = registry.current(self.here)
        try:
            return parents.by_number(
                office, said["number"], said["date"], person, None, called="pemohon ini"
            )
        except Conflict as refused:
            self.permit.add_error("number", refused.text)
            raise NoSuchPermit from None


def _known(request, here, who, found, more):
    """Let the officer hold a masked name against the card, then file for that account."""
    # Of several accounts with this NIK somebody's may be of a person who never stood here.
    if _just_entered(request, found) and all([form.is_valid() for form in more.forms]):
        with suppress(NoSuchPermit):
            return _begin(request, found[0].user, who, more)
    choice = PersonChoice(*_data(request)[:1], found=found)
    forms = [choice, *more.forms]
    if not _sent(request):
        IdentityView.objects.bulk_create(
            IdentityView(identity=person, user=request.user, what="nik") for person in found
        )
    elif all([form.is_valid() for form in forms]):
        with suppress(NoSuchPermit):
            return _begin(request, choice.person, who, more)
    return _person_page(request, here, who, forms, found=len(found))


def _just_entered(request, found):
    """Tell whether a second click sent the form again that entered this person."""
    walk_in = walk_ins.standing(found[0].user) if len(found) == 1 else None
    if walk_in is None or not _sent(request) or "akun" in request.POST:
        return False
    again = found[0].name == request.POST.get("name", "").strip()
    return again and walk_in.opened_by_id == request.user.pk


def _unknown(request, here, who, more):
    """Let the officer enter the person from his card."""
    kind, nik = who.cleaned_data["jenis"], who.cleaned_data["nik"]
    person = FORMS[kind](
        *_data(request), user=request.user, instance=Identity(), initial={"nik": nik}
    )
    if "ktp" in person.fields:
        person.fields["ktp"].widget.attrs["accept"] = CARD
    reach = ReachForm(*_data(request)[:1])
    forms = [person, reach, *more.forms]
    if _sent(request) and all([form.is_valid() for form in forms]):
        try:
            with suppress(NoSuchPermit):
                more.parent(None)  # before his card is kept: of nobody's permits is he the holder
                with transaction.atomic():
                    user = walk_ins.enter(person, by=request.user, **reach.cleaned_data)
                    return _begin(request, user, who, more)
        except walk_ins.Entered:
            messages.info(request, FASTER)
            return _again(request, here, who, more)
    return _person_page(request, here, who, forms)


def _again(request, here, who, more):
    found = walk_ins.known(who.cleaned_data["nik"])
    forms = [PersonChoice(found=found), *more.forms]
    return _person_page(request, here, who, forms, found=len(found))


def _begin(request, person, who, more):
    case = filing.begin(
        person, more.here, by=request.user, key=who.cleaned_data["key"],
        paper=more.paper.paper if more.paper else None, parent=more.parent(person),
    )  # fmt: skip
    messages.success(request, "Draf dibuka. Isi dan unggah berkasnya atas nama pemohon.")
    return redirect(case)


def _person_page(request, here, who, forms, found=0):
    shown = {name for form in forms for name in form.fields}
    context = _frame(request, here) | {
        "title": "Pemohon sudah dikenal" if found else "Pemohon baru di loket",
        "forms": forms,
        "errors": [form for form in forms if form.is_bound and form.errors],
        "carried": [(name, value) for name, value in who.cleaned_data.items()
                    if name not in shown and value],
        "found": found,
    }  # fmt: skip
    status = UNPROCESSABLE if _sent(request) else 200
    return render(request, "applications/kantor/counter_person.html", context, status=status)
