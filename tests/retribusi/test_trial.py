"""Drafts of a tariff at the desk: who edits them, what they would have brought, and that no case
ever uses one."""

import datetime
import html
import re

import pytest
from django.db import transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import Identity, Posting, User
from applications.models import Application, Record
from imbportal.daerah import calendar, registry
from imbportal.demo import people
from imbportal.demo.past import past
from notifications import jobs
from retribusi import services
from retribusi.models import Assessment, Skrd, TariffTrial, TrialRun
from retribusi.trial import runs

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SLUG, ROOM = "malang", "/admin/uji-tarif/"
YEAR = calendar.today(SLUG).year - 1
HOUSE = {
    "nama": "Rumah", "luas": "120", "fungsi": "hunian", "kompleksitas": "sederhana",
    "permanensi": "permanen", "risiko_kebakaran": "rendah", "zona_gempa": "4",
    "kepadatan": "sedang", "ketinggian": "rendah", "kepemilikan": "perorangan",
    "waktu_penggunaan": "tetap", "di_bawah_tanah_atau_air": False,
}  # fmt: skip
SHOP = HOUSE | {
    "nama": "Toko", "luas": "200", "fungsi": "usaha", "kompleksitas": "tidak_sederhana",
    "risiko_kebakaran": "sedang", "kepadatan": "padat", "ketinggian": "sedang",
    "kepemilikan": "badan_usaha",
}  # fmt: skip
HALL = HOUSE | {"nama": "Balai", "luas": "90", "fungsi": "sosial_budaya", "kepemilikan": "yayasan"}
FENCE = [{"kode": "2211", "volume": "60"}]
PLAN = {
    # number: (record, what is assessed by hand from Malang's printed tables)
    "R-1": ({"bangunan": [HOUSE]}, 144_200),  # 120 × 0,5 × 0,58 × 4.000, and the form's 5.000
    "R-2": ({"bangunan": [SHOP], "prasarana": FENCE}, 1_925_000),  # 200 × 3 × 0,775 × 4.000; 60.000
    "R-3": ({"bangunan": [HALL]}, 208_400),  # 90 × 1 × 0,565 × 4.000
}
NEW = {
    "figure.hsbg": "5.000", "index.fungsi.usaha": "2", "prasarana.2211": "1.500",
    "biaya.formulir": "10.000", "prasarana.2214": "2.000",
}  # fmt: skip
AFTER = {
    "R-1": ("Rp184.000", "+Rp39.800", "+27,6 %"),  # 120 × 0,5 × 0,58 × 5.000 + 10.000
    "R-2": ("Rp1.650.000", "-Rp275.000", "-14,3 %"),  # 200 × 2 × 0,775 × 5.000 + 60 × 1.500 + …
    "R-3": ("Rp264.250", "+Rp55.850", "+26,8 %"),  # 90 × 1 × 0,565 × 5.000 + 10.000
}
BEFORE_ALL, AFTER_ALL = "Rp2.277.600", "Rp2.098.250"


@pytest.fixture(scope="module")
def cases(django_db_setup, django_db_blocker):
    """Three cases of last year, one whose tariff is unknown, one that was assessed anew since, one
    of another daerah, and their admin; all in a transaction that ends with the file."""
    with django_db_blocker.unblock(), transaction.atomic():
        budi = User.objects.create_user("budi@contoh.test", name="Budi Santosa")
        Identity.objects.create(user=budi, name="Budi Santosa", address="Jl. Stadion 12")
        people.officer(SLUG, "auditor")
        admin = people.officer(SLUG, "admin")
        with past(datetime.datetime(YEAR, 6, 1, 5, tzinfo=datetime.UTC)) as clock:
            found = {number: case(budi, number, record) for number, (record, _) in PLAN.items()}
            for one in found.values():
                services.assess(one, by=admin)
            found["R-4"] = case(budi, "R-4", {"bangunan": []})
            found["R-5"] = case(budi, "R-5", {"bangunan": [HOUSE]})
            away = case(budi, "R-6", {"bangunan": [HOUSE]}, daerah="contoh")
            stored(found["R-4"], admin, 50_000, prasarana=[{"kode": "9999", "volume": "1"}])
            stored(found["R-5"], admin, 1_000_000)
            stored(away, admin, 7_000_000)
            clock.set(datetime.datetime(YEAR + 1, 1, 2, 5, tzinfo=datetime.UTC))
            services.assess(found["R-5"], by=admin)
        yield found
        transaction.set_rollback(True)


