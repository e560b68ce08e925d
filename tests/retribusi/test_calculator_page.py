"""The public calculator, at its address and without JavaScript."""

from decimal import Decimal

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.fixture
def get(client, settings):
    settings.DEMO = True
    return lambda slug="contoh", **query: client.get(reverse("calculator", args=[slug]), query)


HOUSE = {
    "tanggal": "2026-07-01",
    "kegiatan": "baru",
    "b-TOTAL_FORMS": "1",
    "b-0-luas": "90",
    "b-0-fungsi": "hunian",
    "b-0-kompleksitas": "sederhana",
    "b-0-permanensi": "permanen",
    "b-0-lantai": "1",
    "b-0-kepemilikan": "perorangan",
}


def test_it_opens_with_a_house_already_calculated(get):
    page = get()
    assert page.status_code == 200
    assert page.context["calculator"].result.total > 0


def test_a_described_house_shows_every_line_and_the_total(get):
    text = get(**HOUSE).content.decode()
    assert "Rp499.770" in text
    assert "90 m² × (0,5 % × Rp6.170.000) × 0,18 × 1,00" in text
    assert "contoh, belum dikonfirmasi" in text


def test_changing_an_input_changes_the_total(get):
    text = get(**HOUSE | {"b-0-luas": "180"}).content.decode()
    assert "Rp1.132.812" in text  # above 100 m² another index of function holds


def test_structures_are_added(get):
    text = get(**HOUSE | {"p_pagar": "30", "p_perkerasan": "50"}).content.decode()
    assert "Rp1.370.770" in text


def test_structures_may_have_work_of_their_own(get):
    renewed = HOUSE | {"kegiatan": "rehabilitasi_sedang", "p_pagar": "30"}
    same, own = get(**renewed), get(**renewed | {"kegiatan_prasarana": "baru"})
    totals = [page.context["calculator"].result.total for page in (same, own)]
    assert totals[1] - totals[0] == round(30 * 25_200 * (1 - 0.225))


def test_a_figure_that_is_tried_makes_a_simulation(get):
    page = get(**HOUSE | {"t_ilo": "0.4"})
    assert page.context["calculator"].result.simulation
    assert "Simulasi" in page.content.decode()


def test_a_building_can_be_added_and_taken_away(get):
    two = get(**HOUSE | {"tambah": "1"}).context["calculator"]
    assert two.parts.total_form_count() == 2
    assert two.result.total == 2 * 499_770
    none = get(**HOUSE | {"kurangi": "1"}).context["calculator"]
    assert none.parts.total_form_count() == 0 and "isi bangunan" in none.refusal


def test_an_area_is_taken_with_a_comma_and_shown_so_again(get):
    page = get(**HOUSE | {"b-0-luas": "90,5"})
    assert page.context["calculator"].parts[0].cleaned_data["luas"] == Decimal("90.5")
    assert 'value="90,5"' in page.content.decode()


@pytest.mark.parametrize("luas", ["", "abc", "-5", "0"])
def test_a_wrong_area_is_named_and_nothing_breaks(get, luas):
    page = get(**HOUSE | {"b-0-luas": luas})
    assert page.status_code == 200
    assert "Belum dapat dihitung" in page.content.decode()


@pytest.mark.parametrize(
    "query", [{"b-TOTAL_FORMS": "99999"}, {"b-TOTAL_FORMS": "x"}, {"tanggal": "kemarin"}]
)
def test_a_forged_query_breaks_nothing(get, query):
    assert get(**HOUSE | query).status_code == 200


def test_a_day_before_every_tariff_is_said_so(get):
    assert "Tidak ada tarif" in get(tanggal="1945-08-17").content.decode()


def test_a_daerah_that_is_not_public_has_no_calculator(get, settings):
    assert get("tidak-ada").status_code == 404
    settings.DEMO = False
    assert get("contoh").status_code == 404
