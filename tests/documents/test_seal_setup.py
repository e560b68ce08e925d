"""What an installation sets for its seals, and how a certificate is put in."""

import getpass

import pytest
from django.core.management import CommandError, call_command

from documents.seal import lokal
from imbportal.checks import production_faults
from tests.documents.seal_cast import WORDS, office


def test_a_certificate_is_put_in_once_its_passphrase_fits(
    made, settings, tmp_path, monkeypatch, capsys
):
    settings.SEAL_FOLDER = tmp_path / "segel"
    file = tmp_path / "made.p12"
    file.write_bytes(office()[2].p12(WORDS))
    monkeypatch.setattr(getpass, "getpass", lambda *args: "salah")
    with pytest.raises(CommandError, match="tidak cocok"):
        call_command("pasang_sertifikat", made.email, str(file))
    assert not lokal.path(str(made.pk)).exists()
    monkeypatch.setattr(getpass, "getpass", lambda *args: WORDS)
    call_command("pasang_sertifikat", made.email, str(file))
    put = lokal.path(str(made.pk))
    assert put.read_bytes() == file.read_bytes() and put.stat().st_mode & 0o777 == 0o600
    assert WORDS not in "".join(capsys.readouterr())
    with pytest.raises(CommandError, match="Tidak ada akun"):
        call_command("pasang_sertifikat", "lain@contoh.test", str(file))


@pytest.mark.parametrize(
    ("given", "fault"),
    [({"SEAL": "lain"}, "seal"), ({"SEAL": "nasional", "SEAL_URL": "http://x"}, "seal_url"),
     ({"SEAL": "lokal"}, None)],
)  # fmt: skip
def test_production_refuses_a_seal_that_cannot_be(settings, given, fault):
    for name, value in given.items():
        setattr(settings, name, value)
    found = {code for code, _ in production_faults()} & {"seal", "seal_url"}
    assert found == ({fault} if fault else set())
