"""Prints what a demo portal holds, as JSON; run by its ``manage.py shell``, in its environment."""

import hashlib
import json

from django.contrib import admin
from django.contrib.admin.utils import quote
from django.utils import timezone

from accounts.models import Identity, IdentityView, Mandate, User
from applications import requirements
from applications.chains import digests
from applications.models import Application, DocumentVersion
from documents.models import Paper
from feedback.models import Complaint, SurveyInvitation
from imbportal.daerah import registry
from imbportal.daerah.models import DaerahVersion
from imbportal.demo import people
from notifications.models import Message
from retribusi.models import (
    CashClosing,
    LedgerEntry,
    PaymentProof,
    Relief,
    Skrd,
    Statement,
    Strd,
    TariffTrial,
)

SUPER, INACTIVE = "super@demo.test", "berhenti@demo.test"


def _key(user):
    return (user.email or "").removesuffix("@demo.test")


def _case(case):
    papers = Paper.objects.filter(case=case.pk).order_by("created_at")
    versions = DocumentVersion.objects.filter(document__application=case)
    chain = case.rules.chains(case.track).get(case.state, ()) if case.track else ()
    link = chain[case.turn] if case.turn < len(chain) else None
    proof = PaymentProof.objects.filter(skrd__application=case).first()
    asked = Relief.objects.filter(application=case).exclude(holder="")
    return {
        "id": str(case.pk),
        "daerah": case.daerah,
        "state": case.state,
        "turn": case.turn,
        "role": case.turn_role,
        "applicant": _key(case.applicant),
        "counter": case.filed_by_id is not None,
        "number": case.number,
        "secret": case.secret,
        "track": case.track,
        "sections": [section.code for section in case.rules.section],
        "slots": [slot.code for slot in requirements.due(case)],
        "points": list(case.points.exclude(sent_at=None).values_list("pk", flat=True)),
        "papers": [
            {"id": str(p.pk), "kind": p.kind, "token": p.token, "status": p.status,
             "file": str(p.file)}
            for p in papers if p.issued_at
        ],
        "files": [str(pk) for pk in versions.values_list("pk", flat=True)[:3]],
        "proof": str(proof.pk) if proof else "",
        "relief": next(({"code": r.code, "role": r.holder} for r in asked), None),
        "objection": next((o.holder for o in case.objections.exclude(holder="")), ""),
        "refund": next((r.pk for r in case.refunds.filter(state="diajukan")), 0),
        "needs": list(link.needs) if link else [],
        "previews": list(dict.fromkeys((*link.papers, *link.issue))) if link else [],
    }  # fmt: skip


def _complaint(complaint):
    return {
        "id": str(complaint.pk),
        "daerah": complaint.daerah,
        "state": complaint.state,
        "code": complaint.token or "",
    }


def _statement():
    """Return the statement of the model daerah, and the first of its lines of each kind."""
    statement = Statement.objects.order_by("imported_at").first()
    rows = {line.kind: line.row for line in statement.lines.order_by("-row")}
    return {"id": str(statement.pk), "format": statement.format_id, "rows": rows}


def _accounts():
    """Make the two accounts that the demo has no use for."""
    for email, more in ((SUPER, {"is_superuser": True, "is_staff": True}), (INACTIVE, {})):
        if not User.objects.filter(email=email).exists():
            user = people._user(email.removesuffix("@demo.test"), "Akun Contoh", **more)
            User.objects.filter(pk=user.pk).update(is_active=email == SUPER)


def _admin():
    """Yield name of a model in the admin's addresses, and the key of one of its rows."""
    for model in admin.site._registry:
        row = model.objects.order_by("-pk").first()
        yield f"{model._meta.app_label}_{model._meta.model_name}", row and str(quote(row.pk))


def _older_rules():
    """Let a draft have been looked at last under a file that named its first document otherwise."""
    draft = Application.objects.filter(state="DRAFT", daerah="pamekasan").first()
    now = registry.current_version("pamekasan")
    head, asked, rest = now.content.partition("[[requirement]]")
    content = head + asked + rest.replace('label = "', 'label = "Berkas ', 1)
    sha256 = hashlib.sha256(content.encode()).hexdigest()
    old = DaerahVersion.objects.create(slug="pamekasan", sha256=sha256, content=content)
    Application.objects.filter(pk=draft.pk).update(version_seen=old)


def _held():
    """Put one card back into quarantine, and name it."""
    person = Identity.objects.get(user__email="konsultan@demo.test")
    Identity.objects.filter(pk=person.pk).update(ktp_scan="karantina")
    return str(person.pk)


def _late():
    """Return the bills that are overdue: their case, its applicant, and how far interest is."""
    billed = set(Strd.objects.values_list("skrd", flat=True))
    late = Skrd.objects.filter(voided_at=None, settled_at=None, due_date__lt=timezone.now())
    return [
        {"bill": bill.pk, "case": str(bill.application_id), "billed": bill.pk in billed,
         "daerah": bill.application.daerah, "applicant": _key(bill.application.applicant)}
        for bill in late.select_related("application__applicant").order_by("pk")
    ]  # fmt: skip


def _surveys():
    """Return the tokens of questionnaires: one that waits, one that was answered."""
    rows = SurveyInvitation.objects.order_by("pk")
    return [rows.filter(spent=spent).first().token for spent in (None, True)]


def _cash(slug):
    """Return a closing of a daerah, and a line of its ledger."""
    closing = CashClosing.objects.filter(daerah=slug, lines__gt=0).order_by("-number").first()
    line = LedgerEntry.objects.filter(daerah=slug).order_by("-pk").first()
    return {"closing": closing.pk, "line": line.pk}


_accounts()
_older_rules()
digests.make("pamekasan")
IdentityView.objects.create(
    identity=Identity.objects.get(user__email="budi@demo.test"),
    user=User.objects.get(email=SUPER),
    what="ktp",
)
print(json.dumps({  # noqa: T201
    "late": _late(),
    "cases": [_case(case) for case in Application.objects.order_by("created_at")],
    "complaints": [_complaint(one) for one in Complaint.objects.order_by("created_at")],
    "statement": _statement(),
    "cash": _cash("pamekasan"),
    "identity": str(Identity.objects.get(user__email="budi@demo.test").pk),
    "held": _held(),
    "mandate": Mandate.objects.first().pk,
    "survey": _surveys(),
    "trials": {trial.daerah: trial.pk for trial in TariffTrial.objects.all()},
    "message": str(Message.objects.filter(user__email="budi@demo.test", channel="kotak")
                   .first().pk),
    "admin": dict(_admin()),
}))  # fmt: skip
