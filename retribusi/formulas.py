"""The legal formulas as pure functions over Decimal; each returns its steps, the amount last.

Products are never rounded here. Figures come from ``Rates``, whose tables refuse a row they do
not have; nothing is extrapolated.
"""

from collections.abc import Callable
from decimal import Decimal

from imbportal.daerah.tariffs import Figure
from imbportal.indonesia import angka, persen
from retribusi.inputs import DatarPart, Part, Permen24Part, Pp16Part, Prasarana, Refused
from retribusi.lines import index_step, named, sample, shown, terms, weighted
from retribusi.rates import Rates
from retribusi.steps import Step, harga, indeks

CLASSES = (
    "kompleksitas",
    "permanensi",
    "risiko_kebakaran",
    "zona_gempa",
    "kepadatan",
    "ketinggian",
    "kepemilikan",
)
"""Classifications of the 2007 formula, in the order in which sheets list them."""
BY_SIZE = ("batas_luas", "batas_lantai", "fungsi_besar")
"""Tables of functions whose index depends on size; who stands in one must stand in all."""
NEW = "baru"


def permen24(part: Permen24Part, work: str, rates: Rates, stage: str | None) -> list[Step]:
    """L x It x scope x HSbg, with It = function x sum(weight x index) x time of use."""
    classes = [weighted(rates, name, getattr(part, name)) for name in CLASSES]
    total = sum((step.amount for step in classes), Decimal(0))
    factors = [
        ("fungsi", rates.index("fungsi", part.fungsi)),
        ("waktu", rates.index("waktu_penggunaan", part.waktu_penggunaan)),
    ]
    if part.di_bawah_tanah_atau_air:
        factors.append(("pengali", rates.index("pengali", "di_bawah_tanah_atau_air")))
    integrated = _integrated(factors, total)
    summed = index_step(
        "Indeks klasifikasi", " + ".join(indeks(step.amount) for step in classes), total, classes
    )
    price = rates.figure("hsbg")
    amount = _building(part, work, rates, stage, integrated, price)
    return [*classes, summed, integrated, amount]


def pp16(part: Pp16Part, work: str, rates: Rates, stage: str | None) -> list[Step]:
    """LLt x (Ilo x SHST) x It x Ibg, with It = If x sum(weight x index) x Fm.

    The height coefficient of a building with basement is the mean by area; area and coefficient
    are multiplied before anything is divided, so that no digit is lost.
    """
    if stage is not None:
        raise Refused("kondisi: tidak dikenal dalam rumus tarif ini")
    classes = [
        weighted(rates, name, getattr(part, name)) for name in ("kompleksitas", "permanensi")
    ]
    height, spread = _height(part, rates)
    function = _function(part, rates)
    owner = rates.index("kepemilikan", part.kepemilikan)
    weight = rates.index("bobot", "ketinggian").value
    flat = sum((step.amount for step in classes), Decimal(0))
    # area x It, exact even where It itself has no finite decimals
    area_by_index = function.value * owner.value * (part.luas * flat + weight * spread)
    integrated = Step(
        kind="it",
        label="Indeks terintegrasi (It)",
        expression=f"fungsi {indeks(function.value)} × ({terms(classes)} + {indeks(weight)} × "
        f"{indeks(height.amount)}) × kepemilikan {indeks(owner.value)}",
        amount=shown(area_by_index, part.luas),
        cite=function.cite,
        contoh=sample(function, owner, height, *classes),
    )
    return [
        *classes,
        height,
        integrated,
        _pp16_amount(part, work, rates, area_by_index, integrated),
    ]


def datar(part: DatarPart, work: str, rates: Rates, stage: str | None) -> list[Step]:
    """L x scope x flat rate, for a daerah whose regulation sets one rate per m²."""
    if stage is not None:
        raise Refused("kondisi: tidak dikenal dalam rumus tarif ini")
    rate, scope = rates.figure("rate"), rates.index("kegiatan", work)
    return [
        Step(
            kind="bangunan",
            label=named("Retribusi bangunan gedung", part.nama),
            expression=f"{angka(part.luas)} m² × {indeks(scope.value)} × {harga(rate.value)}",
            amount=part.luas * scope.value * rate.value,
            cite=rate.cite,
            contoh=sample(rate, scope),
        )
    ]


def prasarana(item: Prasarana, work: str, rates: Rates) -> Step:
    """V x I x scope x HSpbg, the same in every formula."""
    price = rates.priced("prasarana", item.kode)
    scope = rates.index("kegiatan_prasarana", item.kegiatan or work)
    quantity = f"{angka(item.volume)} {price.unit}".strip()
    own = rates.knows("indeks_prasarana", item.kode)
    index = rates.index("indeks_prasarana", item.kode if own else "umum")
    return Step(
        kind="prasarana",
        label=f"Prasarana: {price.label or item.kode}",
        expression=f"{quantity} × {indeks(index.value)} × {indeks(scope.value)} × "
        f"{harga(price.value)}",
        amount=item.volume * index.value * scope.value * price.value,
        cite=price.cite,
        contoh=sample(price, index, scope),
    )


