"""Every URL pattern × actor × method has a declared answer, and every answer the right headers."""

import itertools
import json
import os

import pytest
from access_cast import ACTORS, BACKEND, Visitor
from addresses import named, sample
from matrix import METHODS, expected

pytestmark = pytest.mark.django_db
ON_POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")
REFUSED = ("PUT", "DELETE")
OPEN = {"health", "robots", "favicon"}
"""Answers that hold nothing of anybody's, whoever asks."""


def test_every_url_has_a_row_and_every_row_a_url():
    assert set(named()) == set(expected())
    for name, rows in expected().items():
        assert set(rows) == set(METHODS), name
        assert all(len(row) == len(ACTORS) for row in rows.values()), name


def test_a_new_url_without_a_row_is_found(monkeypatch):
    """Negative control."""
    from django.urls import path

    from imbportal import urls

    monkeypatch.setattr(urls, "urlpatterns", [*urls.urlpatterns, path("baru/", print, name="x")])
    from django.urls import get_resolver
    from django.urls.resolvers import URLResolver

    fresh = URLResolver(get_resolver().pattern, "imbportal.urls")
    assert {"x"} == {name for name in named(fresh)} - set(expected())


@pytest.mark.satu_basis_data
@pytest.mark.parametrize("whole", [False, pytest.param(True, marks=pytest.mark.panjang)])
def test_every_cell_answers_as_declared_with_its_headers(world, undone, settings, whole):
    settings.DEMO = False
    answer_as_declared(world, undone, every_cell if whole else most_cells)


@pytest.mark.skipif(not ON_POSTGRES, reason="among all cells, where the suite runs on SQLite")
def test_every_page_answers_who_may_see_it_on_this_database(world, undone, settings):
    settings.DEMO = False
    answer_as_declared(
        world, undone, lambda *_: itertools.product(["GET"], ["owner", "turn", "super"])
    )


def test_of_the_methods_that_no_page_takes_a_cell_of_every_address_is_asked():
    """Negative control of the sample: it lies with whom nothing else holds up, and with each."""
    asked = {
        (name, method): [actor for one, actor in most_cells(number, rows) if one == method]
        for number, (name, rows) in enumerate(expected().items())
        for method in REFUSED
    }
    for (name, method), actors in asked.items():
        statuses = expected()[name][method]
        told = {statuses[ACTORS.index(actor)] for actor in actors}
        assert 405 in told or 405 not in statuses, (name, method)
    assert set(ACTORS) == {actor for actors in asked.values() for actor in actors}


def every_cell(number, rows):
    """Return method and actor of each cell of an address."""
    return itertools.product(METHODS, ACTORS)


def most_cells(number, rows):
    """Of methods that no page takes leave one actor in turn, and one who gets that far."""
    yield from itertools.product([one for one in METHODS if one not in REFUSED], ACTORS)
    for method in REFUSED:
        reach = [actor for actor, status in zip(ACTORS, rows[method], strict=True) if status == 405]
        for actor in dict.fromkeys(
            group[number % len(group)] for group in (reach, ACTORS) if group
        ):
            yield method, actor


def answer_as_declared(world, undone, chosen):
    wrong, bare, cells = [], [], 0
    table = expected()
    for number, (name, route) in enumerate(named().items()):
        url = sample(world, name, route)
        for method, actor in chosen(number, table[name]):
            status = table[name][method][ACTORS.index(actor)]
            answer = undone(actor, method, url)
            if answer.streaming:  # closing it by hand would close the test's connection too
                b"".join(answer)
            cells += 1
            if answer.status_code != status:
                wrong.append((name, method, actor, answer.status_code, status))
            bare += [(name, method, actor, lack) for lack in lacking(answer, actor)]
    figures = {"urls": len(table), "cells": cells, "mismatches": len(wrong), "headers": len(bare)}
    print(json.dumps(figures))  # noqa: T201
    assert not wrong, "\n".join(map(str, wrong))
    assert not bare, "\n".join(map(str, bare))


