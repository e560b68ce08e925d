"""What stands in the address that the matrix asks for a pattern: whose rows, and which of them."""

from applications.models import DocumentVersion
from documents.models import Paper
from notifications.models import Message
from retribusi.models import LedgerEntry, PaymentProof

STATES = {
    "DRAFT": "applications: delete send section parts documents sort form_filled",
    "REVISION": "applications: upload corrections resend answer sort_one",
    "FEE": "retribusi: relief relief_send relief_upload relief_withdraw; admin: relief relief_act",
    "AWAITING_PAYMENT": "retribusi: pay interest objection objection_withdraw; "
    "admin: objection objection_act",
    "READY": "applications: pickup; retribusi: refund; admin: refund_new sanction sanction_act",
}
"""State of the case where a page asks for one; all else is the case of ``turn``."""
AT_COUNTER = "admin: counter_reach counter_paper counter_form counter_slip; applications: take_over"
"""Pages of the case that the other daerah's counter opened for its applicant."""
TRIAL = ("", "_discard", "_effect", "_block", "_file")
"""Pages of a draft of a tariff."""


def _names(text):
    """Return ``app: page page; app: page`` as names of patterns."""
    parts = (part.split(":") for part in text.split(";"))
    return {f"{app.strip()}:{page}" for app, pages in parts for page in pages.split()}


COUNTER = _names(AT_COUNTER)
STATE = {name: state for state, text in STATES.items() for name in _names(text)}


def of(world, name: str, route: str) -> dict:
    """Return the parts of an address by their names in the route."""
    case = world.counter if name in COUNTER else world.case(STATE.get(name, "ASSESSMENT"))
    if name in PARTS:
        return PARTS[name](world, case)
    point = case.points.exclude(sent_at=None) if name == "applications:answer" else case.points
    known = {
        "pk": case.pk, "name": "withdraw", "move": "approve_technical", "kind": KINDS.get(name),
        "version": getattr(versions(case).first(), "pk", None),
        "point": getattr(point.first(), "pk", 0),
    }  # fmt: skip
    return {key: value for key, value in known.items() if f":{key}>" in route}


KINDS = {"admin:record": "penilaian", "admin:preview": "persetujuan"}


# -- Rows -----------------------------------------------------------------------------------
def versions(case):
    return DocumentVersion.objects.filter(document__application=case).order_by("document", "number")


def sent(case):
    return Message.objects.filter(case=case.pk).exclude(channel=Message.Channel.INBOX)


def _pk(find):
    """Return the parts of an address that has the key of a row alone."""
    return lambda world, case: {"pk": find(world, case).pk}


def _budi(world, case):
    return world.applicants["budi"]


def _mandate(world, case):
    return world.mandate


def _paper(world, case):
    return Paper.objects.filter(case=case.pk).exclude(issued_at=None).order_by("pk").first()


def _permit(world, case):
    return Paper.objects.get(case=case.pk, kind="izin")


def _bill(world, case):
    return world.case("AWAITING_PAYMENT").bills.get()


def _line(world, case):
    return LedgerEntry.objects.filter(application=world.case("READY")).order_by("pk").first()


def _proof(world, case):
    paying = world.case("PAYMENT_REVIEW")
    return PaymentProof.objects.filter(skrd__application=paying).first()


def _slot(world, case):
    return {"pk": case.pk, "code": versions(case).first().document.requirement}


def _draft_page(world, case):
    row = case.draft_pictures.first()
    return {"pk": case.pk, "kind": row.kind, "mark": row.mark, "page": row.page}


def _relief(**more):
    return lambda world, case: {"pk": case.pk, "code": "sosial"} | more


def _act(act, find=lambda world, case: case, **more):
    """Return the parts of what is done with a row."""
    return lambda world, case: {"pk": find(world, case).pk, "act": act} | more


def _of_world(name, attribute="pk"):
    """Return the parts of an address by a row that the world keeps under a name."""
    return lambda world, case: {attribute: getattr(getattr(world, name), attribute)}


