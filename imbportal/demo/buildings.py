"""Invented buildings of the demo, and the answers that each gives to a daerah's questions."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from imbportal import areas, indonesia
from imbportal.daerah import tracks
from imbportal.daerah.schema import Daerah, Fact
from imbportal.daerah.ways import OUTSIDE


@dataclass(frozen=True)
class Building:
    """One plan. Areas in m², lengths in m."""

    name: str
    functions: tuple[str, ...]
    """The first one that a daerah's form offers is the answer."""
    floors: int
    floor_area: int
    footprint: int
    land_area: int
    height: str
    owner: str = "perorangan"
    structure: str = "beton"
    business_area: int = 0
    store: bool = False
    public: bool = False
    """Whether it is for the public interest, where the daerah asks."""
    parts: tuple[tuple[str, int], ...] = ()
    """Further buildings on the same plot: name and floor area."""


HOUSE = Building("Rumah tinggal", ("hunian",), 1, 120, 120, 260, "5.2")
COTTAGE = Building("Rumah sederhana", ("hunian_sederhana", "hunian"), 1, 54, 54, 120, "4.5")
STOREYS = Building("Rumah tinggal dua lantai", ("hunian",), 2, 186, 98, 240, "8.4")
LODGING = Building("Rumah kos", ("hunian",), 2, 264, 140, 350, "8.1")
SHOP = Building("Toko kelontong", ("usaha_umkm", "usaha"), 1, 84, 84, 180, "4.8")
SHOPHOUSE = Building(
    "Rumah toko", ("ganda", "campuran"), 2, 240, 125, 270, "8.6", business_area=110
)
WAREHOUSE = Building(
    "Gudang hasil panen", ("usaha",), 1, 420, 420, 900, "7.5", "badan_usaha", "baja", store=True
)
SCHOOL = Building("Gedung sekolah dasar", ("sosial_budaya",), 2, 640, 360, 1500, "8.8", "yayasan")
COMPOUND = Building(
    "Rumah tinggal dengan garasi", ("hunian",), 1, 138, 138, 400, "5.4",
    parts=(("Garasi", 36),),
)  # fmt: skip
MUSALA = Building("Musala", ("keagamaan",), 1, 90, 90, 260, "6.0", "yayasan")
MARKET = Building(
    "Pasar rakyat", ("sosial_budaya", "usaha"), 2, 1800, 980, 2600, "9.2", "negara", public=True
)
PLAIN = (HOUSE, STOREYS, SHOP, LODGING, WAREHOUSE, SHOPHOUSE, SCHOOL)
EVERY = (*PLAIN, COTTAGE, COMPOUND, MUSALA, MARKET)
STREETS = (
    "Jl. Kenanga", "Jl. Cempaka", "Jl. Pahlawan", "Jl. Raya Pasar", "Jl. Mawar", "Jl. Flamboyan",
    "Jl. Diponegoro", "Jl. Teratai", "Jl. Sawo", "Jl. Bahagia", "Jl. Merdeka",
)  # fmt: skip
EXAMPLE = "Misalnya "
"""How the help of a question begins that tells an answer."""
SOIL, WATER_PER_STEP, STEP = Decimal("0.28"), Decimal("1.5"), 60


def answers(rules: Daerah, building: Building, number: int) -> dict[str, Any]:
    """Return an answer to every question of the daerah for a building on an invented plot.

    Where the daerah serves no such building, a smaller one or a house is built, in the first
    kecamatan that it serves.
    """
    rules = rules.sides[False]
    small = replace(
        building, land_area=180, footprint=84, floor_area=84 * building.floors, parts=()
    )
    plans = (building, small, replace(small, functions=HOUSE.functions))
    places = len(areas.kecamatan(rules.region_code))
    found = (
        _answers(rules, plan, number, number + place) for plan in plans for place in range(places)
    )
    first = next(found)
    tried = itertools.chain([first], found)
    return next((given for given in tried if track(rules, given) != OUTSIDE), first)