def case(by, number, record, daerah=SLUG):
    row = Application.objects.create(
        daerah=daerah, version_used=registry.current_version(daerah), track="imb", applicant=by,
        holder=by.identity, number=number, building_name=f"Gedung {number}", state="FEE",
    )  # fmt: skip
    data = {"kegiatan": "baru", "prasarana": [], "biaya": []} | record
    Record.objects.create(application=row, kind="pendataan", data=data, by=by)
    return row


def stored(row, by, total, **more):
    """Write an assessment as an older release may have left it."""
    given = {"tanggal": f"{YEAR}-06-01", "kegiatan": "baru", "bangunan": [HOUSE]} | more
    return Assessment.objects.create(
        application=row, input=given, result={}, total=total, tariff="lama", by=by
    )


@pytest.fixture
def admin(client, cases):
    return logged_in(client, "admin")


def logged_in(client, role, slug=SLUG):
    client.force_login(people.officer(slug, role), BACKEND)
    return client


def page(answer, status=200):
    assert answer.status_code == status, answer.content.decode()[:3000]
    text = re.sub(r"<(script|style).*?</\1>", " ", answer.content.decode(), flags=re.S)
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", text).split()))


def begun(client, name="Usulan 2027", **changes):
    """Begin a draft through its form, and give it figures; return it."""
    start = {"daerah": SLUG, "nama": name, "dari": "berlaku"}
    answer = client.post(f"{ROOM}baru/", start)
    assert answer.status_code == 302, page(answer, answer.status_code)
    trial = TariffTrial.objects.get(name=name)
    assert answer.url == f"{ROOM}{trial.pk}/"
    assert changed(client, trial, **(changes or NEW)).status_code == 302
    trial.refresh_from_db()
    return trial


def changed(client, trial, *, version=None, name=None, **changes):
    version = trial.version if version is None else version
    data = {"version": version, "nama": name or trial.name, **changes}
    return client.post(f"{ROOM}{trial.pk}/", data)


def tried(client, trial, period=str(YEAR)):
    return client.post(f"{ROOM}{trial.pk}/dampak/", {"tahun": period}, follow=True)


# -- The form -------------------------------------------------------------------------------
def test_a_draft_begins_with_the_tariff_in_force_and_keeps_only_what_differs(admin):
    assert "Susun rancangan pertama" in page(admin.get(ROOM))
    trial = begun(admin, **NEW, **{"prasarana.2212": "1.000", "keringanan.x": "9"})
    assert trial.changes == {
        "figure.hsbg": "5000", "index.fungsi.usaha": "2", "prasarana.2211": "1500",
        "biaya.formulir": "10000", "prasarana.2214": "2000",
    }  # fmt: skip
    assert (trial.base, trial.base_version) == ("perda_9_2010", registry.current_version(SLUG))
    shown = admin.get(f"{ROOM}{trial.pk}/").content.decode()
    text = page(admin.get(f"{ROOM}{trial.pk}/"))
    assert "Harga satuan bangunan gedung (FB) Sekarang 4.000 Rp/m²" in text
    assert "Fungsi bangunan 8 angka, 1 diubah" in text and "Harganya belum ditetapkan." in text
    assert 'name="figure.hsbg" value="5.000"' in shown.replace('type="text" ', "")
    assert shown.count('<details class="panel" open>') == 4, "price, fungsi, prasarana, biaya"
    assert "5 angka" in page(admin.get(ROOM))
    copy = {"daerah": SLUG, "nama": "Salinan", "dari": str(trial.pk)}
    admin.post(f"{ROOM}baru/", copy)
    assert TariffTrial.objects.get(name="Salinan").changes == trial.changes


def test_what_cannot_be_is_refused_at_its_field_and_nothing_typed_is_lost(admin):
    trial = begun(admin)
    wrong = {
        "figure.hsbg": "empat ribu", "index.fungsi.usaha": "-1", "biaya.formulir": "1e12",
        "prasarana.2211": "0,00000000001", "prasarana.2212": "2.500",
    }  # fmt: skip
    answer = changed(admin, trial, **wrong, name="Usulan lain")
    text, raw = page(answer, 422), answer.content.decode()
    for said in ("Tulis dengan angka", "Tidak boleh kurang dari 0.", "di belakang koma",
                 "Harus di bawah 1.000.000.000.000."):  # fmt: skip
        assert text.count(said) == 2, "at the top and at its field"
    assert all(f'value="{typed}"' in raw for typed in (*wrong.values(), "Usulan lain"))
    trial.refresh_from_db()
    assert (trial.name, trial.version) == ("Usulan 2027", 1)
    filled = changed(admin, trial, **wrong, isi="1", persen_prasarana="-5")
    assert 'name="prasarana.2252" value="3.325"' in filled.content.decode().replace(
        'type="text" ', ""
    )
    assert "sudah diisi, belum tersimpan" in page(filled)
    assert TariffTrial.objects.get(pk=trial.pk).version == 1


