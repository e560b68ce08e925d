"""Every URL pattern of the portal by its name, and the addresses of the objects behind it."""

from django.contrib import admin
from django.contrib.admin.utils import quote
from django.contrib.contenttypes.models import ContentType
from django.urls import get_resolver, reverse

from accounts.models import Mandate
from applications.models import DocumentVersion
from documents.models import Paper
from feedback.models import Complaint
from notifications.models import Message
from retribusi.models import CashClosing, LedgerEntry, PaymentProof, Skrd, Statement, TariffTrial


def patterns(resolver=None, route="", names=()):
    """Yield (name, route) of every pattern; what has no name goes by its route."""
    for item in (resolver or get_resolver()).url_patterns:
        here = route + str(item.pattern)
        if hasattr(item, "url_patterns"):
            space = [item.namespace] if item.namespace else []
            yield from patterns(item, here, [*names, *space])
        else:
            yield ":".join([*names, item.name]) if item.name else here, here


def named(resolver=None) -> dict[str, str]:
    """Return name to route; a name that stands twice keeps the route that answers."""
    found: dict[str, str] = {}
    for name, route in patterns(resolver):
        found.setdefault(name, route)
    return found


# -- One address for each name --------------------------------------------------------------
def sample(world, name: str, route: str) -> str:
    """Return the address that the matrix asks for a pattern. KeyError where none is known."""
    if name in (special := _special()):
        return special[name]
    if name.startswith("admin:") and "<path:object_id>" in route:
        app, model, page = name.removeprefix("admin:").split("_")
        return reverse(name, args=[quote(_row(app, model).pk)])
    if "<" in route:
        return reverse(name, kwargs=_kwargs(world, name, route))
    return f"/{route}"


def _special():
    return {
        "admin:autocomplete": "/admin/autocomplete/?app_label=retribusi&model_name=payment"
        "&field_name=skrd",
        "admin:app_list": "/admin/accounts/",
        "admin/(?P<url>.*)$": "/admin/tidak/ada/",
        **{f"admin/{m._meta.app_label}/{m._meta.model_name}/<path:object_id>/":
           f"/admin/{m._meta.app_label}/{m._meta.model_name}/1/" for m in admin.site._registry},
    }  # fmt: skip


def _row(app, model):
    found = next(m for m in admin.site._registry if (m._meta.app_label, m._meta.model_name) ==
                 (app, model))  # fmt: skip
    rows = found.objects.order_by("pk")
    if hasattr(found, "daerah"):
        return rows.filter(daerah="contoh").first()
    if hasattr(found, "application"):
        return rows.filter(application__daerah="contoh").first()
    return rows.exclude(**{"is_system": True} if model == "user" else {}).first()


STATES = {
    "applications:delete": "DRAFT", "applications:send": "DRAFT", "applications:section": "DRAFT",
    "applications:parts": "DRAFT", "applications:documents": "DRAFT",
    "applications:upload": "REVISION", "applications:corrections": "REVISION",
    "applications:resend": "REVISION", "applications:answer": "REVISION",
    "applications:pickup": "READY", "retribusi:pay": "AWAITING_PAYMENT",
    "retribusi:relief": "FEE", "retribusi:relief_send": "FEE", "retribusi:relief_upload": "FEE",
    "retribusi:relief_withdraw": "FEE", "admin:relief": "FEE", "admin:relief_act": "FEE",
    "retribusi:interest": "AWAITING_PAYMENT",
    "retribusi:objection": "AWAITING_PAYMENT", "retribusi:objection_withdraw": "AWAITING_PAYMENT",
    "admin:objection": "AWAITING_PAYMENT", "admin:objection_act": "AWAITING_PAYMENT",
    "retribusi:refund": "READY", "admin:refund_new": "READY",
}  # fmt: skip
"""State of the case where a page asks for one; all else is the case of ``turn``."""


AT_COUNTER = {
    "admin:counter_reach", "admin:counter_paper", "admin:counter_form", "admin:counter_slip",
    "applications:take_over",
}  # fmt: skip
"""Pages of the case that the other daerah's counter opened for its applicant."""


