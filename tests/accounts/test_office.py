"""Officers and postings: who may give them, where they hold, how their holders sign."""

import datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from accounts import contacts, postings
from accounts.models import Posting, User
from imbportal.daerah import registry
from notifications.models import Message
from tests.accounts.conftest import PASSWORD, log_in

pytestmark = pytest.mark.django_db
ADD = "/admin/accounts/posting/add/"


@pytest.fixture
def rules():
    return registry.current("contoh")


@pytest.fixture
def head(joko, rules):
    """The head of the daerah's office, in force."""
    return post(joko, rules.head)


def post(user, role, daerah="contoh", unit=None, **fields):
    known = registry.current(daerah).role.get(role)
    unit = unit if unit is not None else (known.unit if known else "")
    fields = {"valid_from": datetime.date(2020, 1, 1), **fields}
    return Posting.objects.create(user=user, daerah=daerah, role=role, unit=unit, **fields)


def test_a_delegate_holds_the_role_and_signs_as_such(head, siti, rules):
    plh = post(siti, rules.head, kind="plh", for_posting=head)
    title = rules.role[rules.head].sign_title or rules.role[rules.head].title
    assert set(postings.holders("contoh", rules.head)) == {head.user, siti}
    assert postings.holds(siti, "contoh", rules.head) == plh
    assert postings.capacity(plh, rules) == f"Plh. {title}"
    assert postings.capacity(head, rules) == title
    plh.kind = "an"
    assert postings.capacity(plh, rules) == f"a.n. {title}"
    post(siti, "bendahara")
    own = rules.signed("bendahara")
    assert postings.capacity(plh, rules) == f"a.n. {title}, {own}"
    plh.kind = "plt"
    assert postings.capacity(plh, rules) == f"Plt. {title}", "who leads the office for a time"


def test_a_posting_holds_from_its_first_to_its_last_day(siti, rules):
    day = datetime.date(2026, 3, 10)
    post(siti, rules.head, valid_from=day, valid_until=day)
    for offset, holds in ((-1, False), (0, True), (1, False)):
        at = day + datetime.timedelta(days=offset)
        assert postings.holders("contoh", rules.head, day=at).exists() is holds
    assert postings.holds(siti, "contoh", rules.head) is None


def test_a_definitive_posting_comes_before_a_delegated_one(head, joko, rules):
    post(joko, rules.head, kind="plt", for_posting=head)
    assert postings.holds(joko, "contoh", rules.head) == head


def test_a_disabled_officer_holds_nothing(head, joko, rules):
    User.objects.filter(pk=joko.pk).update(is_active=False)
    assert not postings.holders("contoh", rules.head).exists()


def test_a_unit_of_a_kecamatan_serves_that_one_only(head, joko, rules, monkeypatch):
    unit = rules.unit[head.unit].model_copy(update={"kecamatan": "320101"})
    local = rules.model_copy(update={"unit": {**rules.unit, head.unit: unit}})
    monkeypatch.setattr(registry, "current", lambda slug: local)
    assert postings.holds(joko, "contoh", rules.head, "320101") == head
    assert postings.holds(joko, "contoh", rules.head, "320102") is None
    assert not postings.holders("contoh", rules.head).exists()


def test_a_posting_counts_in_its_own_daerah_only(head, joko, rules):
    other = next(slug for slug in registry.slugs() if slug != "contoh")
    assert list(postings.of(joko)) == [head]
    assert not postings.of(joko, other).exists()
    assert postings.holds(joko, other, rules.head) is None


@pytest.fixture
def admin_in(client, officer):
    log_in(client, "petugas@contoh.test")
    return officer


def form(rules, **changes):
    data = {
        "login": "joko@contoh.test",
        "seat": f"contoh|{rules.head}",
        "where": "",
        "kind": "definitif",
        "for_posting": "",
        "valid_from": "01/01/2026",
        "valid_until": "",
    }
    return {**data, **changes}


