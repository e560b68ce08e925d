"""One case of each formula: the command, the public calculator, the office's sheet and the annex of
the bill print the same lines."""

import io
import json

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from lxml import html
from sixth_daerah import SLUG

from accounts.models import Identity, Posting, User
from applications.models import Application, Record
from documents import rendering
from documents import services as papers
from documents.printout import printout
from imbportal import indonesia
from imbportal.daerah import registry
from retribusi import services

pytestmark = pytest.mark.django_db
CASES = {
    "permen24": ("malang", {
        "kegiatan": "rehabilitasi_sedang", "biaya": ["administrasi"],
        "prasarana": [{"kode": "2211", "volume": "24.5"}, {"kode": "2254", "volume": "3"}],
        "bangunan": [
            {"nama": "Bangunan 1", "luas": "120", "fungsi": "hunian", "kompleksitas": "sederhana",
             "permanensi": "permanen", "risiko_kebakaran": "sedang", "zona_gempa": "4",
             "kepadatan": "sedang", "ketinggian": "rendah", "kepemilikan": "perorangan",
             "waktu_penggunaan": "tetap", "di_bawah_tanah_atau_air": True},
            {"nama": "Bangunan 2", "luas": "1234.75", "fungsi": "usaha",
             "kompleksitas": "tidak_sederhana", "permanensi": "semi_permanen",
             "risiko_kebakaran": "tinggi", "zona_gempa": "4", "kepadatan": "padat",
             "ketinggian": "sedang", "kepemilikan": "badan_usaha",
             "waktu_penggunaan": "sementara_menengah"},
        ],
    }),
    "pp16": ("contoh", {
        "kegiatan": "baru", "prasarana": [{"kode": "pagar", "volume": "30"}], "biaya": [],
        "bangunan": [
            {"nama": "Bangunan 1", "luas": "333.33", "fungsi": "usaha",
             "kompleksitas": "tidak_sederhana", "permanensi": "permanen", "lantai": 3,
             "lapis_basemen": 1, "luas_basemen": "100.1", "kepemilikan": "badan_usaha"},
        ],
    }),
    "datar": (SLUG, {
        "kegiatan": "baru", "prasarana": [], "biaya": [],
        "bangunan": [{"nama": "Bangunan 1", "luas": "80.5", "fungsi": "hunian"}],
    }),
}  # fmt: skip


def assessed(slug, data):
    """Return a case whose fee is being set, with its calculation."""
    user = User.objects.create_user(f"pemohon@{slug.replace('_', '-')}.test", name="Budi Santosa")
    holder = Identity.objects.create(user=user, name="Budi Santosa", address="Jl. Stadion 12")
    rules = registry.current(slug)
    case = Application.objects.create(
        daerah=slug, version_used=registry.current_version(slug), applicant=user, holder=holder,
        track=next(code for code, track in rules.track.items() if track.fee and not track.refuse),
        number=f"REG-{slug}", state="FEE", secret="ABCDEFGHJK",
    )  # fmt: skip
    Record.objects.create(application=case, kind="pendataan", data=data, by=user)
    return case, services.assess(case, by=user)


def by_command(slug, given, tmp_path):
    (tmp_path / "masukan.json").write_text(json.dumps(given))
    said = io.StringIO()
    call_command("hitung_retribusi", slug, str(tmp_path / "masukan.json"), stdout=said)
    return [
        (step["label"], step["ekspresi"], step["tercetak"])
        for step in json.loads(said.getvalue())["rincian"]
    ]


def in_calculator(client, slug, given):
    query = {
        "tanggal": given["tanggal"], "kegiatan": given["kegiatan"],
        "b-TOTAL_FORMS": len(given["bangunan"]),
        **{f"p_{item['kode']}": item["volume"].replace(".", ",") for item in given["prasarana"]},
        **{f"b_{code}": "on" for code in given["biaya"]},
    }  # fmt: skip
    for number, part in enumerate(given["bangunan"]):
        for name, value in part.items():  # it names the buildings itself
            text = "on" if value is True else str(value).replace(".", ",")
            query[f"b-{number}-{name}"] = text
    page = client.get(f"/{slug}/hitung/", query).content.decode()
    return printed(page, "//section[@aria-labelledby='hasil']//tbody/tr", [0, 1, 2])


def on_the_desk(client, case):
    auditor = User.objects.create_user(f"auditor@{case.pk}.test", name="Sari")
    Posting.objects.create(
        user=auditor, daerah=case.daerah, role="auditor", valid_from=indonesia.today()
    )
    client.force_login(auditor)
    page = client.get(f"/admin/permohonan/{case.pk}/").content.decode()
    client.logout()
    path = "//section[@id='retribusi']//div[@aria-label='Lampiran perhitungan']//tbody/tr"
    return printed(page, path, [1, 2, 3])


def in_the_annex(case):
    with transaction.atomic():
        paper = papers.draft(
            kind="skrd", rules=case.rules, version=case.version_used, case=case.pk,
            content=services.draft_bill(case, timezone.now()),
        )  # fmt: skip
    page = rendering.html(printout(paper, []))
    return printed(page, "//div[h3='Lampiran perhitungan']//tbody/tr", [1, 2, 3])


def printed(page, rows, columns):
    """Return the cells of these columns without sources and marks, amounts without their Rp."""
    found = []
    for row in html.fromstring(page).xpath(rows):
        for small in row.xpath(".//span"):
            small.drop_tree()
        cells = [" ".join(cell.text_content().split()) for cell in row.xpath("td")]
        label, words, value = (cells[column] for column in columns)
        found.append((label, words, value.removeprefix("Rp")))
    return found


def plain(lines):
    """Return lines with every blank as an ordinary one."""
    return [tuple(" ".join(text.split()) for text in line) for line in lines]


def test_command_calculator_sheet_and_bill_print_the_same_lines(sixth_folder, client, tmp_path):
    for formula, (slug, data) in CASES.items():
        case, assessment = assessed(slug, data)
        assert registry.current(slug).tariff[-1].formula == formula
        said = plain(by_command(slug, assessment.input, tmp_path))
        assert len(said) >= len(data["bangunan"]) + len(data["prasarana"]), formula
        assert in_calculator(client, slug, assessment.input) == said, formula
        assert on_the_desk(client, case) == said, formula
        assert in_the_annex(case) == said, formula