def test_who_saves_over_another_is_told_what_differs_and_loses_nothing(admin):
    trial = begun(admin)
    assert changed(admin, trial, **{"figure.hsbg": "6.000"}).status_code == 302
    answer = changed(admin, trial, **{"figure.hsbg": "7.000", "prasarana.2214": "2.000"})
    text = page(answer, 409)
    assert "baru saja menyimpan rancangan ini" in text
    assert "(FB): tersimpan 6.000, isian Anda 7.000" in text
    assert "tersimpan seperti tarif dasar, isian Anda 2.000" in text
    assert 'value="7.000"' in answer.content.decode()
    trial.refresh_from_db()
    assert trial.changes == {"figure.hsbg": "6000"}
    assert f'name="version" value="{trial.version}"' in answer.content.decode()
    assert changed(admin, trial, **{"figure.hsbg": "7.000"}).status_code == 302
    assert admin.post(f"{ROOM}{trial.pk}/hapus/", {"version": 1}).status_code == 409
    assert admin.post(f"{ROOM}{trial.pk}/hapus/", {"version": 3}).status_code == 302
    assert not TariffTrial.objects.exists()


# -- The effect -----------------------------------------------------------------------------
def test_the_effect_on_last_year_is_what_the_hand_comes_to(admin, cases):
    assert {n: services.newest(cases[n]).total for n in PLAN} == {
        n: t for n, (_, t) in PLAN.items()
    }
    trial = begun(admin)
    assert f"Belum dihitung untuk tahun {YEAR}" in page(admin.get(f"{ROOM}{trial.pk}/dampak/"))
    answer = tried(admin, trial)
    text, raw = page(answer), answer.content.decode()
    assert f"Menurut penetapan {BEFORE_ALL} Dengan rancangan {AFTER_ALL}" in text
    assert "Selisih -Rp179.350 (-7,9 %)" in text
    assert "3: 2 membayar lebih, 1 membayar kurang, 0 tetap" in text
    assert "1 permohonan, ditetapkan Rp50.000" in text and '"9999" tidak ada dalam tabel' in text
    for number, figures in AFTER.items():
        row = next(r for r in re.findall(r"<tr>.*?</tr>", raw, re.S) if f">{number}<" in r)
        row = html.unescape(row).replace("\N{NO-BREAK SPACE}", " ")
        assert f"/admin/permohonan/{cases[number].pk}/" in row
        assert all(f">{figure}<" in row for figure in figures), (number, row)
    assert "Usaha 1 Rp1.925.000 Rp1.650.000 -Rp275.000" in text
    order = [text.index(f" {number} Gedung") for number in ("R-3", "R-1", "R-2")]
    assert order == sorted(order), "the largest rise first"
    falls = page(admin.get(f"{ROOM}{trial.pk}/dampak/?tahun={YEAR}&urut=turun"))
    assert falls.index(" R-2 Gedung") < falls.index(" R-1 Gedung")
    assert "R-5" not in text, "its newest assessment is of another year"
    assert "R-6" not in text and "Rp7.000.000" not in text
    drawn = re.findall(r'class="chart__(\w+)" x="0" y="\d+" width="([\d.]+)%"', raw)
    assert drawn[:2] == [("before", "60.00"), ("after", "51.43")] and len(drawn) == 6
    assert "Usaha Rp1.925.000 menjadi Rp1.650.000" in raw
    this_year = page(tried(admin, trial, str(YEAR + 1)))
    assert "Menurut penetapan Rp144.200 Dengan rancangan Rp184.000" in this_year
    assert "-Rp179.350" not in this_year
    listed = page(admin.get(ROOM))
    assert "+Rp39.800" in listed


def test_a_result_of_older_figures_says_so(admin):
    trial = begun(admin)
    tried(admin, trial)
    changed(admin, trial, **{"figure.hsbg": "4.500"})
    text = page(admin.get(f"{ROOM}{trial.pk}/dampak/"))
    assert "sudah diubah sesudah hitungan ini" in text and AFTER_ALL in text
    again = page(tried(admin, trial))
    assert "sudah diubah" not in again and AFTER_ALL not in again
    assert TrialRun.objects.count() == 1, "what is superseded goes"


