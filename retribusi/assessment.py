"""The fee of a case: calculated by the engine from what was recorded, never typed."""

import datetime
from typing import Any

from django.conf import settings
from django.db.models import Sum

from applications.models import Application
from applications.refusals import Unmet
from imbportal.daerah.tariffs import Tariff
from retribusi import engine, fee_day, rates, reliefs
from retribusi.inputs import Refused
from retribusi.models import RECORD, Assessment, Refund, Skrd

GONE = (Refund.Cause.RECALCULATED, Refund.Cause.REJECTED)
"""Causes of refunds after which the fee may be billed again."""
SAMPLE = (
    "Tarif contoh, belum dikonfirmasi daerah: SKRD tidak dapat diterbitkan. "
    "Minta admin daerah mengisi tarif yang berlaku."
)
NO_ACCOUNT = (
    "Kode rekening untuk {line} belum ditetapkan daerah: SKRD tidak dapat diterbitkan. "
    "Minta admin daerah mengisi kode rekening pada tarif."
)


def newest(application: Application) -> Assessment | None:
    """Return the calculation that counts, or None."""
    return application.assessments.order_by("-pk").first()


def assess(application: Application, *, by: Any) -> Assessment:
    """Calculate by the tariff that counts, from the record of the building. Raises Unmet.

    Where the track charges no building it owes its fees alone, and no record is needed.
    """
    data = _recorded(application)
    if data is None:
        raise Unmet(["Isi pendataan bangunan gedung lebih dulu."])
    day = fee_day.of(application)
    try:
        given = {**_as_owed(application, data, day), "tanggal": day.isoformat()}
        result = engine.calculate(fee_day.tariffs(application), given)
    except Refused as refusal:
        raise Unmet([f"Retribusi tidak dapat dihitung: {refusal}"]) from None
    if result.simulation:
        raise Unmet(["Simulasi tarif tidak dapat menjadi penetapan retribusi."])
    return Assessment.objects.create(
        application=application,
        input=given,
        result=result.as_json(),
        total=result.total,
        tariff=result.tariff.id,
        sample=result.sample or application.rules.fee_day.contoh,
        by=by,
    )


def ready(application: Application) -> list[str]:
    """Return what is missing before the bill may be proposed; nothing where there is no fee."""
    if not has_fee(application):
        return []
    if waiting := reliefs.pending(application):
        return waiting
    assessment = newest(application)
    if assessment is None:
        return ["Retribusi belum dihitung."]
    missing = fee_day.outdated(application, assessment)
    if not _as_recorded(application, assessment):
        missing.append("Data bangunan berubah sesudah retribusi dihitung. Hitung ulang.")
    return missing + unbillable(assessment)


def outdated(application: Application) -> list[str]:
    """Return why the newest calculation no longer holds, although nothing of the case changed."""
    assessment = newest(application) if has_fee(application) else None
    return fee_day.outdated(application, assessment) if assessment else []


def unbillable(assessment: Assessment) -> list[str]:
    """Return why no bill may rest on a calculation: a sample is for the demo only, and so is money
    of which nobody says to which account it goes."""
    if settings.DEMO:
        return []
    lines = [item["baris"] for item in assessment.result["rekening"] if not item["kode"]]
    return [SAMPLE] * assessment.sample + [NO_ACCOUNT.format(line=line) for line in lines]


def has_fee(application: Application) -> bool:
    """Return whether a case's track asks for a fee at all."""
    track = application.rules.track.get(application.track)
    return track is None or track.fee


def due(application: Application) -> int:
    """Return whole rupiah still to be paid; 0 where there is no fee or none is assessed yet."""
    assessment = newest(application) if has_fee(application) else None
    return max(0, assessment.total - paid(application)) if assessment else 0


def paid(application: Application, *, before: Skrd | None = None) -> int:
    """Return whole rupiah that were confirmed, less what has gone back of them.

    What an upheld objection gave back after the permit counts as paid: nobody bills it anew.
    ``before`` is a bill: then what counts is what had come and gone when it was issued.
    """
    came = application.payments.all()
    gone = application.refunds.filter(state=Refund.State.PAID, cause__in=GONE)
    if before is not None:
        came = came.filter(skrd__lt=before.pk, confirmed_at__lte=before.issued_at)
        gone = gone.filter(paid_at__lte=before.issued_at)
    came = came.aggregate(sum=Sum("amount"))["sum"] or 0
    return came - (gone.aggregate(sum=Sum("amount"))["sum"] or 0) if came else 0


def _as_owed(application: Application, data: dict[str, Any], day: datetime.date) -> dict[str, Any]:
    """Return a record with what is owed anyway, and with the relief that counts."""
    tariff = rates.in_force(fee_day.tariffs(application), day)
    data = _with_fees(application, data, tariff)
    relief = reliefs.applied(application, tariff, day)
    return {**data, "keringanan": relief} if relief else data


def _with_fees(application: Application, data: dict[str, Any], tariff: Tariff) -> dict[str, Any]:
    """Return a record with the fees that are owed anyway before those chosen in it."""
    fees = owed(application, tariff)
    chosen = [code for code in data.get("biaya", []) if code not in fees]
    return {**data, "biaya": [*fees, *chosen]} if fees else data


def owed(application: Application, tariff: Tariff) -> list[str]:
    """Return the codes of the fees that a case owes although nobody chose them.

    Fees that are ``always`` due belong to new permits; a service owes what its track names.
    """
    track = application.rules.track.get(application.track)
    every = [code for code, fee in tariff.biaya.items() if fee.always]
    own = [code for code in (track.biaya if track else ()) if code not in every]
    return own if application.is_service else every + own


def of_services(application: Application) -> set[str]:
    """Return the codes of the fees that only services on a permit owe."""
    tracks = application.whole_rules.track.values()
    return {code for track in tracks if track.after_permit for code in track.biaya}


def _as_recorded(application: Application, assessment: Assessment) -> bool:
    """Return whether a calculation still rests on what stands in the record."""
    used = dict(assessment.input)
    day, data = datetime.date.fromisoformat(used.pop("tanggal")), _recorded(application)
    return data is not None and used == _as_owed(application, data, day)


def _recorded(application: Application) -> dict[str, Any] | None:
    track = application.rules.track.get(application.track)
    if track is not None and not track.retribution:
        return {"bangunan": []}
    record = application.records.filter(kind=RECORD).first()
    return record.data if record else None
