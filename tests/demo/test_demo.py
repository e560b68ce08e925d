"""The demo, loaded once: every stage, chains intact, and accounts that open."""

import copy
import io
import sqlite3
from contextlib import closing

import demo_data
import prepared
import pytest
import time_machine
from django.conf import settings as live
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import Mandate, Posting
from applications import events
from applications.models import Application, CaseDuty, Event, Point
from applications.workflow import State
from documents.models import Paper
from feedback.models import Complaint, SurveyInvitation, SurveyQuarter
from feedback.models.complaint_flow import Stage
from imbportal import indonesia
from imbportal.daerah import registry
from imbportal.daerah.vocabulary import GATES
from imbportal.demo import people, stories
from notifications.models import Job, Message
from retribusi import invariants
from retribusi.models import PaymentProof, Relief

pytestmark = pytest.mark.django_db
HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
"""What the demo's passwords are stored with; the tests' own are not."""


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """Put the demo, as this code loads it, into the test's database, and its files beside it.

    Returns when its loading began.
    """
    folder, storages = tmp_path_factory.mktemp("demo"), copy.deepcopy(live.STORAGES)
    demo_data.copy(folder, exact=True)
    storages["default"]["OPTIONS"]["location"] = folder / "files"
    as_loaded = override_settings(DEMO=True, STORAGES=storages, PASSWORD_HASHERS=HASHERS)
    with django_db_blocker.unblock(), as_loaded:
        connection.ensure_connection()
        with closing(sqlite3.connect(":memory:")) as empty:
            connection.connection.backup(empty)
            with closing(sqlite3.connect(folder / "db.sqlite3")) as full:
                full.backup(connection.connection)
            yield prepared.made_from(folder)
            empty.backup(connection.connection)


def reachable(slug):
    """Return the states in which a case of the daerah can stand."""
    rules = registry.current(slug)
    chains = [rules.chains(code) for code in rules.track]
    gates = {gate for chain in chains for gate in chain}
    lapses = {"LAPSED"} if rules.lapse else set()
    krk = {"KRK_INCOMPLETE", "KRK_ISSUED"}
    asked = krk if "KRK_REQUESTED" in gates else set()
    return (set(State.values) - set(GATES) - krk - {"LAPSED"}) | gates | lapses | asked


@pytest.mark.parametrize("slug", registry.slugs())
def test_a_case_stands_in_every_state_that_the_daerah_can_reach(loaded, slug):
    stood = Application.objects.filter(daerah=slug).values_list("state", flat=True)
    assert set(stood) == reachable(slug)


def test_events_replay_to_the_state_and_their_chain_is_intact(loaded):
    for case in Application.objects.all():
        assert events.replayed_state(case) == case.state, case
        assert events.broken(case) == [], case


def test_nothing_is_wrong_in_it(loaded):
    # Much later, what nobody has printed or sent yet is a fault; loading may itself take long.
    with time_machine.travel(loaded + 60):
        assert invariants.faults() == []


def test_four_duties_lie_with_four_persons(loaded):
    for case in Application.objects.filter(state="COLLECTED", track__in=["imb", "pbg"]):
        duties = CaseDuty.objects.filter(application=case)
        assert len({duty.duty for duty in duties}) == len({duty.person_id for duty in duties}) == 4


def test_nothing_happened_in_the_future_and_numbers_grow_with_time(loaded):
    assert not Event.objects.filter(at__gt=timezone.now()).exists()
    for slug in registry.slugs():
        kind = Paper.objects.filter(daerah=slug, kind="tanda_terima").exclude(number="")
        numbers = list(kind.order_by("issued_at").values_list("issued_at__year", "number"))
        assert numbers == sorted(numbers)
        assert len(numbers) > 10


def test_the_last_quarter_was_judged_and_its_results_stand(loaded):
    last = SurveyQuarter.objects.order_by("-year", "-quarter")
    for slug in registry.slugs():
        assert last.filter(daerah=slug)[0].respondents, slug
    told = {result.enough for result in last}
    assert told == {True, False}, "somewhere there are enough, and somewhere too few"
    assert SurveyInvitation.objects.filter(spent=None).exists()