def _kwargs(world, name, route):
    case = world.counter if name in AT_COUNTER else world.case(STATES.get(name, "ASSESSMENT"))
    point = case.points.exclude(sent_at=None) if name == "applications:answer" else case.points
    budi = world.applicants["budi"]
    of_name = {
        "identity_ktp": lambda: {"pk": budi.identity.pk},
        "mandate_end": lambda: {"pk": world.mandate.pk},
        "mandate_renew": lambda: {"pk": world.mandate.pk},
        "mandate_letter": lambda: {"pk": world.mandate.pk},
        "notifications:read": lambda: {"pk": budi.messages.filter(channel="kotak").first().pk},
        "admin:send_again": lambda: {"pk": _sent(case).first().pk},
        "documents:paper": lambda: {"token": _paper(case).token},
        "bill_check:paper": lambda: {"token": _bill(world).paper.token},
        "applications:paper": lambda: {"pk": _paper(case).pk},
        "applications:file": lambda: {"pk": _versions(case).first().pk},
        "applications:page_picture": lambda: {"pk": _versions(case).first().pk, "page": 1},
        "admin:draft_page": lambda: _draft_page(case),
        "applications:section": lambda: {"pk": case.pk, "code": case.rules.section[0].code},
        "applications:upload": lambda: {"pk": case.pk, "code": _slot(case)},
        "applications:letter": lambda: {"pk": case.pk, "code": _slot(case)},
        "retribusi:relief": lambda: {"pk": case.pk, "code": "sosial"},
        "retribusi:relief_send": lambda: {"pk": case.pk, "code": "sosial"},
        "retribusi:relief_upload": lambda: {
            "pk": case.pk,
            "code": "sosial",
            "document": "permohonan",
        },
        "admin:objection_act": lambda: {"pk": case.pk, "act": "kabulkan"},
        "retribusi:refund": lambda: {"pk": case.pk, "refund": world.refund.pk},
        "admin:refund": lambda: {"pk": world.refund.pk},
        "admin:refund_act": lambda: {"pk": world.refund.pk, "act": "setujui"},
        "admin:relief_act": lambda: {"pk": case.pk, "act": "kabulkan"},
        **{
            f"admin:arrear{page}": lambda: {"pk": _bill(world).pk}
            for page in ("", "_propose", "_preview")
        },
        "admin:arrear_act": lambda: {"pk": _bill(world).pk, "act": "batalkan"},
        "retribusi:proof": lambda: {"pk": _proof(world.case("PAYMENT_REVIEW")).pk},
        "admin:cash_closing": lambda: {"pk": world.closing.pk},
        "admin:cash_known": lambda: {"pk": world.closing.pk},
        "admin:cash_closing_export": lambda: {"pk": world.closing.pk},
        "admin:cash_correct": lambda: {"pk": _line(world).pk},
        **{f"admin:trial{page}": lambda: {"pk": world.trial.pk} for page in TRIAL},
        "admin:register_export": lambda: {"pk": world.export.pk},
        "admin:register_fetch": lambda: {"pk": world.export.pk},
        "survey:answer": lambda: {"token": world.invitation.token},
        "complaints:status": lambda: {"token": world.code},
        "complaints:form": lambda: {"slug": "pamekasan"},
        "admin:bank_format": lambda: {"pk": world.statement.format_id},
        "admin:statement": lambda: {"pk": world.statement.pk},
        "admin:statement_sheet": lambda: {"pk": world.statement.pk},
        "admin:statement_act": lambda: {"pk": world.statement.pk, "act": "selesai"},
        "admin:statement_line": lambda: {"pk": world.statement.pk, "row": 1},
        "admin:statement_line_act": lambda: {
            "pk": world.statement.pk,
            "row": 1,
            "act": "bukan",
        },
        "admin:complaint": lambda: {"pk": world.complaint.pk},
        "admin:complaint_move": lambda: {"pk": world.complaint.pk, "move": "take"},
        "admin:complaint_file": lambda: {
            "pk": world.complaint.pk,
            "file": world.complaint.files.get().pk,
        },
        "calculator": lambda: {"slug": "pamekasan"},
        "standard": lambda: {"slug": "pamekasan"},
        "blank": lambda: {"slug": "sleman", "code": "surat_kuasa_imb"},
    }
    if name in of_name:
        return of_name[name]()
    known = {
        "pk": case.pk, "name": "withdraw", "move": "approve_technical", "kind": KINDS.get(name),
        "version": getattr(_versions(case).first(), "pk", None),
        "point": getattr(point.first(), "pk", 0),
    }  # fmt: skip
    return {key: value for key, value in known.items() if f":{key}>" in route}


