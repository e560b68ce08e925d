"""The nine elements of the survey of satisfaction, as their questions are asked."""

from typing import NamedTuple

NONE_PAID = "Tidak membayar apa pun? Pilih “Sangat wajar”."
NO_COMPLAINT = "Tidak pernah mengeluh? Nilailah seberapa mudah menyampaikan keluhan."


class Question(NamedTuple):
    """One element: its code, the name under which it is published, what is asked, four answers."""

    code: str
    name: str
    text: str
    answers: tuple[str, str, str, str]
    """From the worst, which counts 1, to the best, which counts 4."""
    hint: str = ""

    @property
    def field(self) -> str:
        """The column and the field of the form."""
        return self.code.lower()


def _question(code: str, name: str, text: str, word: str, hint: str = "") -> Question:
    answers = (f"Tidak {word}", f"Kurang {word}", word.capitalize(), f"Sangat {word}")
    return Question(code, name, text, answers, hint)


QUESTIONS = (
    _question("U1", "Persyaratan",
              "Seberapa sesuai syarat yang diminta dengan yang diumumkan?", "sesuai"),
    _question("U2", "Prosedur", "Seberapa mudah langkah-langkah mengurusnya?", "mudah"),
    _question("U3", "Waktu pelayanan", "Seberapa cepat permohonan Anda selesai?", "cepat"),
    _question("U4", "Biaya", "Seberapa wajar biaya yang Anda bayar?", "wajar", NONE_PAID),
    _question("U5", "Produk layanan",
              "Seberapa sesuai surat yang Anda terima dengan yang dijanjikan?", "sesuai"),
    _question("U6", "Kompetensi petugas",
              "Seberapa mampu petugas menjawab dan membantu Anda?", "mampu"),
    _question("U7", "Perilaku petugas", "Seberapa sopan dan ramah petugas kami?", "sopan"),
    _question("U8", "Penanganan pengaduan",
              "Seberapa baik keluhan dan saran ditangani?", "baik", NO_COMPLAINT),
    _question("U9", "Sarana dan prasarana",
              "Seberapa baik tempat layanan dan portal ini?", "baik"),
)  # fmt: skip
"""In the order of the regulation."""
