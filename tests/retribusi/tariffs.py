"""Tariffs that tests build themselves over the shared tables; every figure is invented here."""

import datetime

from imbportal.daerah.tariffs import Fee, Figure, Tariff

BEGAN = datetime.date(2010, 1, 1)


def figures(values, **more):
    return {code: Figure(value=str(value), cite="uji", **more) for code, value in values.items()}


def tariff(formula, figure, *, index=None, contoh=False, berlaku=BEGAN, **money):
    codes = money.pop("kode_rekening", {})
    kinds = {kind: figures(values) for kind, values in money.items()}
    kinds["biaya"] = {code: Fee(**fee.model_dump()) for code, fee in kinds.get("biaya", {}).items()}
    return Tariff(
        id=f"uji_{formula}",
        cite="uji",
        contoh=contoh,
        berlaku=berlaku,
        formula=formula,
        table=formula if formula != "datar" else "",
        figure=figures(figure),
        index={name: figures(values) for name, values in (index or {}).items()},
        kode_rekening=codes,
        **kinds,
    )


STAGES = {"belum_dimulai": 1, "galian": "1.10", "dinding_kolom": "1.30", "atap": "1.50"}
BUILT = {
    "index_4000": tariff(
        "permen24",
        {"hsbg": 4000},
        prasarana={"2211": 1000, "2251": 1000, "2254": 3500, "2264": 7000, "2291": 14000},
        biaya={"formulir": 5000, "administrasi": 14000},
    ),
    "index_stages": tariff("permen24", {}, index={"kondisi": STAGES}),
}
