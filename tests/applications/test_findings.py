"""New findings counted for the head: by month and person, whatever the number of cases."""

import datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from many_cases import fill

from applications.models import Point
from imbportal.demo import people

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PAGE = "/admin/temuan-baru/"


def letters(cases, author, day, new):
    """Write two points to each case, sent on a day; the second is new in the first ``new``."""
    sent = datetime.datetime(2026, *day, 12, tzinfo=timezone.get_default_timezone())
    Point.objects.bulk_create(
        Point(
            application=case, gate="SUBMITTED", round=2, text="x", raised_by=author, sent_at=sent,
            new_finding=bool(second) and n < new,
        )
        for n, case in enumerate(cases)
        for second in (0, 1)
    )  # fmt: skip


def look(client):
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(PAGE)
    rows = {
        (month.name, row["name"]): [row[key] for key in ("sent", "new", "cases", "touched")]
        for month in answer.context["months"]
        for row in [{"name": "", **month.total}, *month.people]
    }
    return rows, len(queries), " ".join(answer.content.decode().split())


def test_the_head_sees_counts_by_month_and_person_at_a_constant_number_of_queries(
    client, demo, db, time_machine
):
    time_machine.move_to("2026-11-20 03:00:00+00:00")
    officers = people.officers("contoh")
    client.force_login(officers["kepala"], backend=BACKEND)
    few = fill(2, seed="a")
    letters(few, officers["petugas"], (10, 5), new=1)
    look(client)  # the first page of a session asks what the others know
    rows, queries, page = look(client)
    assert rows == {("Oktober 2026", ""): [4, 1, 2, 1],
                    ("Oktober 2026", officers["petugas"].name): [4, 1, 2, 1]}  # fmt: skip
    more = fill(20, seed="b")
    letters(more, officers["petugas"], (11, 5), new=7)
    letters(more[:12], officers["tim_teknis"], (11, 6), new=0)
    Point.objects.create(application=more[0], gate="SUBMITTED", round=2, text="belum dikirim",
                         raised_by=officers["petugas"], new_finding=True)  # fmt: skip
    rows, again, page = look(client)
    assert rows[("November 2026", "")] == [64, 7, 20, 7]
    assert rows[("November 2026", officers["petugas"].name)] == [40, 7, 20, 7]
    assert rows[("November 2026", officers["tim_teknis"].name)] == [24, 0, 12, 0]
    assert rows[("Oktober 2026", "")] == [4, 1, 2, 1]
    assert again == queries
    assert "Petugas Pelayanan" in page and "belum dikirim" not in page
    assert f"{PAGE}?daerah=contoh" in client.get("/admin/").content.decode()
    client.force_login(officers["petugas"], backend=BACKEND)
    assert client.get(PAGE).status_code == 403
    assert PAGE not in client.get("/admin/").content.decode()
