"""What the office recorded, calculated by the engine, and what is refused."""

import pytest
from django.utils import timezone
from recorded import DATA, PART, TOTAL

from applications.models import Record
from applications.refusals import Unmet
from retribusi import services

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def test_the_engine_assesses_what_was_recorded(case, sari):
    assert services.ready(case) == ["Retribusi belum dihitung."]
    assessment = services.assess(case, by=sari)
    assert assessment.total == TOTAL == services.due(case)
    assert assessment.sample and services.ready(case) == []


def test_the_record_is_shown_in_the_words_of_its_form_and_with_a_decimal_comma(case):
    data = DATA | {"bangunan": [PART | {"luas": "1234.50"}]}
    rows = dict(services.building_rows(case, data))
    assert rows["Kegiatan"] == "Pembangunan baru" and rows["Prasarana: Pagar"] == "30 m"
    assert rows["Rumah"].startswith("Luas 1.234,5 m²; Fungsi bangunan: Hunian; ")
    form = services.building_form(case, initial=data)
    assert 'value="1.234,5"' in str(form.parts[0]["luas"])
    assert 'value="30"' in str(form.whole["p_pagar"])


def test_a_record_that_changed_must_be_assessed_anew(case, sari):
    services.assess(case, by=sari)
    Record.objects.filter(application=case).update(data=DATA | {"prasarana": []})
    assert "Hitung ulang" in services.ready(case)[0]
    services.assess(case, by=sari)
    assert services.ready(case) == [] and services.due(case) == 499_770


@pytest.mark.parametrize(
    "data",
    [
        DATA | {"bangunan": [PART | {"fungsi": "kandang"}]},
        DATA | {"warna": 1},
        DATA | {"tarif": {"ilo": "0.1"}},
    ],
)
def test_what_cannot_be_calculated_or_is_a_simulation_is_no_assessment(case, sari, data):
    Record.objects.filter(application=case).update(data=data)
    with pytest.raises(Unmet):
        services.assess(case, by=sari)
    assert not case.assessments.exists()


def test_without_a_record_nothing_is_assessed(case, sari):
    case.records.all().delete()
    with pytest.raises(Unmet):
        services.assess(case, by=sari)


def test_outside_the_demo_no_bill_rests_on_a_sample(case, sari, settings):
    services.assess(case, by=sari)
    settings.DEMO = False
    assert "Tarif contoh" in services.ready(case)[0]
    with pytest.raises(Unmet):
        services.draft_bill(case, timezone.now())
