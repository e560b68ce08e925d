"""The buttons of an officer on a case: which, how heavy, and what is asked before them."""

from django.urls import reverse

from applications import guards, ports, rules, sealing, services

CONFIRM = {
    "issue_krk": "KRK langsung bernomor dan dikirim kepada pemohon.",
    "issue_skrd": "SKRD langsung bernomor dan ditagihkan kepada pemohon. "
    "Sesudah itu hanya kepala yang dapat membatalkannya.",
    "issue_nil_skrd": "Permohonan langsung diteruskan tanpa tagihan.",
    "confirm_payment": "Pembayaran dicatat sebagai diterima dan tidak dapat dihapus.",
    "issue_permit": "Izin langsung bernomor, ditandatangani atas nama Anda, dan dikirim kepada "
    "pemohon.",
    "reject": "Surat penolakan langsung bernomor, ditandatangani atas nama Anda, dan dikirim.",
    "hand_over": "Permohonan ditutup sesudah izin diserahkan.",
}
"""What to know before a move that cannot simply be taken back."""
BAD = frozenset({"propose_rejection", "refuse_krk", "reject", "void_skrd", "undo_accept"})
ONLY_WHEN_DUE = frozenset({"issue_nil_skrd"})
"""Stands in place of another button in rare cases, so it is not shown pale beside that one."""


def of(case, user):
    """Return the buttons of this posting, the forward one last, pale where it lacks something."""
    offered = [
        _button(case, move, lacking)
        for move, lacking in services.available(case, user)
        if not (lacking and move.name in ONLY_WHEN_DUE) and _of_office(case, move, user)
    ]
    return sorted(offered, key=lambda item: item["primary"])


def _of_office(case, move, user):
    """Tell whether the desk offers a move: what is done for an applicant, his page offers."""
    if "named" in move.by.ways:  # goes with what the paying office files on a page of its own
        return False
    return not ("applicant" in move.by.ways and rules.at_counter(case, user))


def _button(case, move, lacking):
    despite = move.despite(case)
    if despite and sealing.kinds(case, move):
        despite = []  # who seals writes his reason on the page where he signs
    return {
        "name": move.name,
        "url": reverse("admin:move", args=[case.pk, move.name]),
        "label": move.label,
        "enabled": not lacking,
        "missing": lacking,
        "why": _grouped(lacking),
        "reason": move.reason or bool(despite),
        "ask": "Mengapa tetap diteruskan?" if despite else f"Alasan: {move.label.lower()}",
        "despite": despite,
        "sends_points": move.when is guards.points_given,
        "primary": bool(move.by.ways & {"last", "not_last"}) and move.name not in BAD,
        "danger": move.name in BAD,
        "confirm": CONFIRM.get(move.name, ""),
        "tick": ports.money.tick(case) if move.name == "confirm_payment" else "",
    }


def _grouped(lacking):
    """Return what is missing, the documents that are not in order counted instead of listed."""
    documents = [text for text in lacking if text.startswith(guards.NOT_IN_ORDER)]
    if len(documents) < 2:
        return lacking
    rest = [text for text in lacking if text not in documents]
    return [f"{len(documents)} dokumen belum sesuai.", *rest]
