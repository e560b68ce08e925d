"""The tables of the documents and of the two national guidelines, typed anew by hand.

Nothing here comes from the portal's files: a slip of the pen there is not repeated here.
"""

from dataclasses import dataclass, field
from fractions import Fraction


def rows(names, *values):
    """Return a table: its keys in one text, their values as printed with a decimal point."""
    return dict(zip(names.split(), map(Fraction, values), strict=True))


def priced(**by_price):
    """Return a price list from ``rp1000="2211 2212"``."""
    return {
        code: Fraction(price.removeprefix("rp"))
        for price, codes in by_price.items()
        for code in codes.split()
    }


@dataclass(frozen=True)
class Book:
    """All that one daerah calculates with."""

    formula: str
    figure: dict
    table: dict
    prasarana: dict = field(default_factory=dict)
    biaya: dict = field(default_factory=dict)
    keringanan: dict = field(default_factory=dict)
    unpriced: tuple = ()

    @property
    def rows(self):
        """Return every row by (table, key)."""
        kinds = {kind: getattr(self, kind) for kind in KINDS}
        every = {**self.table, **kinds}
        return {(name, key): value for name, found in every.items() for key, value in found.items()}


KINDS = ("figure", "prasarana", "biaya", "keringanan")

# -- The index guideline of 2007 ------------------------------------------------------------
LOW_TO_HIGH = ("0.40", "0.70", "1.00")
GUIDELINE = {
    "bobot": {
        **rows("kompleksitas permanensi", "0.25", "0.20"),
        **rows("risiko_kebakaran zona_gempa", "0.15", "0.15"),
        **rows("kepadatan ketinggian kepemilikan", "0.10", "0.10", "0.05"),
    },
    "fungsi": {
        **rows("hunian_sederhana hunian keagamaan usaha", "0.05", "0.50", "0", "3"),
        **rows("sosial_budaya_negara sosial_budaya khusus ganda", "0", "1", "2", "4"),
    },
    "kompleksitas": rows("sederhana tidak_sederhana khusus", *LOW_TO_HIGH),
    "permanensi": rows("darurat semi_permanen permanen", *LOW_TO_HIGH),
    "risiko_kebakaran": rows("rendah sedang tinggi", *LOW_TO_HIGH),
    "zona_gempa": rows("1 2 3 4 5 6", "0.10", "0.20", "0.40", "0.50", "0.70", "1.00"),
    "kepadatan": rows("renggang sedang padat", *LOW_TO_HIGH),
    "ketinggian": rows("rendah sedang tinggi", *LOW_TO_HIGH),
    "kepemilikan": rows("negara yayasan perorangan badan_usaha", "0.40", "0.40", "0.70", "1.00"),
    "waktu_penggunaan": rows("sementara_pendek sementara_menengah tetap", *LOW_TO_HIGH),
    "pengali": rows("di_bawah_tanah_atau_air", "1.30"),
    "kegiatan": {
        **rows("baru rehabilitasi_sedang rehabilitasi_berat", "1.00", "0.45", "0.65"),
        **rows("pelestarian_pratama pelestarian_madya pelestarian_utama", "0.65", "0.45", "0.30"),
    },
    "kegiatan_prasarana": rows("baru rehabilitasi_sedang rehabilitasi_berat", "1", "0.45", "0.65"),
    "indeks_prasarana": rows("umum", "1"),
}

# -- PP 16/2021 -----------------------------------------------------------------------------
HALVED = {
    **rows("baru rehabilitasi_sedang rehabilitasi_berat", "1", "0.225", "0.325"),
    **rows("pelestarian_pratama pelestarian_madya pelestarian_utama", "0.325", "0.225", "0.15"),
}
FLOORS = (
    "1 1.09 1.12 1.135 1.162 1.197 1.236 1.265 1.299 1.333 "
    "1.364 1.393 1.42 1.445 1.468 1.489 1.508 1.525 1.541 1.556"
).split()
REGULATION = {
    "bobot": rows("kompleksitas permanensi ketinggian", "0.3", "0.2", "0.5"),
    "fungsi": {
        **rows("hunian keagamaan usaha usaha_umkm", "0.15", "0", "0.7", "0.5"),
        **rows("sosial_budaya khusus campuran", "0.3", "1", "0.6"),
    },
    "fungsi_besar": rows("hunian campuran", "0.17", "0.8"),
    "batas_luas": rows("hunian campuran", "100", "500"),
    "batas_lantai": rows("hunian campuran", "2", "2"),
    "kompleksitas": rows("sederhana tidak_sederhana", "1", "2"),
    "permanensi": rows("non_permanen permanen", "1", "2"),
    "lantai": {str(number): Fraction(text) for number, text in enumerate(FLOORS, start=1)},
    "basemen": rows("1 2 3", "1.197", "1.299", "1.393"),
    "kepemilikan": rows("negara perorangan badan_usaha", "0", "1", "1"),
    "kegiatan": HALVED,
    "kegiatan_prasarana": HALVED,
    "indeks_prasarana": rows("umum", "1"),
}