TRIAL = ("", "_discard", "_effect", "_block", "_file")
"""Pages of a draft of a tariff."""
KINDS = {"admin:record": "penilaian", "admin:preview": "persetujuan"}


def _paper(case):
    return Paper.objects.filter(case=case.pk).exclude(issued_at=None).order_by("pk").first()


def _bill(world):
    return world.case("AWAITING_PAYMENT").bills.get()


def _draft_page(case):
    row = case.draft_pictures.first()
    return {"pk": case.pk, "kind": row.kind, "mark": row.mark, "page": row.page}


def _line(world):
    return LedgerEntry.objects.filter(application=world.case("READY")).order_by("pk").first()


def _proof(case):
    return PaymentProof.objects.filter(skrd__application=case).first()


def _bill(world):
    return Skrd.objects.get(application=world.case("AWAITING_PAYMENT"))


def _versions(case):
    return DocumentVersion.objects.filter(document__application=case).order_by("document", "number")


def _sent(case):
    return Message.objects.filter(case=case.pk).exclude(channel=Message.Channel.INBOX)


def _slot(case):
    return _versions(case).first().document.requirement


# -- All addresses of all objects -----------------------------------------------------------
def everything(world) -> list[str]:
    """Return every address of every object that the portal knows to be somebody's."""
    found = [url for case in world.cases for url in _of_case(case)]
    for person in world.identities():
        ktp = reverse("identity_ktp", args=[person.pk])
        found += [ktp, *(f"{ktp}?permohonan={case.pk}" for case in world.cases[1::5])]
    for mandate in Mandate.objects.all():
        for page in ("end", "renew", "letter"):
            found.append(reverse(f"mandate_{page}", args=[mandate.pk]))
    parts = (
        _of_complaints(), _of_statements(), _of_cash(), _of_trials(), _lists(world), _of_admin(),
    )  # fmt: skip
    return found + [url for part in parts for url in part]


def _of_statements():
    """Yield the pages of each statement of a bank, and what is done with its lines."""
    for statement in Statement.objects.all():
        one = [statement.pk]
        yield reverse("admin:statement", args=one)
        yield reverse("admin:statement_sheet", args=one)
        yield reverse("admin:bank_format", args=[statement.format_id])
        for act in ("tandai", "cocokkan", "selesai", "buka"):
            yield reverse("admin:statement_act", args=[*one, act])
        for row in statement.lines.values_list("row", flat=True):
            yield reverse("admin:statement_line", args=[*one, row])
            yield reverse("admin:statement_line_act", args=[*one, row, "titipan"])


def _of_cash():
    """Yield the pages of the cash, each closing, and the correction of the last line."""
    for closing in CashClosing.objects.all():
        yield reverse("admin:cash_closing", args=[closing.pk])
    yield reverse("admin:cash_correct", args=[LedgerEntry.objects.order_by("pk").last().pk])
    for page in ("cash", "cash_book", "cash_month", "cash_close", "cash_closings"):
        yield reverse(f"admin:{page}")
    yield from (reverse("admin:cash_book") + f"?daerah={slug}" for slug in ("contoh", "pamekasan"))


def _of_trials():
    """Yield the pages of every draft of a tariff, and the file that it gives."""
    for trial in TariffTrial.objects.all():
        yield from (reverse(f"admin:trial{page}", args=[trial.pk]) for page in TRIAL)


def _of_complaints():
    """Yield what the desk shows of each complaint; the page behind a code is its bearer's."""
    for complaint in Complaint.objects.all():
        yield reverse("admin:complaint", args=[complaint.pk])
        for row in complaint.files.all():
            yield reverse("admin:complaint_file", args=[complaint.pk, row.pk])


