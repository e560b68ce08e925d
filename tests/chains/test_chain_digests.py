"""The daily digest: once a day, caught up after an outage, and what is found with its hash."""

import datetime
from io import StringIO

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from applications.chains import digests, telling
from applications.models import ChainDigest, ChainHead, Event
from documents import rendering
from imbportal.demo import people
from notifications.models import Job, Message
from retribusi.models import BankFormat, StatementLine
from retribusi.statements import importing
from retribusi.statements.mapping import Mapping
from tests.chains import chain_edits
from tests.documents.reading import pages, words

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def cases():
    return chain_edits.chains(3, 4)


def after(days):
    return time_machine.travel(timezone.now() + days * DAY, tick=True)


def check(*words):
    """Run the command; return its exit code and what it said."""
    out = StringIO()
    try:
        call_command("periksa_rantai", *words, stdout=out, stderr=StringIO())
    except CommandError as error:
        return error.returncode, out.getvalue()
    return 0, out.getvalue()


def test_a_day_has_one_digest_and_an_outage_is_in_the_next_one(cases):
    first = digests.make("contoh")
    assert digests.make("contoh") is None
    assert (first.number, first.chains, first.links, first.changed) == (1, 3, 15, 3)
    with after(4):
        digests.open_jobs()
        digests.open_jobs()
        jobs = Job.objects.filter(kind=digests.JOB, ref="contoh")
        assert jobs.count() == 1
        second = digests.make(jobs.get().ref)
    assert (second.first, second.day) == (first.day + DAY, first.day + 4 * DAY)
    assert (second.changed, second.previous_hash) == (0, first.hash)
    assert digests.make("malang") is None  # nothing to say


def test_of_two_workers_at_once_one_makes_it(cases, monkeypatch):
    real, asked = digests.due, []

    def late(slug):
        """Answer the second worker as it would have been answered before the first one ended."""
        asked.append(slug)
        return first.day if len(asked) == 1 else real(slug)

    first = digests.make("contoh")
    monkeypatch.setattr(digests, "due", late)
    assert digests.make("contoh") is None
    assert ChainDigest.objects.count() == 1 and ChainHead.objects.count() == 3
    assert Message.objects.filter(template=telling.TEMPLATE).count() == 0  # nobody is posted


@pytest.mark.parametrize("table", ["applications_chaindigest", "applications_chainhead"])
@pytest.mark.parametrize("change", ["UPDATE {} SET hash = 'x'", "DELETE FROM {}"])
def test_the_database_itself_keeps_a_digest(cases, table, change):
    digests.make("contoh")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(change.format(table))


def test_it_is_mailed_to_head_and_auditor_and_printed_on_one_page(cases, demo):
    office = people.officers("contoh")
    made = digests.make("contoh")
    mails = Message.objects.filter(template=telling.TEMPLATE, channel="email")
    assert {mail.user for mail in mails} == {office["kepala"], office["auditor"]}
    assert all(made.grouped in mail.body for mail in mails)
    paper = rendering.render(telling.paper_of(made).pk)
    data = default_storage.open(paper.file.name).read()
    assert len(pages(data)) == 1
    assert made.grouped.replace(" ", "") in words(data).replace(" ", "")


def test_the_command_names_the_first_event_that_does_not_fit(cases):
    assert check() == (0, "15 mata rantai diperiksa, semua utuh.\n")
    chain_edits.without_guard()
    event = cases[1].events.get(seq=3)
    Event.objects.filter(pk=event.pk).update(capacity="Kepala Dinas")
    cases[2].events.filter(seq=2).update(seq=99)
    code, said = check("--semua")
    assert code == 1 and len(said.splitlines()) == 2
    assert "R-contoh-1 (contoh): mata rantai nomor 3 isinya tidak cocok" in said
    assert "R-contoh-2 (contoh): mata rantai nomor 2 hilang" in said
    assert len(check()[1].splitlines()) == 1
    assert check("--kasus", "R-contoh-0")[0] == 0
    assert check("--kasus", str(cases[1].pk))[0] == 1
    assert check("--kasus", "R-tidak-ada")[0] == 2


def test_a_whole_case_without_its_events_is_named(cases):
    chain_edits.without_guard()
    for event in cases[0].events.all():
        chain_edits._drop(event)
    code, said = check()
    assert code == 1 and "R-contoh-0" in said and "tidak ada satu kejadian pun" in said


def test_the_hash_on_paper_finds_what_was_rewritten_as_a_whole(cases):
    made = digests.make("contoh")
    assert check("--terhadap", made.grouped)[0] == 0
    chain_edits.without_guard()
    Event.objects.filter(application=cases[0], seq=2).update(capacity="Kepala Dinas")
    chain_edits.rehash(cases[0].pk)
    assert check()[0] == 0
    code, said = check("--terhadap", made.grouped[:19])
    assert code == 1 and "R-contoh-0" in said and "ditulis ulang" in said
    code, said = check("--terhadap", "0" * 64)
    assert code == 1 and "tidak ada" in said
    with after(1):
        worse = digests.make("contoh")
    assert len(worse.faults) == 1 and "R-contoh-0" in worse.faults[0]


def test_digests_that_were_made_anew_no_longer_have_the_hash_on_paper(cases):
    made = digests.make("contoh")
    chain_edits.without_guard("applications_chaindigest", "applications_chainhead")
    head = ChainHead.objects.order_by("pk").first()
    ChainHead.objects.filter(pk=head.pk).update(hash="0" * 64)
    assert "ujung rantai yang dicatatnya berubah" in check()[1]
    made.root = digests._root(made)
    ChainDigest.objects.filter(pk=made.pk).update(root=made.root, hash=digests.digest(made))
    assert check()[0] == 0
    assert "tidak ada" in check("--terhadap", made.hash)[1]


def test_a_line_of_the_bank_that_was_changed_is_found(cases):
    by = cases[0].applicant
    form = BankFormat.objects.create(
        daerah="contoh", name="Bank", account="1234", changed_by=by, changed_at=timezone.now(),
        mapping=Mapping(amount=3, header=False).model_dump(),
    )  # fmt: skip
    day = f"{timezone.now():%d/%m/%Y}"
    importing.take(form, "koran.csv", f"{day};Setoran;75.000,00\n".encode(), by)
    made = digests.make("contoh")
    assert made.chains == 4
    chain_edits.without_guard("retribusi_statementline")
    StatementLine.objects.update(text="Setoran lain")
    code, said = check("--terhadap", made.hash)
    assert code == 1 and "baris 2 bukan yang tercatat" in said