def lacking(answer, actor):
    """Yield what an answer's headers lack."""
    policy = answer.headers.get("Content-Security-Policy", "")
    if answer.headers.get("Content-Type") == "application/pdf":  # Chromium's own viewer has style
        policy = policy.replace("style-src 'unsafe-inline'", "")
    if "unsafe-inline" in policy or "unsafe-eval" in policy:
        yield "policy with unsafe"
    if not policy:
        yield "policy"
    if "frame-ancestors 'none'" not in policy and "sandbox" not in policy:
        yield "frame-ancestors"
    if answer.headers.get("X-Content-Type-Options") != "nosniff":
        yield "nosniff"
    if answer.headers.get("Referrer-Policy") not in ("same-origin", "no-referrer"):
        yield "referrer"
    if actor != "anonymous" and "no-store" not in answer.headers.get("Cache-Control", ""):
        yield "no-store"


@pytest.mark.parametrize("actor", ["owner", "turn", "super"])
def test_no_form_is_taken_without_its_token(world, actor):
    client = Visitor(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(world.users[actor], BACKEND)
    taken = []
    for name, route in named().items():
        status = client.post(sample(world, name, route)).status_code
        if status not in (403, 404, 405):
            taken.append((name, status))
    assert not taken


def test_an_officer_without_second_factor_sees_the_account_alone(world, undone, settings):
    settings.OFFICER_MFA = True
    shut = [name for name in named() if not name.startswith(("account_", "mfa_"))]
    for name in shut:
        answer = undone("turn", "GET", sample(world, name, named()[name]))
        assert answer.status_code == 302 and "/akun/pengaman/" in answer["Location"], name


@pytest.mark.parametrize("actor", ["owner", "turn", "super"])
def test_the_cookie_of_a_disabled_user_is_dead_at_once(world, actor):
    client = Visitor()
    client.force_login(world.users[actor], BACKEND)
    assert client.get("/akun/").status_code == 200
    type(world.users[actor]).objects.filter(pk=world.users[actor].pk).update(is_active=False)
    for url in ("/akun/", "/permohonan/", "/admin/", "/pesan/"):
        assert client.get(url).status_code == 302, url


@pytest.mark.parametrize(
    "url",
    [
        "/admin/permohonan/?sesudah=2026-01-01_x", "/admin/permohonan/?sesudah=x_x",
        "/admin/?peran=x&saring=x&tahap=x&kecamatan=x", "/admin/permohonan/?kecamatan=%C2%B2",
        "/admin/accounts/user/?p=x&o=x", "/admin/retribusi/skrd/?application__applicant__name=x",
        "/admin/documents/paper/?content__holder=x", "/pesan/?page=x", "/verifikasi/%20/",
        "/kuasa/99999999999999999999999/surat/", "/admin/retribusi/skrd/x/change/",
        "/admin/documents/paper/x/change/", "/identitas/?jenis=x", "/permohonan/baru/?daerah=x",
        "/admin/autocomplete/?app_label=x&model_name=x&field_name=x", "/admin/autocomplete/",
    ],
)  # fmt: skip
def test_crooked_addresses_are_no_fault_of_the_server(world, undone, url):
    for actor in ("owner", "turn", "super"):
        assert undone(actor, "GET", url).status_code < 500


def test_crooked_forms_are_no_fault_of_the_server(world, undone):
    case = world.case("ASSESSMENT")
    crooked = {"version": "²", "requirement": "x" * 5000, "text": "x", "verdict": "x", "note": "x"}
    for page in ("langkah/approve_technical/", "butir/", "catatan/", "ambil/", "hitung/",
                 "isian/penilaian/", "butir/99999999999999999999/"):  # fmt: skip
        answer = undone("turn", "POST", f"/admin/permohonan/{case.pk}/{page}", crooked)
        assert answer.status_code < 500, page
