import datetime
import io
import pickle
import subprocess

import pikepdf
import pytest
import zxingcpp
from cryptography.hazmat.primitives.asymmetric import rsa
from PIL import Image

from documents.seal import chain, place, ways
from documents.seal.faults import Expired, NotReady, UnknownSigner, Unreachable, WrongSecret
from documents.seal.secret import Secret
from tests.documents.esign_server import TIMESTAMP, Service
from tests.documents.seal_cast import (
    CHECK,
    MISSING,
    OFFICE,
    SIGNER,
    WORDS,
    Reader,
    now,
    office,
    order,
    printed,
)

pytestmark = pytest.mark.satu_basis_data
MADE = ways.Signatory(name=SIGNER, title="Kepala Dinas", key="7")


@pytest.fixture
def lokal(settings, tmp_path):
    settings.SEAL, settings.SEAL_FOLDER, settings.SEAL_TSA = "lokal", tmp_path / "segel", ""
    chain.write(settings.SEAL_FOLDER, "7.p12", office()[2].p12(WORDS))
    return ways.current()


@pytest.fixture
def reader(tmp_path):
    if MISSING:
        pytest.skip(f"not here: {MISSING}")
    (tmp_path / "nss").mkdir()
    return Reader(tmp_path / "nss", office()[0])


def test_without_a_way_nothing_is_sealed(settings):
    settings.SEAL = ""
    assert ways.current() is None
    settings.SEAL = "lain"
    with pytest.raises(NotReady):
        ways.current()


def test_another_program_trusts_the_seal_and_sees_each_change(lokal, reader):
    sealed = lokal.seal(order(), MADE, Secret(WORDS))
    assert sealed.startswith(printed()), "the printed paper stays in it, byte for byte"
    said = reader.says(sealed)
    assert "Signature is Valid" in said and "Certificate is Trusted" in said, said
    assert "Total document signed" in said and "ETSI.CAdES.detached" in said
    assert f"Common Name: {SIGNER}" in said
    with pikepdf.open(io.BytesIO(sealed)) as document:
        assert list(document.attachments) == ["izin.json"] and len(document.Root.AF) == 1

    changed = bytearray(sealed)
    changed[2000] ^= 1
    assert "Signature is Valid" not in reader.says(bytes(changed))
    assert "Total document signed" not in reader.says(sealed + _page_added(sealed))
    stranger = chain.make("Orang Lain", now())[0]
    (reader.folder / "lain").mkdir()
    said = Reader(reader.folder / "lain", stranger).says(sealed)
    assert "Signature is Valid" in said and "Certificate is Trusted" not in said


