"""All addresses of all objects that the portal knows to be somebody's."""

from address_parts import TRIAL, sent, versions
from django.contrib import admin
from django.contrib.admin.utils import quote
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from accounts.models import Mandate
from applications.models import ChainDigest
from documents.models import Emblem, Paper
from feedback.models import Complaint
from retribusi.models import CashClosing, LedgerEntry, PaymentProof, Statement, TariffTrial


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
        _of_complaints(), _of_statements(), _of_cash(), _of_trials(), _of_emblems(),
        _lists(world), _of_admin(),
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


def _of_emblems():
    """Yield the page of each coat of arms; its picture stands on papers for everybody."""
    for emblem in Emblem.objects.all():
        yield reverse("admin:emblem", args=[emblem.daerah, emblem.pk])
        yield f"{reverse('admin:emblems')}?daerah={emblem.daerah}"


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
                 "service", "sort"):  # fmt: skip
        yield reverse(f"applications:{page}", args=one)
    yield reverse("applications:move", args=[case.pk, "withdraw"])
    for site in ("applications", "admin"):
        yield reverse(f"{site}:case_file", args=one)
    for order in case.case_files.all():
        yield reverse("applications:case_file_fetch", args=[order.pk])
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
    for version in versions(case)[:2]:
        yield reverse("applications:sort_one", args=[case.pk, version.pk])
        yield reverse("applications:file", args=[version.pk])
        yield reverse("applications:page_picture", args=[version.pk, 1])
    for row in case.draft_pictures.all():
        yield reverse("admin:draft_page", args=[case.pk, row.kind, row.mark, row.page])
    for paper in Paper.objects.filter(case=case.pk):
        yield reverse("applications:paper", args=[paper.pk])
        yield reverse("admin:sanction", args=[paper.pk])
        yield reverse("admin:sanction_act", args=[paper.pk, "pembekuan"])
    for message in sent(case):
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
        "/admin/ikhtisar-rantai/", "/admin/ikhtisar-rantai/?daerah=contoh",
        *(reverse("admin:digest", args=[row.pk]) for row in ChainDigest.objects.all()),
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
