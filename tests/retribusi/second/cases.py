"""Random inputs for a book: well formed, some of them with one thing that no table has."""

REFUSED = 0.1
"""Share of the inputs in which something is put that no table has."""
DAY = "2026-07-01"
CLASSES = (
    "fungsi kompleksitas permanensi risiko_kebakaran zona_gempa kepadatan ketinggian kepemilikan "
    "waktu_penggunaan"
).split()


def draw(rng, book):
    """Return one input as ``hitung_retribusi`` takes it."""
    work = "baru" if rng.random() < 0.4 else rng.choice([*book.table["kegiatan"]])
    raw = {
        "tanggal": DAY,
        "kegiatan": work,
        "bangunan": [PART[book.formula](rng, book) for _ in range(rng.choice((0, 1, 1, 1, 2, 3)))],
        "prasarana": structures(rng, book, work),
        "biaya": [code for code in book.biaya if rng.random() < 0.4],
    }
    if book.keringanan and rng.random() < 0.3:
        raw["keringanan"] = rng.choice([*book.keringanan])
    if "kondisi" in book.table and rng.random() < 0.4:
        begun = work == "baru" or rng.random() < 0.1
        raw["kondisi"] = rng.choice([*book.table["kondisi"]]) if begun else "belum_dimulai"
    if rng.random() < 0.5:
        raw["tarif"] = tried(rng, book)
    if rng.random() < (0.1 if book.prasarana else 0.5):
        new = rng.choice([*book.unpriced, "belum_ada"])
        raw.setdefault("tarif", {}).setdefault("prasarana", {})[new] = amount(rng, 20_000)
        raw["prasarana"].append(structure(rng, book, work, new))
    if rng.random() < REFUSED:
        spoil(rng, book, raw)
    if not (raw["bangunan"] or raw["prasarana"] or raw["biaya"]):
        raw["bangunan"] = [PART[book.formula](rng, book)]
    return raw


def amount(rng, most):
    """Return a positive figure as people write it, with up to ten decimals."""
    places = rng.choice((0, 0, 1, 2, 2, 4, 10))
    units = rng.randint(1, rng.choice((most, most, most // 100 + 1)) * 10**places)
    text = str(units).rjust(places + 1, "0")
    return f"{text[:-places]}.{text[-places:]}" if places else text


def structures(rng, book, work):
    codes = [*book.prasarana]
    count = rng.choice((0, 0, 1, 2, 3)) if codes else 0
    return [structure(rng, book, work, rng.choice(codes)) for _ in range(count)]


def structure(rng, book, work, code):
    """Return one structure, with work of its own where that of the buildings is none for it."""
    item, known = {"kode": code, "volume": amount(rng, 5000)}, book.table["kegiatan_prasarana"]
    if rng.random() < (0.3 if work in known else 0.9):
        item["kegiatan"] = rng.choice([*known])
    return item


def tried(rng, book):
    figures = {name: amount(rng, 9 if name == "ilo" else 100_000) for name in book.figure}
    what_if = {name: figures[name] for name in figures if rng.random() < 0.7}
    for kind in ("prasarana", "biaya"):
        codes = [*getattr(book, kind), *(book.unpriced if kind == "prasarana" else ())]
        if codes and rng.random() < 0.3:
            what_if[kind] = {rng.choice(codes): amount(rng, 20_000)}
    return what_if


def spoil(rng, book, raw):
    """Put one thing into an input that the tables do not have."""
    codes = [*book.unpriced, "bukan_kode"]
    raw.pop("tarif", None)
    ways = [
        lambda: raw.update(prasarana=[{"kode": rng.choice(codes), "volume": "1"}]),
        lambda: raw.update(biaya=["bukan_biaya"]),
        lambda: raw.update(keringanan="bukan_keringanan"),
        lambda: raw.update(kegiatan="bukan_kegiatan"),
    ]
    if raw["bangunan"]:
        part = rng.choice(raw["bangunan"])
        if book.formula == "permen24":
            ways += [lambda: part.update({rng.choice(CLASSES): "bukan_kelas"})] * 4
        elif book.formula == "pp16":
            words = ("fungsi", "kompleksitas", "permanensi", "kepemilikan")
            deep = {"lapis_basemen": 4, "luas_basemen": part["luas"]}
            ways += [lambda: part.update({rng.choice(words): "bukan_kelas"})] * 3
            ways += [lambda: part.update(lantai=21, lapis_basemen=0, luas_basemen="0")]
            ways += [lambda: part.update(deep)]
    rng.choice(ways)()


def by_indices(rng, book):
    part = {name: rng.choice([*book.table[name]]) for name in CLASSES}
    part["luas"] = amount(rng, 20_000)
    if rng.random() < 0.2:
        part["zona_gempa"] = int(part["zona_gempa"])
    if rng.random() < 0.4:
        part["di_bawah_tanah_atau_air"] = rng.random() < 0.6
    return part


def by_regulation(rng, book):
    words = ("fungsi", "kompleksitas", "permanensi", "kepemilikan")
    part = {name: rng.choice([*book.table[name]]) for name in words}
    size = rng.choice((100, 500, rng.randint(1, 200), rng.randint(1, 20_000)))
    cents = max(1, size * 100 + rng.choice((0, 0, 1, -1, rng.randint(0, 99))))
    part["luas"] = f"{cents / 100:.2f}"
    part["lantai"] = rng.choice((1, 2, 3, rng.randint(1, 20)))
    if rng.random() < 0.35:
        below = cents if rng.random() < 0.1 else rng.randint(1, cents)
        part["luas_basemen"] = f"{below / 100:.2f}"
        part["lapis_basemen"] = rng.randint(1, 3)
        if below == cents and rng.random() < 0.5:
            part["lantai"] = 0
    return part


def flat(rng, book):
    return {"luas": amount(rng, 20_000), "fungsi": "apa saja"}


PART = {"permen24": by_indices, "pp16": by_regulation, "datar": flat}
