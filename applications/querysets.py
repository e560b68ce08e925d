"""Which cases a user may see, and which wait for a posting."""

from django.db import models
from django.db.models import Q

from accounts import postings
from accounts.models import Mandate
from applications import counter
from imbportal.daerah import registry


def _kecamatan_of(posting):
    """Return the one kecamatan that a posting's unit serves, "" where it serves all."""
    unit = registry.current(posting.daerah).unit.get(posting.unit)
    return unit.kecamatan if unit is not None and unit.kecamatan else ""


def _covered(held):
    """Return the condition for the cases that the postings ``held`` cover, each place once."""
    places = {(posting.daerah, _kecamatan_of(posting)) for posting in held}
    found = Q(pk__in=())
    for daerah, kecamatan in sorted(places):
        if not kecamatan:
            found |= Q(daerah=daerah)
        elif (daerah, "") not in places:
            found |= Q(daerah=daerah, kecamatan=kecamatan)
    return found


def _applied_for(user):
    """Return the condition for the user's own cases, and those of owners for whom he still acts."""
    acting = Q(mandate=None) | Q(holder__in=Mandate.objects.owners(user))
    return Q(applicant=user) & acting


def _at_counter(held, user):
    """Return the condition for the cases that the postings ``held`` act for at the counter."""
    found = Q(pk__in=())
    for posting in held:
        if counter.at_counter(posting):
            found |= counter.cases(posting, user, _kecamatan_of(posting))
    return found


IN_QUEUE = """daerah version_used track number turn turn_role round state applicant parent_number
claimed_by kecamatan address building_name received_on submitted_at registered_at due_at due_key
permit_status entered_at""".split()
"""Columns that a line of the queue shows, or asks for what it shows."""


class ApplicationQuerySet(models.QuerySet):
    def one(self, pk):
        """Return the case of this key, or None; without the sorting of ``first``, which over so
        many columns costs more than finding the row."""
        try:
            return self.get(pk=pk)
        except self.model.DoesNotExist:
            return None

    def applied_for_by(self, user):
        """Return the cases that the user applied for and may still look after."""
        return self.filter(_applied_for(user))

    def shut_to(self, user):
        """Return the cases that the user applied for by a letter of attorney that has ended."""
        return self.filter(applicant=user).exclude(_applied_for(user))

    def at_counter_of(self, user, held=None):
        """Return the cases for whose applicants the user acts at the counter."""
        return self.filter(_at_counter(postings.of(user) if held is None else held, user))

    def visible_to(self, user, held=None):
        """Return the user's own cases, and for officers their daerah's but for drafts.

        Drafts that were opened at their counter are theirs to fill. ``held`` are the user's
        postings in force, where the caller has read them.
        """
        if not user.is_authenticated:
            return self.none()
        if user.is_system:
            return self
        seen = _applied_for(user)
        held = list(postings.of(user)) if held is None else held
        if held:
            seen |= _covered(held) & ~Q(state="DRAFT")
        if counter.daerah_of(held):
            seen |= _at_counter(held, user)
        return self.filter(seen)

    def in_lists(self):
        """Return them as a list reads them: whose they are, and no secret deciphered for it."""
        return self.select_related("holder").defer(
            "facts", "statements", "pickup_code", "holder__nik"
        )

    def in_queue(self):
        """Return them as a line of the queue reads them: a third of their columns."""
        return self.select_related("holder", "claimed_by").only(
            *IN_QUEUE, "holder__name", "claimed_by__name"
        )

    def in_daerah(self, held, daerah):
        """Return the cases of a daerah that the postings ``held`` cover, without drafts."""
        here = [posting for posting in held if posting.daerah == daerah]
        if not here:
            return self.none()
        seen = self.filter(daerah=daerah).exclude(state="DRAFT")
        places = {_kecamatan_of(posting) for posting in here}
        return seen if "" in places else seen.filter(kecamatan__in=places)

    def at_desk_of(self, user, held, daerah):
        """Return those of them that are not the user's own, which he sees as their applicant."""
        return self.in_daerah(held, daerah).exclude(applicant=user)

    def waiting_for(self, posting):
        """Return the cases whose turn is this posting's, the nearest deadline first."""
        waiting = self.filter(daerah=posting.daerah, turn_role=posting.role)
        if place := _kecamatan_of(posting):
            waiting = waiting.filter(kecamatan=place)
        return waiting.order_by("due_key", "id")