def _answers(rules: Daerah, building: Building, number: int, place: int) -> dict[str, Any]:
    known = _plot(rules, number, place) | _measures(building)
    words = {
        "function": building.functions, "ownership": (building.owner, "badan_usaha"),
        "structure": (building.structure,), "work": ("baru",), "land_right": ("hak_milik",),
        "road_class": ("kabupaten",), "land_status": ("pekarangan",),
    }  # fmt: skip
    return {
        fact.code: known[fact.code] if fact.code in known else _plausible(fact, words)
        for fact in rules.fact
    }


def track(rules: Daerah, found: dict[str, Any], kind: str = "perorangan") -> str:
    """Return the track that these answers lead to, "" where none is decided."""
    derived = {"by_proxy": False, "applicant_kind": kind}
    return tracks.choose(rules.sides[False], found | derived)[0] or ""


def asked_of(rules: Daerah, service: str) -> dict[str, Any]:
    """Return an answer to every question by which a service on a permit of the portal is had."""
    rules = rules.sides[True]
    given = {fact.code: _plausible(fact, {}) for fact in rules.fact} | {"permit_in_portal": True}
    choices = {f.code: [c.value for c in f.choices] for f in rules.fact if f.choices}
    for values in itertools.product(*choices.values()):
        answered = given | dict(zip(choices, values, strict=True))
        if tracks.choose(rules, answered)[0] == service:
            return answered
    raise ValueError(f"no answers lead to {service}")


def _plot(rules: Daerah, number: int, place: int) -> dict[str, Any]:
    """Return where the plot lies: cases go round the kecamatan of the daerah."""
    known = areas.kecamatan(rules.region_code)
    kecamatan = known[place % len(known)][0]
    villages = areas.villages(kecamatan)
    return {
        "kecamatan": kecamatan,
        "village": villages[number * 3 % len(villages)][1],
        "address": f"{STREETS[number * 5 % len(STREETS)]} {2 + number * 7 % 90}",
        "land_owned": True,
        "land_document": f"Sertifikat hak milik nomor {1200 + number * 37:05d}",
    }


def _measures(building: Building) -> dict[str, Any]:
    covered = building.footprint + 30
    steps = -(-covered // STEP)
    return {
        "building_name": building.name, "floors": building.floors, "basement_floors": 0,
        "floor_area": Decimal(building.floor_area), "footprint": Decimal(building.footprint),
        "land_area": Decimal(building.land_area), "height": Decimal(building.height),
        "green_area": (building.land_area * SOIL).quantize(Decimal(1)),
        "front_setback": Decimal(7), "business_area": Decimal(building.business_area),
        "covered_area": Decimal(covered), "infiltration_volume": WATER_PER_STEP * steps,
        "public_interest": building.public, "warehouse": building.store,
        "septic_tank": True, "wall_material": "Bata merah",
        "roof_material": "Genteng tanah liat" if building.structure == "beton" else "Seng",
        "well_note": "Sumur bor dan air PDAM", "waste_well": True, "water_tower": True,
        "water_tower_volume": Decimal("1.5"),
    }  # fmt: skip


def _plausible(fact: Fact, words: dict[str, tuple[str, ...]]) -> Any:
    """Return an answer of the fact's type to a question that only this daerah asks."""
    if fact.type == "choice":
        offered = [choice.value for choice in fact.choices] or [""]
        return next((word for word in words.get(fact.code, ()) if word in offered), offered[0])
    if fact.type == "text" and fact.help.startswith(EXAMPLE):
        return fact.help.removeprefix(EXAMPLE)
    if fact.type == "boolean":
        return False
    if fact.type == "integer":
        return int(fact.min or 0)
    if fact.type == "decimal":
        return Decimal(fact.min or 1)
    return indonesia.today().isoformat() if fact.type == "date" else "Sesuai gambar"