def test_many_cases_are_left_to_the_worker_once_and_its_progress_is_shown(admin, monkeypatch):
    monkeypatch.setattr(runs, "AT_ONCE", 2)
    trial = begun(admin)
    assert "Menunggu giliran" in page(tried(admin, trial))
    assert "Menunggu giliran" in page(tried(admin, trial)), "a second click asks for nothing more"
    run = TrialRun.objects.get()
    TrialRun.objects.update(total=4, done=1)
    assert "1 dari 4 permohonan" in page(admin.get(f"{ROOM}{trial.pk}/dampak/"))
    assert jobs.run(runs.jobs.Job.objects.get(key=f"{runs.JOB}:{run.pk}").pk)
    run.refresh_from_db()
    assert (run.total, run.done, run.percent) == (4, 4, 100)
    assert AFTER_ALL in page(admin.get(f"{ROOM}{trial.pk}/dampak/"))
    runs.make(str(run.pk))
    again = TrialRun.objects.get()
    assert again.ready_at == run.ready_at, "a job that runs twice does its work once"


def test_a_page_of_many_lines_asks_as_often_as_one_of_few(admin, django_assert_num_queries):
    from django.db import connection

    trial = begun(admin)
    tried(admin, trial)
    run = TrialRun.objects.get()
    with CaptureQueriesContext(
        connection,
    ) as few:
        admin.get(f"{ROOM}{trial.pk}/dampak/")
    TrialRun.objects.filter(pk=run.pk).update(lines=run.lines * 100)
    with django_assert_num_queries(len(few)):
        text = page(admin.get(f"{ROOM}{trial.pk}/dampak/?page=2"))
    assert "Halaman 2 dari 6" in text


def test_who_oversees_reads_and_who_works_elsewhere_does_not_know(admin, client):
    trial = begun(admin)
    tried(admin, trial)
    auditor = logged_in(client, "auditor")
    text = page(auditor.get(f"{ROOM}{trial.pk}/"))
    assert "(FB) (Rp/m²) 4.000 5.000" in text and "Simpan" not in text
    assert AFTER_ALL in page(auditor.get(f"{ROOM}{trial.pk}/dampak/"))
    assert "[[tariff]]" in page(auditor.get(f"{ROOM}{trial.pk}/berkas/"))
    for path, data in (("", {"version": 1}), ("dampak/", {}), ("hapus/", {"version": 1})):
        assert auditor.post(f"{ROOM}{trial.pk}/{path}", data).status_code == 403
    assert auditor.get(f"{ROOM}baru/").status_code == 403
    away = logged_in(client, "admin", "contoh")
    assert away.get(f"{ROOM}{trial.pk}/").status_code == 404
    assert trial.name not in page(away.get(f"{ROOM}?daerah={SLUG}"))
    assert away.post(f"{ROOM}baru/", {"daerah": SLUG, "nama": "x"}).status_code == 403
    clerk = User.objects.create_user("loket@contoh.test", name="Loket", is_staff=True)
    role = next(iter(registry.current(SLUG).role))
    Posting.objects.create(user=clerk, daerah=SLUG, role=role, valid_from="2020-01-01",
                           unit=registry.current(SLUG).role[role].units[0])  # fmt: skip
    client.force_login(clerk, BACKEND)
    assert (
        client.get(ROOM).status_code == 403 and client.get(f"{ROOM}{trial.pk}/").status_code == 404
    )
    assert "Uji tarif" not in page(client.get("/admin/permohonan/"))


# -- No case ever uses one ------------------------------------------------------------------
def test_no_case_ever_uses_a_draft(admin, cases):
    """Whatever is tried, the next calculation of a case is by the file alone."""
    before = list(Assessment.objects.order_by("pk").values())
    trial = begun(admin)
    tried(admin, trial)
    assert list(Assessment.objects.order_by("pk").values()) == before
    by = people.officer(SLUG, "admin")
    again = services.assess(cases["R-1"], by=by)
    assert again.total == PLAN["R-1"][1] and again.tariff == "perda_9_2010"
    assert not Skrd.objects.exists()
    kin = {relation.related_model for relation in TariffTrial._meta.related_objects}
    assert kin == {TrialRun} and not TrialRun._meta.related_objects
