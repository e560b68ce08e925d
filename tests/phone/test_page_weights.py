"""What a page costs a family on a cheap phone: bytes and requests at its first visit."""

import json
from pathlib import Path
from urllib.parse import urlencode, urljoin

import pytest
import requests
from lxml import html

from imbportal.daerah import registry
from imbportal.demo.people import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
KILOBYTE = 1000
PUBLIC, TRACKING, OWN = 30, 15, 45
"""Most kilobytes of the public pages, of the tracking page, and of an applicant's own."""
REQUESTS = 4
PART = {
    "luas": "1234,5", "fungsi": "sosial_budaya_negara", "kompleksitas": "tidak_sederhana",
    "permanensi": "semi_permanen", "risiko_kebakaran": "sedang", "zona_gempa": "4",
    "kepadatan": "renggang", "ketinggian": "sedang", "kepemilikan": "badan_usaha",
    "waktu_penggunaan": "sementara_menengah", "di_bawah_tanah_atau_air": "on",
}  # fmt: skip
TEN = urlencode(
    {"kegiatan": "baru", "b-TOTAL_FORMS": "10", "tadi": "x" * 600}
    | {f"b-{number}-{name}": value for number in range(10) for name, value in PART.items()}
    | {f"p_{code}": "123,5" for code in registry.current("malang").tariff[-1].prasarana}
)
"""Ten buildings and every structure of a long table, in one address."""
ASSETS = "//link[@rel='stylesheet' or @rel='icon']/@href | //script/@src | //img/@src"


class Phone:
    """Fetches a page and all that it names, as a browser with an empty cache."""

    def __init__(self, base):
        self.base, self.session = base, requests.Session()
        self.session.trust_env = False
        self.session.headers["Accept-Encoding"] = "gzip, deflate, br"

    def open(self, path, data=None):
        """Return (kilobytes, requests) of a page with its assets, as they went over the line."""
        page = self.session.request(
            "POST" if data else "GET", urljoin(self.base, path), data=data, stream=True, timeout=60,
            headers={"Referer": self.base + "/"},
        )  # fmt: skip
        size, content = self._read(page)
        assert page.status_code == 200, f"{path}: {page.status_code}"
        found = html.fromstring(content).xpath(ASSETS)
        for asset in dict.fromkeys(found):
            answer = self.session.get(urljoin(page.url, asset), stream=True, timeout=60)
            assert answer.status_code == 200, asset
            size += self._read(answer)[0]
        return round(size / KILOBYTE, 1), 1 + len(set(found))

    def form(self, path):
        """Return the hidden fields of the page's form in the main part."""
        page = html.fromstring(self.session.get(urljoin(self.base, path), timeout=60).content)
        return dict(page.xpath("//main//form")[0].form_values())

    @staticmethod
    def _read(answer):
        raw = answer.raw.read(decode_content=False)
        coded = answer.headers.get("Content-Encoding", "")
        assert coded or len(raw) < 1500, f"{answer.url} came without compression"
        return len(raw), _decoded(raw, coded)


def _decoded(raw, coded):
    import brotli

    if coded == "br":
        return brotli.decompress(raw)
    import gzip

    return gzip.decompress(raw) if coded == "gzip" else raw


@pytest.fixture(scope="module")
def weights(family):
    """Return (kilobytes, requests) by the name of the page."""
    stranger, budi = Phone(family.url), Phone(family.url)
    found = {
        name: stranger.open(path)
        for name, path in {
            "depan": "/", "standar": "/pamekasan/", "hitung": "/pamekasan/hitung/",
            "hitung_sepuluh": f"/malang/hitung/?{TEN}", "periksa_skrd": "/periksa-skrd/",
            "lacak": "/lacak/", "periksa": "/verifikasi/", "masuk": "/akun/masuk/",
            "daftar": "/akun/daftar/", "aduan": "/pamekasan/pengaduan/",
        }.items()
    }  # fmt: skip
    case = family.cases["AWAITING_PAYMENT"]
    answer = stranger.form("/lacak/") | {"number": case.number, "secret": case.secret}
    found["hasil_lacak"] = stranger.open("/lacak/", answer)
    login = budi.form("/akun/masuk/") | {"login": "budi@demo.test", "password": PASSWORD}
    budi.session.post(family.url + "/akun/masuk/", data=login, headers={"Referer": family.url})
    for state, page in (
        ("DRAFT", ""), ("DRAFT", "isian/lokasi/"), ("DRAFT", "berkas/"), ("DRAFT", "kirim/"),
        ("INCOMPLETE", ""), ("INCOMPLETE", "perbaikan/"), ("AWAITING_PAYMENT", ""),
        ("AWAITING_PAYMENT", "bayar/"), ("COLLECTED", ""), ("COLLECTED", "berkas/"),
    ):  # fmt: skip
        path = f"/permohonan/{family.cases[state].pk}/{page}"
        found[f"{state} {page}".strip()] = budi.open(path)
    found["permohonan"] = budi.open("/permohonan/")
    _write(found)
    return found


def _write(found):
    figures = {name: {"kB": size, "requests": count} for name, (size, count) in found.items()}
    line = json.dumps({"page_weights": figures}, ensure_ascii=False)
    print(line)  # noqa: T201
    (ROOT / "reports").mkdir(exist_ok=True)
    (ROOT / "reports" / "page-weights.json").write_text(line + "\n")


def test_the_first_page_is_light_and_asks_for_little_more(weights):
    assert weights["depan"] <= (PUBLIC, REQUESTS)
    assert weights["depan"][1] <= REQUESTS


def test_public_pages_are_as_light_as_the_first(weights):
    for name in (
        "standar", "hitung", "hitung_sepuluh", "periksa", "periksa_skrd", "masuk", "daftar", "aduan"
    ):  # fmt: skip
        assert weights[name][0] <= PUBLIC, name


def test_tracking_is_lightest(weights):
    assert weights["lacak"][0] <= TRACKING and weights["hasil_lacak"][0] <= TRACKING


def test_an_applicants_pages_stay_below_their_limit(weights):
    own = {name: size for name, (size, _) in weights.items() if name.split()[0].isupper()}
    assert len(own) == 10
    assert max(own.values()) <= OWN, own
