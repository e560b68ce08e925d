"""The words that a daerah's file may use for gates, moves, acts and duties."""

from decimal import Decimal
from typing import Literal, get_args

Gate = Literal[
    "KRK_REQUESTED",
    "SUBMITTED",
    "RECORDING",
    "ASSESSMENT",
    "FEE",
    "SKRD_SIGNING",
    "PAYMENT_REVIEW",
    "PERMIT_SIGNING",
    "REJECTION_SIGNING",
    "ISSUED",
    "READY",
]
GATES = get_args(Gate)
"""States in which the office acts, in the order in which a return voids what stands later."""

MAY_LACK = frozenset({"KRK_REQUESTED", "RECORDING", "SKRD_SIGNING", "ISSUED"})
"""Gates that a track may do without; FEE too, together with SKRD_SIGNING, where it has no fee."""

WITH_APPLICANT = frozenset(
    {"DRAFT", "KRK_INCOMPLETE", "KRK_ISSUED", "INCOMPLETE", "REVISION", "AWAITING_PAYMENT"}
)
"""States in which the applicant must act: the clocks stand still."""

Act = Literal[
    "periksa",
    "disposisi",
    "draf",
    "tinjau",
    "dengar",
    "nasihat",
    "surat",
    "paraf",
    "ttd",
    "nomor",
    "serah",
]
ACTS = get_args(Act)

Duty = Literal["verifikasi", "teknis", "bayar", "keputusan"]
Seal = Literal["ttd", "kantor"]
"""Whose electronic seal a paper bears: the signatory's or the office's."""

DUTIES = get_args(Duty)
"""What four different persons must hold in one case."""

MOVES = (
    "request_krk",
    "return_krk",
    "resend_krk",
    "issue_krk",
    "refuse_krk",
    "submit",
    "return_incomplete",
    "resubmit",
    "accept",
    "record_building",
    "request_revision",
    "revise",
    "approve_technical",
    "return_assessment",
    "propose_skrd",
    "return_skrd",
    "issue_skrd",
    "issue_nil_skrd",
    "void_skrd",
    "report_payment",
    "submit_payment",
    "refuse_payment",
    "confirm_payment",
    "return_permit",
    "issue_permit",
    "propose_rejection",
    "return_rejection",
    "reject",
    "update_building",
    "hand_over",
    "withdraw",
    "lapse",
    "undo_accept",
    "reopen",
    "endorse",
    "send_back",
)

RECORDS = (
    "krk",
    "pemeriksaan",
    "pendataan",
    "penilaian",
    "hitungan",
    "pemutakhiran",
    "kode_ambil",
    "serah_terima",
    "jadwal_tinjau",
    "jadwal_dengar",
    "tinjau_lokasi",
    "berita_acara",
    "tanpa_kepentingan",
    "bapl",
    "nota_hitung",
    "kertas_khusus",
    "kajian",
    "dengar_pendapat",
    "nasihat",
    "tanda_terima",
    "bukti_bayar",
)
"""Kinds of record that a link may need before it acts."""

BUILT_IN_ROLES = ("admin", "auditor")
"""Roles that every daerah has beside those of its file; the auditor only reads."""

COLUMN_FACTS = {
    "kecamatan": "choice",
    "village": "text",
    "address": "text",
    "building_name": "text",
    "work": "choice",
    "function": "choice",
    "ownership": "choice",
    "land_right": "choice",
    "land_document": "text",
    "land_owned": "boolean",
    "land_area": "decimal",
    "footprint": "decimal",
    "floor_area": "decimal",
    "green_area": "decimal",
    "basement_area": "decimal",
    "floors": "integer",
    "basement_floors": "integer",
    "height": "decimal",
    "front_setback": "decimal",
}
"""Facts that are columns of an application, with the type that a file must give them."""

COLUMN_WIDTH = {"work": 30, "function": 30, "ownership": 20, "land_right": 30}
"""Letters that the column of a choice holds."""

COLUMN_MOST = {
    "floors": Decimal(200),
    "basement_floors": Decimal(20),
    "height": Decimal("9999.99"),
    "front_setback": Decimal("9999.99"),
}
"""What the column of a number holds at most, where an answer might want more."""

AREA_FACTS = ("kecamatan",)
"""Choices whose values come from the region codes, not from the file."""

DERIVED_FACTS = {
    "by_proxy": (True, False),
    "applicant_kind": ("perorangan", "badan_hukum", "instansi"),
    "permit_in_portal": (True, False),
}
"""Facts that the portal knows without asking; conditions may use them like any other."""

TRACK = "track"
"""Derived too: the track that the answers lead to, by its code. What chooses it cannot name it."""

KRK_FIGURES = {
    "kdb_max": "%",
    "klb_max": "%",
    "kdh_min": "%",
    "gsb_min": "m",
    "height_max": "m",
    "floors_max": "lantai",
}
"""Figures of a KRK with their units, which checks may name as ``krk.<key>``."""
