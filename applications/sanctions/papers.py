"""Which papers may be decided about, by whom, and what goes along with them."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from accounts import postings
from applications import parents, rules
from applications.clock import local_date
from applications.models import Application, SanctionAct
from applications.refusals import Barred
from documents.models import Paper
from imbportal.daerah import registry
from imbportal.daerah.sanctions import Sanction
from imbportal.daerah.schema import Daerah
from imbportal.indonesia import tanggal

Kind, Status = SanctionAct.Kind, Paper.Status
IN_FORCE = (Status.VALID, Status.FROZEN)
BRINGS = {Kind.FREEZE: Status.FROZEN, Kind.LIFT: Status.VALID, Kind.REVOKE: Status.REVOKED}
"""To what each decision brings a paper."""


def rules_of(case: Application) -> Daerah:
    """Return the file by which the office decides today, whatever the case was decided by."""
    return registry.current(case.daerah)


def rule_of(case: Application) -> Sanction | None:
    return rules_of(case).sanction


def decides(case: Application, paper: Paper) -> bool:
    """Return whether the file lets anybody decide about this paper, and its case is so far."""
    rule = rule_of(case)
    known = rule is not None and paper.kind in rule.kinds
    return known and paper.issued_at is not None and case.state in parents.ISSUED


def reissued(case: Application, paper: Paper) -> bool:
    """Return whether who signed it may issue a paper anew that goes along with a permit."""
    rule = rule_of(case)
    known = rule is not None and paper.kind in rule.along
    return known and paper.status == Status.VALID and paper.signatures.exists()


def staying(case: Application, paper: Paper) -> list[Paper]:
    """Return what stays as it is when a permit is replaced: another officer has signed it."""
    found = along(case, paper, Status.VALID)
    return [one for one in found if one.case == case.pk and one.signatures.exists()]


def decider(case: Application) -> str:
    """Return the role that freezes and revokes."""
    rules_now = rules_of(case)
    rule = rules_now.sanction
    return (rule.decided_by if rule else None) or rules_now.head


def signer(case: Application, paper: Paper) -> str:
    """Return the role that signs a paper anew: the one by which it was signed."""
    return case.rules.signer(case.track, paper.kind) or case.rules.head


def role_for(kind: str, case: Application, paper: Paper) -> str:
    """Return the role that makes a decision: a replacement is signed as the older paper was."""
    return signer(case, paper) if kind == Kind.REPLACE else decider(case)


def capacity(case: Application, by: Any, role: str) -> str:
    """Return the title in which somebody decides. Raises Barred."""
    posting = postings.holds(by, case.daerah, role, kecamatan=case.kecamatan)
    if posting is None:
        title = postings.role_title(role, rules_of(case))
        raise Barred(f"Keputusan ini bukan wewenang Anda; yang berwenang {title}.")
    if rules.same_person(case, by):
        raise Barred("Anda pemohon dalam permohonan ini, jadi tidak boleh memutuskannya sendiri.")
    return postings.capacity(posting, rules_of(case))


def may(case: Application, by: Any, role: str) -> bool:
    try:
        capacity(case, by, role)
    except Barred:
        return False
    return True


def name(case: Application, paper: Paper) -> str:
    """Return a paper by its title, number and date, as letters and messages name it."""
    day = tanggal(local_date(case, paper.issued_at))
    return f"{paper.title} nomor {paper.number} tanggal {day}"


def permit_of(case: Application) -> Paper | None:
    """Return the paper for which the case was: the first kind of the file's list that it has."""
    rule = rule_of(case)
    kinds = rule.kinds if rule else ()
    issued = Paper.objects.filter(case=case.pk, kind__in=kinds).exclude(issued_at=None)
    found = issued.exclude(status__in=(Status.VOID, Status.REPLACED)).order_by("issued_at")
    latest = {paper.kind: paper for paper in found}
    return next((latest[kind] for kind in kinds if kind in latest), None)


def along(case: Application, paper: Paper, *status: str) -> list[Paper]:
    """Return what shares a permit's fate: its plate and drawings, and copies that were made of it.

    Only of those that stand in one of these states.
    """
    rule = rule_of(case)
    permit = permit_of(case)
    here = Paper.objects.none()
    if rule is not None and permit is not None and permit.pk == paper.pk:
        here = Paper.objects.filter(case=case.pk, kind__in=rule.along)
    found = [*here.exclude(issued_at=None), *parents.copies(paper)]
    return [one for one in found if one.status in status]


def original(case: Application) -> Paper | None:
    """Return the permit of which a case made a copy, None where it did something else."""
    track = rules_of(case).track.get(case.track)
    return case.parent_permit if track is not None and track.copies else None


def acts(case: Application, paper: Paper) -> list[SanctionAct]:
    """Return what was decided about a paper, or about another that took it along, newest first."""
    others = Q(application=case) | Q(paper=case.parent_permit_id or paper.pk)
    found = SanctionAct.objects.filter(others).select_related("letter", "by", "paper")
    mine = str(paper.pk)
    return [act for act in found.order_by("-pk") if mine in (str(act.paper_id), *act.also)]


def warning(paper: Paper) -> SanctionAct | None:
    """Return the warning that stands; a paper that was released since needs another one."""
    told = paper.sanctions.filter(kind__in=(Kind.WARN, Kind.LIFT)).order_by("-pk").first()
    return told if told is not None and told.kind == Kind.WARN else None