def test_an_admin_posts_an_officer_in_his_daerah(client, admin_in, joko, rules):
    assert client.get(ADD).status_code == 200
    assert client.post(ADD, form(rules)).status_code == 302
    found = Posting.objects.get(user=joko)
    assert (found.daerah, found.role, found.unit) == (
        "contoh",
        rules.head,
        rules.role[rules.head].unit,
    )


def test_an_admin_cannot_post_elsewhere_or_himself(client, admin_in, joko, rules):
    other = next(slug for slug in registry.slugs() if slug != "contoh")
    client.post(ADD, form(rules, seat=f"{other}|{registry.current(other).head}"))
    page = client.post(ADD, form(rules, login="petugas@contoh.test"))
    assert "diatur oleh admin lain" in page.content.decode()
    assert Posting.objects.count() == 1


def test_a_post_that_several_units_have_wants_its_unit_named(client, officer, joko):
    Posting.objects.filter(user=officer).update(daerah="probolinggo")
    log_in(client, "petugas@contoh.test")
    rules = registry.current("probolinggo")
    given = form(rules, seat="probolinggo|camat")
    for where in ("", "probolinggo|bpp"):
        page = client.post(ADD, {**given, "where": where})
        assert "peran ini ada di beberapa unit" in page.content.decode()
    assert client.post(ADD, {**given, "where": "probolinggo|mayangan"}).status_code == 302
    found = Posting.objects.get(user=joko)
    assert postings.capacity(found, rules) == "Camat Mayangan"
    assert postings.holds(joko, "probolinggo", "camat", "357403") == found
    assert postings.holds(joko, "probolinggo", "camat", "357404") is None


def test_a_delegate_must_name_whom_he_replaces(client, admin_in, head, siti, rules):
    plh = form(rules, login="siti@contoh.test", kind="plh")
    assert "yang digantikan" in client.post(ADD, plh).content.decode()
    assert client.post(ADD, {**plh, "for_posting": head.pk}).status_code == 302


def test_a_posting_is_ended_by_another_and_never_edited_or_deleted(client, admin_in, head, siti):
    page = f"/admin/accounts/posting/{head.pk}/change/"
    client.post(page, {"valid_until": "31/12/2020", "role": "admin", "user": siti.pk})
    head.refresh_from_db()
    assert head.valid_until == datetime.date(2020, 12, 31)
    assert (head.role != "admin") and head.user != siti
    assert client.post(f"/admin/accounts/posting/{head.pk}/delete/").status_code == 403
    own = Posting.objects.get(user=admin_in)
    client.post(f"/admin/accounts/posting/{own.pk}/change/", {"valid_until": "31/12/2090"})
    own.refresh_from_db()
    assert own.valid_until is None


def test_an_admin_sees_no_posting_or_officer_of_another_daerah(client, admin_in, joko):
    other = next(slug for slug in registry.slugs() if slug != "contoh")
    foreign = post(joko, registry.current(other).head, daerah=other)
    for page in (
        f"/admin/accounts/posting/{foreign.pk}/change/",
        f"/admin/accounts/user/{joko.pk}/change/",
    ):
        assert client.get(page).status_code == 302
        assert client.post(page, {"valid_until": "01/01/2021", "name": "x"}).status_code == 302
    text = client.get("/admin/accounts/posting/").content.decode()
    text += client.get("/admin/accounts/user/").content.decode()
    assert "Joko" not in text
    foreign.refresh_from_db()
    assert foreign.valid_until is None


def test_a_new_officer_makes_his_own_password(client, admin_in, code):
    data = {"name": "Dewi", "email": "dewi@contoh.test", "nip": "1987"}
    assert client.post("/admin/accounts/user/add/", data).status_code == 302
    user = User.objects.get(email="dewi@contoh.test")
    assert user.is_staff and not user.is_superuser and not user.has_usable_password()
    assert Message.objects.filter(template="undangan", address="dewi@contoh.test").exists()
    client.post("/akun/keluar/")
    answer = client.post("/akun/lupa-sandi/", {"email": "dewi@contoh.test"})
    answer = client.post(answer.url, {"code": code("dewi@contoh.test")})
    client.post(answer.url, {"password1": PASSWORD, "password2": PASSWORD})
    assert log_in(client, "dewi@contoh.test").status_code == 302


