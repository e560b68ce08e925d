import pytest

from imbportal.uploads.names import display_name


@pytest.mark.parametrize(
    "raw, shown",
    [
        ("denah.pdf", "denah.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\budi\\KTP.PDF", "KTP.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("nama\u202efdp.exe", "namafdp.exe.pdf"),
        ("\x00", "berkas.pdf"),
        ("", "berkas.pdf"),
        ("..", "berkas.pdf"),
        ("  surat   kuasa .pdf ", "surat kuasa.pdf"),
        ("gambar\U0001f3e0.pdf", "gambar\U0001f3e0.pdf"),
    ],
)
def test_names_are_shown_without_path_and_tricks(raw, shown):
    assert display_name(raw, ".pdf") == shown


def test_a_long_name_is_cut_before_its_ending():
    name = display_name("x" * 400 + ".pdf", ".pdf")
    assert len(name) == 120
    assert name.endswith("x.pdf")
