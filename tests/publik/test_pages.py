"""Public pages, read as a visitor reads them."""

import html
import re

import pytest
from django.db import OperationalError

from imbportal import publik, views
from imbportal.daerah import registry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demo(settings):
    settings.DEMO = True


def page(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_home_leads_to_every_daerah_with_time_and_cost_to_tracking_and_checking(client):
    text = page(client, "/")
    for link in ("/contoh/", "/pamekasan/", "/lacak/", "/verifikasi/", "/akun/masuk/"):
        assert f'href="{link}"' in text
    for slug in registry.slugs():
        service = registry.current(slug).service
        assert f"Waktu: {service.time}<" in text and f"Biaya: {service.cost}<" in text


@pytest.mark.kewajiban("PAM-23")
def test_pamekasan_shows_its_22_steps_and_14_components(client):
    text = page(client, "/pamekasan/")
    assert text.count("Langkah 22:") == 1 and "Langkah 23:" not in text
    for code in ("Kompetensi pelaksana", "Evaluasi kinerja pelaksana", "belum ditetapkan"):
        assert code in text


@pytest.mark.kewajiban("PAM-23")
def test_time_is_shown_with_its_arithmetic(client):
    text = page(client, "/pamekasan/")
    assert "Langkah 11 (1 hari) + langkah 15 (1 hari) + langkah 20 (1 hari) = 3 hari" in text


@pytest.mark.kewajiban("PAM-24")
def test_service_and_retribusi_are_two_things(client):
    text = page(client, "/pamekasan/")
    assert "tidak dipungut biaya" in text and "dihitung dari data bangunan" in text


@pytest.mark.parametrize(
    "slug",
    [
        pytest.param("pamekasan", marks=pytest.mark.kewajiban("PAM-25", "PAM-26", "PAM-27")),
        pytest.param("sleman", marks=pytest.mark.kewajiban("SLE-01", "SLE-02", "SLE-15", "SLE-16")),
        pytest.param(
            "malang",
            marks=pytest.mark.kewajiban("MAL-01", "MAL-02", "MAL-09", "MAL-10", "MAL-11", "MAL-12"),
        ),
        "bombana",
        "probolinggo",
    ],
)
def test_complaints_product_law_components_and_publisher_stand_on_the_page(client, slug):
    rules, text = registry.current(slug), html.unescape(page(client, f"/{slug}/"))
    shown = [*rules.complaint.channels, rules.complaint.note, *rules.service.product]
    shown += [rules.service.time, rules.service.cost, rules.service.note]
    shown += [words for item in rules.component for words in (item.text, *item.items)]
    shown += [item.authority for item in rules.requirement]
    shown += [basis.text for basis in rules.legal_basis]
    shown += [policy.text for policy in rules.policy]
    shown += [word for item in rules.definition for word in (item.term, item.text)]
    shown += [rules.late.text] if rules.late else []
    if rules.publisher:
        shown += [rules.publisher.name, rules.publisher.postcode, rules.publisher.phone]
    assert [words for words in shown if words not in text] == []


def test_who_may_freeze_a_permit_stands_there_with_its_warning_and_term_or_that_none_is_named(
    client,
):
    text = page(client, "/contoh/").split('id="pembekuan"')[1].split("</section>")[0]
    for words in ("dicabut Kepala Dinas", "waktu 7 hari kerja", "paling lambat 10 hari kerja"):
        assert words in text, words
    text = page(client, "/sleman/").split('id="pembekuan"')[1].split("</section>")[0]
    for words in ("IMB yang sudah", "dicabut Camat", "tidak meminta", "tenggatnya belum ditetapkan",
                  "Sumber: Kebijakan portal"):  # fmt: skip
        assert words in text, words


def test_whom_a_track_is_for_is_said_in_words_also_for_the_last_one(client):
    text = page(client, "/sleman/")
    assert "Bila lokasi di Kecamatan Depok dan status tanah menurut bukti hak: pekarangan" in text
    assert "luas tanah paling banyak 200 m² dan fungsi bangunan: selain usaha saja<" in text
    text = page(client, "/probolinggo/")
    served = [track for track in registry.current("probolinggo").track.values() if not track.refuse]
    titles = [text.index(f"<summary>{track.title}") for track in served]
    assert titles == sorted(titles) and text.count('<p class="small">Bila ') == len(served)
    assert text.index("Bila permohonan tidak masuk jalur sebelumnya") > titles[-1]


@pytest.mark.kewajiban("SLE-17")
def test_a_blank_is_reached_from_its_requirement_and_is_printed_with_its_lines(client):
    link = "/sleman/blanko/surat_kuasa_ippt/"
    assert f'href="{link}"' in page(client, "/sleman/")
    text = page(client, link)
    assert "Surat Kuasa Pengurusan IPPT Non Usaha" in text and "di atas meterai" in text
    assert text.count("<dt>NIK</dt>") == 2 and "contoh, belum dikonfirmasi" in text
    for wrong in ("/sleman/blanko/tidak_ada/", "/pamekasan/blanko/surat_kuasa_ippt/"):
        assert client.get(wrong).status_code == 404


def test_samples_are_marked_and_contradictions_recorded(client):
    text = page(client, "/pamekasan/")
    assert "contoh, belum dikonfirmasi" in text
    assert "DPMTSPSP" in text


def test_requirement_says_its_condition_in_words(client):
    assert "jumlah lantai paling sedikit 2" in page(client, "/pamekasan/")


def test_what_is_wanted_in_sets_on_paper_is_uploaded_once(client):
    line = "{} rangkap bila di atas kertas; di sini cukup diunggah sekali."
    for slug in ("sleman", "probolinggo"):
        sets = {rule.sets for rule in registry.current(slug).requirement} - {1}
        text = page(client, f"/{slug}/")
        assert sets and all(line.format(number) in text for number in sets)
    assert " rangkap bila" not in page(client, "/malang/")


def test_daerah_of_the_demo_is_hidden_outside_it(client, settings):
    settings.DEMO = False
    assert client.get("/contoh/").status_code == 404
    assert "/contoh/" not in page(client, "/")


def test_every_track_of_every_daerah_has_steps():
    for rules in registry.listed():
        for code, _, _ in publik.tracks(rules):
            assert publik.procedure(rules, code), (rules.slug, code)


def test_unknown_address_is_404_in_indonesian(client):
    response = client.get("/tidak-ada/")
    assert response.status_code == 404
    assert "Halaman tidak ditemukan" in response.content.decode()


def test_robots_and_icon_answer(client):
    assert "Disallow: /permohonan/" in page(client, "/robots.txt")
    assert client.get("/favicon.ico").status_code == 302


def test_health_is_good_while_the_database_answers(client):
    assert client.get("/sehat/").json()["sehat"] is True


def test_health_is_503_when_the_database_is_away(client, monkeypatch):
    def away(*args):
        raise OperationalError("away")

    monkeypatch.setattr(views.connection, "cursor", away)
    assert client.get("/sehat/").status_code == 503


def test_page_says_calmly_that_the_database_is_away(client, monkeypatch):
    def away():
        raise OperationalError("away")

    monkeypatch.setattr(views.registry, "listed", away)
    response = client.get("/")
    assert response.status_code == 503 and response["Retry-After"]
    assert "Coba lagi satu menit lagi" in response.content.decode()


def test_form_without_token_is_refused_in_words():
    from django.test import Client

    response = Client(enforce_csrf_checks=True).post("/akun/masuk/", {})
    assert response.status_code == 403
    assert "kedaluwarsa" in response.content.decode()


@pytest.mark.parametrize("path", ["/", "/pamekasan/", "/tidak-ada/", "/akun/masuk/"])
def test_pages_carry_no_inline_script_or_style(client, path):
    response = client.get(path)
    text = response.content.decode()
    assert "<style" not in text and " style=" not in text and "onclick" not in text
    assert "'unsafe-inline'" not in response["Content-Security-Policy"]
    assert all("src=" in tag for tag in text.split("<script")[1:])


def cells(text):
    """Return the figures that stand in the tables of a page, by what they are of."""
    rows = re.findall(r'<th scope="row">([^<]*)<.*?<td class="num">(.*?)</td>', text, re.S)
    return {" ".join(what.split()): amount for what, amount in rows}


@pytest.mark.parametrize(("slug", "formula", "figures"), [
    ("bombana", "volume (V) × indeks prasarana (I)", {
        "Galian pondasi atau galian saluran": "1,10", "Pasangan pondasi bangunan": "1,20",
        "Dinding dan kolom bangunan": "1,30", "Kap bangunan": "1,40", "Atap": "1,50",
        "Bangunan telah digunakan": "1,75"}),
    ("malang", "indeks terintegrasi (It)", {
        "Harga satuan bangunan gedung (FB)": "Rp4.000 per m²",
        "Formulir permohonan dan biaya pendaftaran IMB": "Rp5.000"}),
])  # fmt: skip
def test_the_tariff_stands_on_the_page_by_formula_and_figure(client, slug, formula, figures):
    text = html.unescape(page(client, f"/{slug}/"))
    assert formula in text and figures.items() <= cells(text).items()
    tariff = registry.current(slug).tariff[-1]
    for rows in (tariff.prasarana, tariff.biaya, *tariff.index.values()):
        assert all(figure.cite in text for figure in rows.values())
    assert all(item.label in text for item in tariff.belum_ditetapkan.values())
    assert not tariff.belum_ditetapkan or "belum ditetapkan</td>" in text