def test_only_the_office_opens_these_pages(client, siti, head):
    pages = [
        "/admin/accounts/posting/",
        "/admin/accounts/user/",
        "/admin/accounts/user/ganti-nomor/",
    ]
    log_in(client, "siti@contoh.test")
    assert {client.get(page).status_code for page in pages} <= {302, 403}
    client.post("/akun/keluar/")
    log_in(client, "joko@contoh.test")  # an officer, but no admin
    assert {client.get(page).status_code for page in pages} == {403}
    assert client.get("/admin/accounts/identity/").status_code == 403


def test_a_lost_number_is_changed_at_the_counter_and_logged(client, admin_in, siti, code):
    data = {"login": "0812 3456 7890", "phone": "081311112222", "reason": "datang dengan KTP"}
    assert client.post("/admin/accounts/user/ganti-nomor/", data).status_code == 302
    entry = LogEntry.objects.get(object_id=str(siti.pk))
    assert entry.user == admin_in and "datang dengan KTP" in entry.change_message
    assert Message.objects.filter(template="nomor_hilang", address="siti@contoh.test").exists()
    siti.refresh_from_db()
    assert (siti.phone, siti.phone_verified) == ("+6281311112222", False)
    client.post("/akun/keluar/")
    assert log_in(client, "081311112222").url == "/akun/nomor/kode/"
    client.post("/akun/nomor/kode/", {"code": code("+6281311112222")})
    assert contacts.phone_owner("+6281311112222") == siti


def test_nobody_changes_the_number_of_an_officer_of_another_daerah(client, admin_in, joko):
    other = next(slug for slug in registry.slugs() if slug != "contoh")
    post(joko, registry.current(other).head, daerah=other)
    data = {"login": "joko@contoh.test", "phone": "081311112222", "reason": "x"}
    page = client.post("/admin/accounts/user/ganti-nomor/", data)
    assert "dapat Anda ubah" in page.content.decode()
    joko.refresh_from_db()
    assert joko.phone is None


def test_the_superuser_looks_at_identities_without_changing_them(client):
    root = User.objects.create_superuser("root@contoh.test", PASSWORD, name="Root")
    contacts.confirm(root)
    log_in(client, "root@contoh.test")
    for model in ("identity", "mandate", "identityview", "posting", "user"):
        assert client.get(f"/admin/accounts/{model}/").status_code == 200
    assert client.get("/admin/accounts/identity/add/").status_code == 403


def test_sistem_is_one_user_who_cannot_log_in(client):
    sistem = User.objects.sistem()
    assert User.objects.sistem() == sistem
    assert not sistem.check_password("") and not sistem.has_usable_password()
    assert timezone.now() >= sistem.date_joined


def test_the_list_of_postings_names_roles_and_units_by_their_titles(client, siti, head, rules):
    post(siti, postings.ADMIN)
    client.force_login(siti, backend="allauth.account.auth_backends.AuthenticationBackend")
    title, listed = rules.role[rules.head].sign_title, client.get("/admin/accounts/posting/")
    names = dict(listed.context["cl"].filter_specs[1].lookup_choices)
    assert names == {rules.head: title, postings.ADMIN: "Admin daerah"}
    found = client.get(f"/admin/accounts/posting/?role__exact={rules.head}").context["cl"]
    assert list(found.result_list) == [head]
    page = client.get(f"/admin/accounts/posting/{head.pk}/change/").content.decode()
    assert title in page and rules.name in page and rules.unit[head.unit].title in page
    assert f"{head.user}, {rules.role[rules.head].title}, {rules.name}" in page
    assert ">Data induk</a>" in page and "Beranda" not in page