FORMULAS: dict[str, Callable[..., list[Step]]] = {
    "permen24": permen24,
    "pp16": pp16,
    "datar": datar,
}


def _integrated(factors: list[tuple[str, Figure]], classes: Decimal) -> Step:
    (_, function), *others = factors
    words = [f"{name} {indeks(figure.value)}" for name, figure in others]
    amount = function.value * classes
    for _, figure in others:
        amount *= figure.value
    return Step(
        kind="it",
        label="Indeks terintegrasi (It)",
        expression=" × ".join(
            [f"fungsi {indeks(function.value)}", f"klasifikasi {indeks(classes)}", *words]
        ),
        amount=amount,
        cite=function.cite,
        contoh=sample(*(figure for _, figure in factors)),
    )


def _building(
    part: Part, work: str, rates: Rates, stage: str | None, integrated: Step, price: Figure
) -> Step:
    scope = rates.index("kegiatan", work)
    begun = _begun(work, rates, stage)
    amount = part.luas * integrated.amount * scope.value * price.value
    words = (
        f"{angka(part.luas)} m² × {indeks(integrated.amount)} × {indeks(scope.value)} × "
        f"{harga(price.value)}"
    )
    for figure in begun:
        amount *= figure.value
        words += f" × {indeks(figure.value)}"
    return Step(
        kind="bangunan",
        label=named("Retribusi bangunan gedung", part.nama),
        expression=words,
        amount=amount,
        cite="; ".join(dict.fromkeys(figure.cite for figure in (price, *begun))),
        contoh=sample(price, scope, *begun),
    )


def _begun(work: str, rates: Rates, stage: str | None) -> tuple[Figure, ...]:
    """Return the factor for work begun without a permit, where the tariff has one."""
    if stage is None:
        return ()
    figure = rates.index("kondisi", stage)
    if work != NEW and figure.value != 1:
        raise Refused("kondisi: hanya untuk kegiatan baru")
    return (figure,)


def _function(part: Pp16Part, rates: Rates) -> Figure:
    """Return If; some functions have another row where the building passes a limit."""
    usual = rates.index("fungsi", part.fungsi)
    if not any(rates.knows(table, part.fungsi) for table in BY_SIZE):
        return usual
    area, floors = (rates.index(table, part.fungsi) for table in ("batas_luas", "batas_lantai"))
    large = part.luas > area.value or part.lantai > floors.value
    chosen = rates.index("fungsi_besar", part.fungsi) if large else usual
    return chosen.model_copy(update={"contoh": sample(chosen, area, floors)})


def _height(part: Pp16Part, rates: Rates) -> tuple[Step, Decimal]:
    """Return the step of the height coefficient, and area x coefficient summed over the levels."""
    above = part.luas - part.luas_basemen
    levels = []
    if above:
        levels.append((above, rates.index("lantai", part.lantai)))
    if part.luas_basemen:
        levels.append((part.luas_basemen, rates.index("basemen", part.lapis_basemen)))
    spread = sum((area * figure.value for area, figure in levels), Decimal(0))
    words = " + ".join(f"{angka(area)} m² × {indeks(figure.value)}" for area, figure in levels)
    step = Step(
        kind="indeks",
        label=f"Koefisien ketinggian: {part.lantai} lantai"
        + (f", basemen {part.lapis_basemen} lapis" if part.lapis_basemen else ""),
        expression=f"({words}) ÷ {angka(part.luas)} m²"
        if len(levels) > 1
        else indeks(levels[0][1].value),
        amount=shown(spread, part.luas),
        cite=levels[0][1].cite,
        contoh=sample(*(figure for _, figure in levels)),
    )
    return step, spread


def _pp16_amount(
    part: Pp16Part, work: str, rates: Rates, area_by_index: Decimal, integrated: Step
) -> Step:
    local, price = rates.figure("ilo"), rates.figure("shst")
    scope = rates.index("kegiatan", work)
    return Step(
        kind="bangunan",
        label=named("Retribusi bangunan gedung", part.nama),
        expression=f"{angka(part.luas)} m² × ({persen(local.value)} × {harga(price.value)}) × "
        f"{indeks(integrated.amount)} × {indeks(scope.value)}",
        amount=area_by_index * local.value.scaleb(-2) * price.value * scope.value,
        cite="; ".join(dict.fromkeys((price.cite, local.cite))),
        contoh=sample(local, price, scope),
    )