def _page_added(sealed):
    """Return what an update adds that puts a page behind the sealed paper."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.writer import PageObject

    writer = IncrementalPdfFileWriter(io.BytesIO(sealed))
    nothing = writer.add_object(pikepdf_stream())
    writer.insert_page(PageObject(contents=nothing, media_box=(0, 0, 595, 842)))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()[len(sealed) :]


def pikepdf_stream():
    from pyhanko.pdf_utils import generic

    return generic.StreamObject(stream_data=b"BT ET")


def test_the_visible_seal_stands_in_the_space_of_the_signature(lokal, tmp_path):
    for kind in ("izin", "skrd"):
        pdf = printed(kind)
        where = place.find(pdf)
        sealed = lokal.seal(order(pdf), MADE, Secret(WORDS))
        with pikepdf.open(io.BytesIO(sealed)) as document:
            (field,) = document.Root.AcroForm.Fields
            left, bottom, right, top = map(float, field.Rect)
            assert (left, bottom) == pytest.approx((where.x, where.y), abs=0.01)
            assert (right - left, top - bottom) == pytest.approx(where[3:], abs=0.01)
            assert _fonts_embedded(document)
        assert _codes_at(sealed, where, tmp_path) == [CHECK]
        assert _codes_at(pdf, where, tmp_path) == []


def _codes_at(pdf, where, folder):
    """Return what a scanner reads in the place of the seal on the printed page."""
    (folder / "a.pdf").write_bytes(pdf)
    pages = pikepdf.open(folder / "a.pdf").pages
    height, scale = float(pages[where.page].MediaBox[3]), 300 / 72
    box = (where.x - 5, height - where.y - where.height - 5, where.width + 9, where.height + 9)
    spot = [str(int(n * scale)) for n in box]
    crop = [word for pair in zip(("-x", "-y", "-W", "-H"), spot, strict=True) for word in pair]
    command = ["pdftoppm", "-r", "300", "-gray", "-png", "-singlefile", *crop, "a.pdf", "a"]
    subprocess.run(command, cwd=folder, check=True)
    return [one.text for one in zxingcpp.read_barcodes(Image.open(folder / "a.png"))]


def _fonts_embedded(document):
    files = ("/FontFile", "/FontFile2", "/FontFile3")
    fonts = [o for o in document.objects if isinstance(o, pikepdf.Dictionary) and "/FontName" in o]
    return fonts and all(any(name in font for name in files) for font in fonts)


def test_a_paper_that_nobody_signs_gets_a_seal_without_a_picture(lokal, settings):
    settings.SEAL_OFFICE_PASSPHRASE = WORDS
    chain.write(settings.SEAL_FOLDER, "kantor.p12", office()[2].p12(WORDS))
    with pikepdf.new() as blank:
        blank.add_blank_page()
        out = io.BytesIO()
        blank.save(out)
    sealed = lokal.seal_for_office(order(out.getvalue()))
    assert sealed.startswith(out.getvalue()) and b"/Sig" in sealed


def test_each_fault_of_a_certificate_is_told_and_never_what_was_typed(lokal, settings):
    wrong = "Salah-Ketik-77"
    with pytest.raises(WrongSecret) as told:
        lokal.seal(order(), MADE, Secret(wrong))
    assert wrong not in str(told.value) and told.value.__cause__ is None
    with pytest.raises(UnknownSigner):
        lokal.seal(order(), ways.Signatory(name=SIGNER, key="8"), Secret(WORDS))
    with pytest.raises(UnknownSigner):
        lokal.seal(order(), ways.Signatory(name=SIGNER, key="../7"), Secret(WORDS))
    with pytest.raises(Expired):
        later = now() + datetime.timedelta(days=4 * 365)
        lokal.seal(order(at=later), MADE, Secret(WORDS))
    with pytest.raises(NotReady):
        lokal.seal_for_office(order())


def test_a_timestamp_comes_along_where_a_service_is_set(lokal, settings, reader):
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

    key = rsa.generate_private_key(65537, 2048)  # the service of the library knows no other
    tsa = chain.end("Stempel Waktu", OFFICE, now(), office()[1], tsa=True, key=key)
    held = SimpleSigner.load_pkcs12_data(tsa.p12("x"), (), b"x")
    service = Service(None, DummyTimeStamper(held.signing_cert, held.signing_key))
    settings.SEAL_TSA = service.url + TIMESTAMP
    try:
        sealed = lokal.seal(order(), MADE, Secret(WORDS))
        (signature,) = PdfFileReader(io.BytesIO(sealed)).embedded_signatures
        assert _stamped(signature)
        assert "Signature is Valid" in reader.says(sealed)
        service.fault = "tsa"
        with pytest.raises(Unreachable):
            lokal.seal(order(), MADE, Secret(WORDS))
    finally:
        service.close()


def _stamped(signature):
    kinds = [a["type"].native for a in signature.signer_info["unsigned_attrs"]]
    return "signature_time_stamp_token" in kinds


def test_a_secret_shows_itself_to_nobody():
    secret = Secret(WORDS)
    assert WORDS not in f"{secret} {secret!r} {[secret]} {vars(ways)}"
    with pytest.raises(TypeError):
        pickle.dumps(secret)
