"""Why a move was refused, in the order in which refusals are looked for."""


class Refusal(Exception):
    """Base of all; ``status`` is the HTTP answer, the text says in Indonesian what to do."""

    status = 400

    def __init__(self, text, missing=()):
        super().__init__(" ".join([text, *missing]))
        self.text = text
        self.missing = list(missing)


class NotVisible(Refusal):
    """The user may not know that the case exists."""

    status = 404

    def __init__(self, text="Permohonan tidak ditemukan."):
        super().__init__(text)


class Barred(Refusal):
    """The user could never make this move in this case."""

    status = 403


class Conflict(Refusal):
    """Another state, another's turn, or somebody changed the case meanwhile."""

    status = 409


class Unmet(Refusal):
    """Conditions are missing; ``missing`` lists them."""

    status = 422

    def __init__(self, missing):
        super().__init__("Masih ada yang harus dilengkapi.", missing)


class Missing(str):
    """One thing that a move still lacks, in words, and where the applicant mends it.

    ``place`` is isian, bangunan, berkas, pernyataan, perbaikan or identitas; ``code`` names the
    section or requirement there. Officers' conditions have neither.
    """

    place: str
    code: str

    def __new__(cls, text: str, place: str = "", code: str = "") -> "Missing":
        self = super().__new__(cls, text)
        self.place, self.code = place, code
        return self