# -- By the name of the pattern -------------------------------------------------------------
PEOPLE = {
    "identity_ktp": lambda world, case: {"pk": _budi(world, case).identity.pk},
    "mandate_end": _pk(_mandate),
    "mandate_owner": _pk(_mandate),
    "mandate_renew": _pk(_mandate),
    "mandate_letter": _pk(_mandate),
    "notifications:read": _pk(
        lambda world, case: _budi(world, case).messages.filter(channel="kotak").first()
    ),
    "admin:send_again": _pk(lambda world, case: sent(case).first()),
    "survey:answer": _of_world("invitation", "token"),
    "complaints:status": lambda world, case: {"token": world.code},
    "complaints:letter": lambda world, case: {"token": world.code},
    "admin:complaint": _of_world("complaint"),
    "admin:complaint_move": lambda world, case: {"pk": world.complaint.pk, "move": "take"},
    "admin:complaint_file": lambda world, case: {
        "pk": world.complaint.pk,
        "file": world.complaint.files.get().pk,
    },
}
CASE = {
    "documents:paper": lambda world, case: {"token": _paper(world, case).token},
    "applications:paper": _pk(_paper),
    "applications:file": _pk(lambda world, case: versions(case).first()),
    "applications:page_picture": lambda world, case: {"pk": versions(case).first().pk, "page": 1},
    "applications:section": lambda world, case: {
        "pk": case.pk,
        "code": case.rules.section[0].code,
    },
    "applications:upload": _slot,
    "applications:form_filled": lambda world, case: {
        "pk": case.pk,
        "slot": "sppl",
        "code": "sppl",
    },
    "applications:letter": _slot,
    "admin:judge_card": lambda world, case: {"pk": case.pk, "whose": "pemohon"},
    "admin:draft_page": _draft_page,
    "admin:sanction": _pk(_permit),
    "admin:sanction_act": lambda world, case: {
        "pk": _permit(world, case).pk,
        "kind": "pembekuan",
    },
    "admin:digest": _of_world("digest"),
    **{
        f"admin:emblem{page}": lambda world, case: {"daerah": "contoh", "which": world.emblem.pk}
        for page in ("", "_head", "_sample")
    },
    "applications:case_file_fetch": _of_world("case_file"),
    "admin:register_export": _of_world("export"),
    "admin:register_fetch": _of_world("export"),
}
MONEY = {
    "bill_check:paper": lambda world, case: {"token": _bill(world, case).paper.token},
    "retribusi:proof": _pk(_proof),
    "retribusi:relief": _relief(),
    "retribusi:relief_send": _relief(),
    "retribusi:relief_upload": _relief(document="permohonan"),
    "admin:relief_act": _act("kabulkan"),
    "admin:objection_act": _act("kabulkan"),
    "retribusi:refund": lambda world, case: {"pk": case.pk, "refund": world.refund.pk},
    "admin:refund": _of_world("refund"),
    "admin:refund_act": _act("setujui", lambda world, case: world.refund),
    "admin:arrear": _pk(_bill),
    "admin:arrear_propose": _pk(_bill),
    "admin:arrear_preview": _pk(_bill),
    "admin:arrear_act": _act("batalkan", _bill),
    "admin:cash_closing": _of_world("closing"),
    "admin:cash_known": _of_world("closing"),
    "admin:cash_closing_export": _of_world("closing"),
    "admin:cash_correct": _pk(_line),
    "admin:bank_format": lambda world, case: {"pk": world.statement.format_id},
    "admin:statement": _of_world("statement"),
    "admin:statement_sheet": _of_world("statement"),
    "admin:statement_act": _act("selesai", lambda world, case: world.statement),
    "admin:statement_line": lambda world, case: {"pk": world.statement.pk, "row": 1},
    "admin:statement_line_act": _act("bukan", lambda world, case: world.statement, row=1),
    **{f"admin:trial{page}": _of_world("trial") for page in TRIAL},
}
PUBLIC = {
    "complaints:form": lambda world, case: {"slug": "pamekasan"},
    "calculator": lambda world, case: {"slug": "pamekasan"},
    "standard": lambda world, case: {"slug": "pamekasan"},
    "blank": lambda world, case: {"slug": "sleman", "code": "surat_kuasa_imb"},
    "applications:form_blank": lambda world, case: {"slug": "sleman", "code": "sppl"},
}
PARTS = PEOPLE | CASE | MONEY | PUBLIC
