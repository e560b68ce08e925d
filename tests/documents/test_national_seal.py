import logging

import pytest

from documents.seal import foreign, nasional, ways
from documents.seal.faults import (
    Expired,
    Foreign,
    NotReady,
    UnknownSigner,
    Unreachable,
    WrongSecret,
)
from documents.seal.secret import Secret
from tests.documents.esign_server import CODE, NIK, PASSPHRASE, PASSWORD, USER, Service
from tests.documents.seal_cast import office, order, printed

pytestmark = pytest.mark.satu_basis_data
MADE = ways.Signatory(name="Made Wijaya", nik=NIK)
WRONG = "Salah-Ketik-41"


@pytest.fixture(scope="module")
def running():
    from pyhanko.sign.signers import SimpleSigner

    service = Service(SimpleSigner.load_pkcs12_data(office()[2].p12("x"), (), b"x"))
    service.other = printed(number="640/2/2026")
    yield service
    service.close()


@pytest.fixture
def service(running, settings):
    running.fault, running.seen, running.codes = "", [], 0
    settings.SEAL, settings.SEAL_URL, settings.SEAL_TIMEOUT = "nasional", running.url, 15
    settings.SEAL_USER, settings.SEAL_PASSWORD = USER, PASSWORD
    return running


@pytest.fixture(params=[1, 2])
def way(request, service, settings):
    settings.SEAL_VERSION = request.param
    return ways.current()


def test_both_versions_bring_the_paper_back_sealed(way, service):
    sealed = way.seal(order(), MADE, Secret(PASSPHRASE))
    assert sealed.startswith(printed()) and b"ETSI.CAdES.detached" in sealed
    (asked,) = service.seen
    look = asked if way.old else asked["signatureProperties"][0]
    assert look["tampilan"].lower() == "visible" and str(look["page"]) == "1"
    assert asked["nik"] == NIK and asked["passphrase"] == PASSPHRASE


def test_a_code_takes_the_place_of_the_passphrase(service, settings):
    settings.SEAL_VERSION = 2
    way = ways.current()
    way.send_code(MADE)
    assert service.codes == 1
    assert way.seal(order(), MADE, Secret(CODE, is_code=True)).startswith(printed())
    assert service.seen[-1]["totp"] == CODE and "passphrase" not in service.seen[-1]


@pytest.mark.parametrize(
    ("fault", "told"),
    [("500", Unreachable), ("kedaluwarsa", Expired), ("sampah", Foreign), ("surat lain", Foreign),
     ("sampah di belakang", Foreign), ("isi diganti", Foreign), ("bita diubah", Foreign)],
)  # fmt: skip
def test_each_fault_of_the_service_is_told(way, service, fault, told):
    service.fault = fault
    with pytest.raises(told):
        way.seal(order(), MADE, Secret(PASSPHRASE))


def test_a_service_that_changed_the_page_is_seen_by_the_comparison_alone(service, monkeypatch):
    """The control: without the look at each object its signature would pass."""
    service.fault = "isi diganti"
    monkeypatch.setattr(foreign, "_adds_only_that", lambda *papers: True)
    assert ways.current().seal(order(), MADE, Secret(PASSPHRASE)).startswith(printed())


def test_wrong_words_unknown_persons_and_refused_portals(way, service, settings, caplog):
    caplog.set_level(logging.DEBUG)
    with pytest.raises(WrongSecret) as told:
        way.seal(order(), MADE, Secret(WRONG))
    with pytest.raises(UnknownSigner):
        way.seal(order(), ways.Signatory(name="X", nik="3528010000000009"), Secret(PASSPHRASE))
    settings.SEAL_PASSWORD = "lama"
    with pytest.raises(NotReady):
        way.seal(order(), MADE, Secret(PASSPHRASE))
    settings.SEAL_URL = "http://127.0.0.1:9"
    with pytest.raises(Unreachable):
        way.seal(order(), MADE, Secret(PASSPHRASE))
    for secret in (WRONG, PASSPHRASE, PASSWORD):
        assert secret not in caplog.text + str(told.value)


def test_a_service_that_is_too_slow_is_left(service, settings):
    settings.SEAL_VERSION, settings.SEAL_TIMEOUT = 2, 0.4
    service.fault = "lambat"
    with pytest.raises(Unreachable):
        ways.current().seal(order(), MADE, Secret(PASSPHRASE))


def test_the_office_seals_by_its_own_number(way, settings):
    with pytest.raises(NotReady):
        way.seal_for_office(order())
    settings.SEAL_OFFICE_NIK, settings.SEAL_OFFICE_PASSPHRASE = NIK, PASSPHRASE
    assert way.seal_for_office(order()).startswith(printed())


def test_an_answer_without_end_is_cut_off(service, monkeypatch, settings):
    settings.SEAL_VERSION = 1
    monkeypatch.setattr(nasional, "LARGEST", 1000)
    with pytest.raises(Unreachable):
        ways.current().seal(order(), MADE, Secret(PASSPHRASE))
