"""Who is told what of a request for relief: the applicant, and in whose hands it lies."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from applications.models import Application, Event
from applications.telling import office_url
from imbportal.indonesia import rupiah
from notifications import outbox
from retribusi import news, reliefs, sheets
from retribusi.assessment import newest
from retribusi.models import Assessment, Relief


def page(case: Application, code: str) -> str:
    """Return where the applicant reads and mends a request."""
    return reverse("retribusi:relief", args=[case.pk, code])


def offer(case: Application) -> None:
    """Tell the applicant in his inbox, once, which relief he may ask for before the bill."""
    assessment, user = newest(case), case.applicant
    wishes = [] if assessment is None else [*_wishes(case, assessment)]
    if assessment is None or not wishes:
        return
    lines = [f"Retribusi {rupiah(assessment.total)}.", *wishes]
    outbox.send(
        template="langkah",
        key=f"keringanan:{case.pk}:{user.pk}",
        user=user,
        channels=[],
        context=news.about(case, "Retribusi sudah dihitung")
        | {"detail": "\n".join(lines), "next": "Ajukan pada halaman permohonan bila perlu."},
        daerah=case.daerah,
        case=case.pk,
        url=case.get_absolute_url(),
    )


def _wishes(case: Application, assessment: Assessment) -> Iterator[str]:
    for rule in reliefs.offered(case):
        found = reliefs.trial(case, assessment, rule.code)
        if found is not None and found.off:
            who = reliefs.decider(rule, case)
            yield (
                f"Sebelum SKRD terbit Anda dapat mengajukan {rule.kind} kepada {who}: "
                f"{reliefs.share(case, rule.code)}, menjadi {rupiah(found.after)}."
            )


def asked(relief: Relief, event: Event) -> None:
    """Tell the applicant that it came, and whoever must act now."""
    rule, who = reliefs.rule_of(relief), reliefs.holder_title(relief)
    _applicant(relief, event, f"Permohonan {rule.kind} retribusi diterima",
               f"Sekarang di tangan {who}. SKRD terbit sesudah keputusannya.")  # fmt: skip
    _office(relief, event, relief.holder, f"Permohonan {rule.kind} retribusi masuk", _task(relief))


def forwarded(relief: Relief, event: Event) -> None:
    """Tell the applicant and who decides that it was sent on."""
    rule, who = reliefs.rule_of(relief), reliefs.holder_title(relief)
    _applicant(relief, event, f"Permohonan {rule.kind} retribusi diteruskan kepada {who}", "")
    _office(relief, event, relief.holder, f"Permohonan {rule.kind} retribusi masuk", _task(relief))


def _task(relief: Relief) -> str:
    """Return what whoever holds it must do."""
    rule = reliefs.rule_of(relief)
    if relief.holder == rule.decided_by:
        return f"Putuskan permohonan {rule.kind} retribusi."
    return f"Periksa lampirannya, lalu teruskan kepada {reliefs.decider(rule, relief.application)}."


def decided(relief: Relief, event: Event) -> None:
    """Tell the applicant the decision with its sum, and whoever draws up the bill."""
    case, rule = relief.application, reliefs.rule_of(relief)
    answer = "dikabulkan" if relief.state == Relief.State.GRANTED else "tidak dikabulkan"
    headline = f"Permohonan {rule.kind} retribusi {answer}"
    lines = [relief.reason, _sum(relief), _number(relief)]
    _applicant(relief, event, headline, "\n".join(filter(None, lines)), news.TOLD)
    if case.turn_role:
        _office(relief, event, case.turn_role, headline, "Ajukan SKRD menurut keputusan ini.")


def _sum(relief: Relief) -> str:
    if relief.outcome is None:
        return ""
    found = sheets.lowered(relief.outcome.result)
    if found is None or relief.state != Relief.State.GRANTED:
        return f"Retribusi tetap {rupiah(relief.outcome.total)}."
    return (
        f"Retribusi {rupiah(found.before)}, dikurangi {rupiah(found.off)}, "
        f"menjadi {rupiah(found.after)}."
    )


def _number(relief: Relief) -> str:
    return f"{relief.paper.title} nomor {relief.paper.number}." if relief.paper else ""


def withdrawn(relief: Relief, event: Event, before: str) -> None:
    """Tell whoever held it, and whoever may go on now."""
    case, rule = relief.application, reliefs.rule_of(relief)
    headline = f"Permohonan {rule.kind} retribusi ditarik kembali oleh pemohon"
    goes_on = case.turn_role if case.state == "FEE" else ""
    for role in dict.fromkeys(filter(None, (before, goes_on))):
        task = "SKRD dapat diajukan." if role == goes_on else ""
        _office(relief, event, role, headline, task)


def unneeded(relief: Relief, before: str) -> None:
    """Tell the applicant and whoever held it that there is no retribution to lower any more."""
    case, rule = relief.application, reliefs.rule_of(relief)
    headline = f"Permohonan {rule.kind} retribusi berakhir"
    why = (
        "Permohonan ini sekarang di jalur tanpa retribusi bangunan, jadi tidak ada yang dikurangi."
    )
    cause = f"keringanan-berakhir:{relief.pk}"
    news.applicant(case, cause, headline, detail=why, wish=rule.notify.get("pemohon"))
    news.office(
        case, cause, [before], headline, task="", url=office_url(case),
        detail=f"{rule.name}. {why}",
        wish=rule.notify.get("kantor"),
    )  # fmt: skip


def _applicant(
    relief: Relief, event: Event, headline: str, detail: str, least: str | None = None
) -> None:
    wish = reliefs.rule_of(relief).notify.get("pemohon") or least
    news.applicant(relief.application, event, headline, detail=detail, wish=wish)


def _office(relief: Relief, event: Event, role: str, headline: str, task: str) -> None:
    case, rule = relief.application, reliefs.rule_of(relief)
    news.office(
        case, event, [role], headline, task=task, url=office_url(case), detail=f"{rule.name}.",
        wish=rule.notify.get("kantor"),
    )  # fmt: skip