# -- Malang: both lists of its fourth component ------------------------------------------------
MALANG = Book(
    "permen24",
    rows("hsbg", "4000"),
    {
        **GUIDELINE,
        "kegiatan": {
            **rows("baru rehabilitasi_sedang rehabilitasi_berat", "1.00", "0.45", "0.65"),
            **rows("pelestarian_pratama pelestarian_madya", "0.66", "0.45"),
            **rows("pelestarian_utama", "0.30"),
        },
    },
    prasarana=priced(
        rp1000="2211 2212 2213 2221 2222 2231 2232 2233 2234 2235 2241 2242 2243 2251",
        rp3500="2252 2253 2254 2261 2272 2281",
        rp7000="2262 2263 2264 2271",
        rp4000="2282 2283 2284 2285 2286",
        rp14000="2287 2291 2292 2293",
    ),
    biaya=rows("formulir administrasi", "5000", "14000"),
    unpriced=("2214", "2223", "2273", "2294"),
)

# -- Bombana: Tk and the index of the building's condition; its prices are samples -------------
BOMBANA = Book(
    "permen24",
    rows("hsbg", "12000"),
    {
        **GUIDELINE,
        "kondisi": {
            **rows("belum_dimulai galian pondasi dinding_kolom", "1", "1.10", "1.20", "1.30"),
            **rows("kap atap telah_digunakan", "1.40", "1.50", "1.75"),
        },
    },
    prasarana=rows("pagar perkerasan gapura", "1000", "1000", "50000"),
)

# -- The others: national tables and sample prices; Probolinggo's reliefs of articles 9 and 10 ---
FIVE_KINDS = rows("mengubah memperluas mengurangi merawat", "0.45", "1", "0.45", "0.45")
PAMEKASAN = Book(
    "permen24", rows("hsbg", "15000"), GUIDELINE,
    prasarana=rows("pagar perkerasan septik", "5000", "2000", "50000"),
)  # fmt: skip
SLEMAN = Book("permen24", rows("hsbg", "12000"), GUIDELINE)
PROBOLINGGO = Book(
    "permen24",
    rows("hsbg", "10000"),
    {
        **GUIDELINE,
        "kegiatan": GUIDELINE["kegiatan"] | FIVE_KINDS,
        "kegiatan_prasarana": GUIDELINE["kegiatan_prasarana"] | FIVE_KINDS,
    },
    prasarana=rows("pagar perkerasan", "1000", "1000"),
    keringanan=rows("hunian sosial_budaya usaha pembebasan", "20", "30", "20", "100"),
)
CONTOH = Book(
    "pp16", rows("shst ilo", "6170000", "0.5"), REGULATION,
    prasarana=rows("pagar perkerasan", "25200", "2300"),
    keringanan=rows("sosial mbr", "50", "100"),
)  # fmt: skip

# -- A flat rate, which no document has: the tariff of the tests is made from this -------------
FLAT = Book(
    "datar",
    rows("rate", "17500"),
    {
        "kegiatan": rows("baru rehabilitasi_berat", "1", "0.5"),
        "kegiatan_prasarana": rows("baru", "1"),
        "indeks_prasarana": rows("umum pagar", "1", "1.5"),
    },
    prasarana=rows("pagar gapura", "10.3", "7200"),
    biaya=rows("formulir", "5000.25"),
    keringanan=rows("sebagian", "12.5"),
)
BOOKS = {
    "bombana": BOMBANA, "contoh": CONTOH, "malang": MALANG, "pamekasan": PAMEKASAN,
    "probolinggo": PROBOLINGGO, "sleman": SLEMAN,
}  # fmt: skip