def test_what_is_seldom_seen_is_there(loaded):
    moves = set(Event.objects.values_list("move", flat=True))
    assert {"revise", "resubmit", "refuse_payment", "undo_accept", "send_back",
            "refuse_krk", "reject", "lapse", "withdraw"} <= moves  # fmt: skip
    assert Event.objects.filter(capacity__startswith="Plh. ").exists()
    assert Posting.objects.in_force().filter(kind=Posting.Kind.PLH).count() == len(registry.slugs())
    assert Application.objects.filter(mandate=Mandate.objects.get(), state="READY").exists()
    assert Application.objects.filter(holder__nib__gt="", state="COLLECTED").exists()
    assert Application.objects.filter(parts__isnull=False, turn_role__gt="").exists()
    assert PaymentProof.objects.filter(status=PaymentProof.Status.REFUSED).exists()
    assert Point.objects.filter(answered_at=None, sent_at__isnull=False).exists()


@pytest.mark.parametrize("slug", registry.slugs())
def test_a_case_is_late(loaded, slug):
    assert Application.objects.filter(daerah=slug, due_at__lt=indonesia.today()).exists()


@pytest.mark.parametrize("slug", registry.slugs())
def test_every_role_has_something_to_do(loaded, slug):
    roles = set(Application.objects.filter(daerah=slug).values_list("turn_role", flat=True))
    roles |= set(Relief.objects.filter(application__daerah=slug).values_list("holder", flat=True))
    assert roles - {""} == set(registry.current(slug).role)


@pytest.mark.parametrize("slug", registry.slugs())
def test_a_complaint_stands_in_every_state_and_one_is_late(loaded, slug):
    told = Complaint.objects.filter(daerah=slug)
    assert set(told.values_list("state", flat=True)) == set(Stage.values)
    assert told.filter(escalated_at__isnull=False, due_at__lt=indonesia.today()).exists()


@pytest.mark.parametrize("slug", registry.slugs())
def test_every_track_of_a_building_has_a_case(loaded, slug):
    rules = registry.current(slug)
    tracks = set(Application.objects.filter(daerah=slug).values_list("track", flat=True))
    assert tracks - {""} == set(rules.track) - {"di_luar_layanan"}


def test_the_plain_track_is_that_of_an_ordinary_building():
    assert stories.plain_track(registry.current("contoh")) == "pbg"


def test_one_applicant_has_a_case_for_each_thing_that_applicants_do(loaded):
    own = Application.objects.filter(daerah="pamekasan", applicant__email="budi@demo.test")
    assert {"DRAFT", "KRK_INCOMPLETE", "KRK_ISSUED", "INCOMPLETE", "REVISION", "AWAITING_PAYMENT",
            "READY", "COLLECTED"} <= set(own.values_list("state", flat=True))  # fmt: skip


def test_loading_again_changes_nothing(loaded):
    def count():
        return [model.objects.count() for model in (Application, Event, Message, Job, Paper)]

    before, said = count(), io.StringIO()
    call_command("muat_demo", stdout=said)
    assert count() == before
    assert said.getvalue() == ""


KINDS = ("budi", "usaha", "konsultan", "petugas.pamekasan", "kepala.contoh", "plh.contoh",
         "admin.pamekasan", "auditor.contoh")  # fmt: skip


@pytest.mark.parametrize("key", KINDS)
def test_the_accounts_of_the_list_open(loaded, client, key):
    said = io.StringIO()
    call_command("akun_demo", stdout=said)
    assert people.email(key) in said.getvalue()
    login = {"login": people.email(key), "password": people.PASSWORD}
    answer = client.post(reverse("account_login"), login, follow=True)
    own = "/admin/" if "." in key else "/permohonan/"
    assert answer.status_code == 200
    assert answer.request["PATH_INFO"].startswith(own)


def test_a_daerah_without_krk_and_with_short_chains_has_stories_too():
    rules = registry.current("contoh")
    stages = {gate: chain[-1:] for gate, chain in rules.stage.items() if gate != "KRK_REQUESTED"}
    plain = rules.model_copy(update={"stage": stages, "lapse": (), "demo_only": False})
    told = stories.of(plain)
    ends = {stories.way(plain, story, number).state for number, story in enumerate(told)}
    assert set(State.values) - ends == {
        "KRK_REQUESTED", "KRK_INCOMPLETE", "KRK_ISSUED", "ISSUED", "LAPSED"
    }  # fmt: skip


@pytest.mark.parametrize("command", ["muat_demo", "akun_demo"])
def test_no_portal_but_a_demo_loads_it(settings, command):
    settings.DEMO = False
    with pytest.raises(CommandError):
        call_command(command)