def _of_case(case):
    """Yield the addresses of a case and of all that lies in its file."""
    one = [case.pk]
    for page in ("detail", "delete", "pickup", "parts", "send", "documents", "corrections",
                 "service"):  # fmt: skip
        yield reverse(f"applications:{page}", args=one)
    yield reverse("applications:move", args=[case.pk, "withdraw"])
    yield reverse("retribusi:pay", args=one)
    yield reverse("retribusi:interest", args=one)
    for bill in case.bills.all():
        for page in ("", "_propose", "_preview"):
            yield reverse(f"admin:arrear{page}", args=[bill.pk])
    for relief in case.reliefs.all():
        yield reverse("retribusi:relief", args=[case.pk, relief.code])
        yield reverse("retribusi:relief_send", args=[case.pk, relief.code])
        yield reverse("retribusi:relief_withdraw", args=one)
        yield reverse("admin:relief", args=one)
    for _ in case.objections.all():
        for page in ("retribusi:objection", "retribusi:objection_withdraw", "admin:objection"):
            yield reverse(page, args=one)
    for refund in case.refunds.all():
        yield reverse("retribusi:refund", args=[case.pk, refund.pk])
        yield reverse("admin:refund", args=[refund.pk])
        yield reverse("admin:refund_new", args=one)
    yield reverse("applications:section", args=[case.pk, case.rules.section[0].code])
    yield reverse("admin:case", args=one)
    yield reverse("admin:identity", args=one)
    yield reverse("admin:pay", args=one)
    for page in ("reach", "paper", "form", "slip"):
        yield reverse(f"admin:counter_{page}", args=one)
    for link in case.chain:
        for kind in link.needs:
            yield reverse("admin:record", args=[case.pk, kind])
    for version in _versions(case)[:2]:
        yield reverse("applications:file", args=[version.pk])
        yield reverse("applications:page_picture", args=[version.pk, 1])
    for row in case.draft_pictures.all():
        yield reverse("admin:draft_page", args=[case.pk, row.kind, row.mark, row.page])
    for paper in Paper.objects.filter(case=case.pk):
        yield reverse("applications:paper", args=[paper.pk])
    for message in _sent(case):
        yield reverse("admin:send_again", args=[message.pk])
    for proof in PaymentProof.objects.filter(skrd__application=case):
        yield reverse("retribusi:proof", args=[proof.pk])


def _lists(world):
    """Return lists, searches and pages that gather: none may gather what is another's."""
    case, away = world.cases[0], world.cases[-2]
    words = [case.address[4:], away.address[4:], away.number]
    types = [ContentType.objects.get_for_model(model).pk for model in (Paper, type(case))]
    return [
        "/permohonan/", "/permohonan/baru/", "/permohonan/layanan/", "/permohonan/klaim/",
        "/admin/loket/", "/pesan/", "/kuasa/", "/identitas/", "/akun/", "/demo/pesan/", "/lacak/",
        "/verifikasi/", "/admin/", "/admin/permohonan/",
        "/admin/keringanan/", "/admin/rekening-koran/", "/admin/rekening-koran/format/",
        "/admin/penagihan/",
        "/admin/keberatan/", "/admin/pengembalian/",
        "/admin/uji-tarif/", "/admin/uji-tarif/?daerah=pamekasan",
        "/admin/uji-tarif/baru/?daerah=contoh",
        "/admin/pesan-gagal/", "/admin/data-induk/", "/tidak/ada/", "/verifikasi/tidakada/",
        "/pengaduan/", "/admin/pengaduan/", "/admin/pengaduan/baru/",
        "/admin/pengaduan/?daerah=contoh&saring=dijawab", "/admin/pengaduan/?daerah=pamekasan",
        "/admin/register/", "/admin/register/?tahun=semua&jenis=skrd",
        "/admin/register/?daerah=contoh", "/admin/register/?daerah=pamekasan",
        "/admin/kepuasan/", "/contoh/",
        *(reverse(f"admin:register_{p}", args=[world.export.pk]) for p in ("export", "fetch")),
        *(f"/admin/{page}?q={word}" for page in ("", "permohonan/") for word in words),
        f"/admin/r/{types[0]}/{Paper.objects.exclude(issued_at=None).last().pk}/",
        f"/admin/r/{types[1]}/{away.pk}/",
        *map(AUTOCOMPLETE.format, *zip(*REFERENCES, strict=True)),
    ]  # fmt: skip


AUTOCOMPLETE = "/admin/autocomplete/?app_label={}&model_name={}&field_name={}&term="
REFERENCES = (
    ("retribusi", "payment", "skrd"), ("retribusi", "skrd", "paper"),
    ("documents", "papersignature", "user"), ("accounts", "identity", "user"),
    ("accounts", "mandate", "owner"),
)  # fmt: skip


def _of_admin():
    """Yield the lists of Django's admin, and the pages of two rows of each model."""
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{name}_changelist")
        yield reverse(f"{name}_changelist") + "?q=Zq"
        yield reverse(f"{name}_add")
        rows = model.objects.order_by("pk")
        for row in {rows.first(), rows.last()} - {None}:
            for page in ("change", "history", "delete"):
                yield reverse(f"{name}_{page}", args=[quote(row.pk)])
