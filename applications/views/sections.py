"""The sections of the forms in one case: which are open, how many answers each still lacks."""

from dataclasses import dataclass

from django.urls import reverse

from applications import facts, guards, papers
from applications.casework import KRK_FORM_OPEN, form_open
from imbportal import areas
from imbportal.daerah.schema import Section
from imbportal.daerah.vocabulary import AREA_FACTS

PARTS = "bangunan-lain"
"""Page of the further buildings; no code of a section can have a hyphen."""


@dataclass(frozen=True)
class Progress:
    """A section with its count of empty required answers."""

    section: Section
    url: str
    empty: int
    editable: bool

    @property
    def badge(self):
        return f"{self.empty} kosong" if self.empty else "Lengkap"


def wants_krk(application):
    """Tell whether the case goes through a KRK, as far as its answers tell; yes while open."""
    code = application.track or guards.chosen_track(application)[0]
    if code:
        return "KRK_REQUESTED" in application.rules.chains(code)
    return any(
        "KRK_REQUESTED" in application.rules.chains(track) for track in _offered(application)
    )


def _offered(application):
    return [code for code in application.rules.track if code != "di_luar_layanan"]


def editable(application, form):
    return form_open(application, form)


def shown(application):
    """Return the sections that concern the applicant now, the open KRK's alone before it."""
    krk_first = application.state in KRK_FORM_OPEN and wants_krk(application)
    values = facts.of(application)
    empty = [
        fact.section
        for form in ("krk", "izin")
        for fact in facts.unanswered(application.rules, form, values)
    ]
    return [
        Progress(
            section,
            reverse("applications:section", args=[application.pk, section.code]),
            empty.count(section.code),
            editable(application, section.form),
        )
        for section in application.rules.section
        if section.form == "krk" or not krk_first
    ]


def answers(application, section):
    """Return a section's (question, answer) as printed, for one that can no longer be changed."""
    values = facts.of(application)
    names = dict(areas.kecamatan(application.rules.region_code))
    return [
        (
            fact.label,
            names.get(values.get(fact.code), "")
            if fact.code in AREA_FACTS
            else papers.label_of(application.rules, fact.code, values.get(fact.code)),
        )
        for fact in facts.asked(application.rules, section.form, values)
        if fact.section == section.code
    ]


def sending(application):
    """Return the name of the move by which the form goes out from this state, or None."""
    if application.state == "DRAFT":
        return "request_krk" if wants_krk(application) else "submit"
    return {
        "KRK_ISSUED": "submit",
        "KRK_INCOMPLETE": "resend_krk",
        "INCOMPLETE": "resubmit",
        "REVISION": "revise",
    }.get(application.state)
