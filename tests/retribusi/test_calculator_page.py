"""The public calculator, at its address and without JavaScript."""

from decimal import Decimal

import pytest
from django.urls import reverse
from lxml import html

from retribusi import building

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


def test_what_a_change_does_is_marked_line_by_line_with_the_old_value(get):
    first = get(**HOUSE)
    assert "baris berubah" not in text_of(first) and "tadi" not in text_of(first)
    carried = first.context["calculator"].carried
    page = get(**HOUSE | {"b-0-kompleksitas": "tidak_sederhana", "tadi": carried})
    text = text_of(page)
    for words in (
        "4 baris berubah dari hitungan sebelumnya; jumlahnya naik Rp", "dari Rp499.770.",
        "Kompleksitas: Tidak sederhana berubah tadi Kompleksitas: Sederhana",
        "0,30 × 2,00 tadi 0,30 × 1,00", "0,60 tadi 0,30", "tadi Rp499.770,00",
    ):  # fmt: skip
        assert words in text, words
    assert page.context["calculator"].carried != carried


def test_what_is_left_out_stands_struck_out_and_a_new_building_is_new(get):
    carried = get(**HOUSE | {"p_pagar": "30"}).context["calculator"].carried
    page = get(**HOUSE | {"tadi": carried, "tambah": "1"})
    text = text_of(page)
    assert "Prasarana: Pagar tidak ada lagi" in text and "<del>Rp756.000,00</del>" in body(page)
    assert "Retribusi bangunan gedung: Bangunan 2 baru" in text
    assert 'name="tadi" value="' in body(page)


def test_a_calculation_that_fails_keeps_the_one_before_it(get):
    carried = get(**HOUSE).context["calculator"].carried
    failed = get(**HOUSE | {"b-0-luas": "abc", "tadi": carried})
    assert failed.context["calculator"].carried == carried
    again = get(**HOUSE | {"tadi": "'\"><script>" + "x" * 9000})
    assert again.status_code == 200 and not again.context["calculator"].changes.changed
    assert "<script>" not in body(again)


def test_of_many_buildings_the_last_stands_open_and_the_others_say_what_they_are(get):
    many = {"b-TOTAL_FORMS": "10"}
    for number in range(10):
        part = {key[3:]: value for key, value in HOUSE.items() if key.startswith("b-0")}
        many |= {f"b-{number}{key}": value for key, value in part.items()}
    page = get(**HOUSE | many)
    assert page.context["calculator"].result.total == 10 * 499_770
    assert body(page).count('<details class="panel part" open>') == 1
    assert text_of(page).count("90 m², Hunian") == 10
    carried = page.context["calculator"].carried
    page = get(**HOUSE | many | {"b-6-luas": "95", "tadi": carried})
    shown, folded = text_of(page).split("Semua 50 baris")
    assert "Retribusi bangunan gedung: Bangunan 7 berubah" in shown
    assert "Bangunan 6 " not in shown.split("Hasil")[1] and "Bangunan 6 " in folded


def body(page):
    return page.content.decode()


def text_of(page):
    """Return the words of the main part with single blanks."""
    main = html.fromstring(body(page)).xpath("//main")[0]
    return " ".join(main.text_content().split())


def test_structures_are_added(get):
    text = get(**HOUSE | {"p_pagar": "30", "p_perkerasan": "50"}).content.decode()
    assert "Rp1.370.770" in text


def test_structures_may_have_work_of_their_own(get):
    renewed = HOUSE | {"kegiatan": "rehabilitasi_sedang", "p_pagar": "30"}
    same, own = get(**renewed), get(**renewed | {"kegiatan_prasarana": "baru"})
    totals = [page.context["calculator"].result.total for page in (same, own)]
    assert totals[1] - totals[0] == round(30 * 25_200 * (1 - 0.225))
    names = [field.name for field in same.context["calculator"].form.structures]
    assert not [name for name in names if name.startswith("k_")], "one structure needs no more"


def test_each_structure_may_have_another_work(get):
    both = HOUSE | {"kegiatan": "rehabilitasi_sedang", "p_pagar": "30", "p_perkerasan": "50"}
    same, own = get(**both), get(**both | {"k_pagar": "baru"})
    totals = [page.context["calculator"].result.total for page in (same, own)]
    assert totals[1] - totals[0] == round(30 * 25_200 * (1 - 0.225))
    names = [field.name for field in same.context["calculator"].form.structures]
    assert {"k_pagar", "k_perkerasan"} <= {*names} and "k_kolam" not in names
    assert "Kegiatan Pagar" in text_of(own)
    given = own.context["calculator"].form.as_input()
    assert given["prasarana"][0]["kegiatan"] == "baru" and "kegiatan" not in given["prasarana"][1]
    initial = building._whole_initial(given)
    assert (initial["k_pagar"], initial["k_perkerasan"]) == ("baru", "")
    assert "kegiatan_prasarana" not in initial


def test_a_figure_that_is_tried_makes_a_simulation(get):
    page = get(**HOUSE | {"t_ilo": "0.4"})
    assert page.context["calculator"].result.simulation
    assert "Simulasi" in page.content.decode()


def test_prices_are_tried_of_what_is_filled_in_and_of_what_has_none(get):
    nothing = {"b-TOTAL_FORMS": "0", "kegiatan": "baru", "tanggal": "2026-07-01"}
    page = get("malang", **nothing, p_2211="2", t_p_2211="700", b_formulir="on", t_b_formulir="1")
    assert page.context["calculator"].result.total == 2 * 700 + 1
    shown = [field.name for field in page.context["calculator"].form.tried]
    assert {"t_hsbg", "t_p_2211", "t_b_formulir", "t_v_2223", "t_p_2223"} <= {*shown}
    assert "t_p_2212" not in shown and "t_b_administrasi" not in shown
    page = get("malang", **nothing, t_v_2223="3", t_p_2223="9000")
    assert page.context["calculator"].result.total == 27_000
    assert (
        "belum ditetapkan kepala daerah"
        in get("malang", **nothing, t_v_2223="3").context["calculator"].refusal
    )


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
