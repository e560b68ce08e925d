"""Files of banks: any dialect is read back as written; what is broken says where and why."""

import csv
import datetime
import io
import string

import pytest
from bank_paper import Line as Written
from bank_paper import as_csv, as_mt940, figure
from hypothesis import given, settings
from hypothesis import strategies as st

from retribusi.statements import csv_file, guessing
from retribusi.statements.importing import fingerprints
from retribusi.statements.mapping import DATES, Mapping
from retribusi.statements.mt940_file import parse as parse_mt940
from retribusi.statements.rows import BYTES, BrokenFile, Row

pytestmark = pytest.mark.satu_basis_data
TODAY = datetime.date(2026, 11, 26)
ACCOUNT = "00123456789"
DAYS = st.dates(datetime.date(2024, 1, 1), TODAY)
SUMS = st.integers(1, 10**13).flatmap(lambda sen: st.sampled_from([sen, -sen]))
LETTERS = string.ascii_letters + string.digits + " ./-'\"=+@;,|éñ"
TEXTS = st.text(LETTERS, min_size=1, max_size=40).map(lambda text: " ".join(text.split()) or "x")
LINES = st.lists(st.tuples(DAYS, SUMS, TEXTS), min_size=1, max_size=12)
FORMS = sorted(form for form in DATES if "%b" not in form)


def rows_of(parsed):
    return [(row.day, row.sen, row.text) for row in parsed.rows]


# -- Round trips ------------------------------------------------------------------------------
@settings(max_examples=120, deadline=None)
@given(lines=LINES, data=st.data())
def test_a_csv_of_any_dialect_is_read_back(lines, data):
    draw = data.draw
    mapping = Mapping(
        delimiter=draw(st.sampled_from(";,\t|")), skip=draw(st.integers(0, 3)),
        header=draw(st.booleans()), date_format=draw(st.sampled_from(FORMS)),
        amounts=draw(st.sampled_from(["satu", "dua", "tanda"])), texts=[2],
        decimal=draw(st.sampled_from(",.")), encoding=draw(st.sampled_from(["auto", "cp1252"])),
        amount=3, debit=3, credit=4, mark=draw(st.sampled_from([3, 4])), stop="Saldo akhir",
    )  # fmt: skip
    file = io.StringIO()
    table = csv.writer(file, delimiter=mapping.delimiter, quoting=draw(st.sampled_from([0, 1])))
    for _ in range(mapping.skip):
        table.writerow(["Bank Daerah", "", ""])
    if mapping.header:
        table.writerow(["Tanggal", "Keterangan", "A", "B"])
    for day, sen, text in lines:
        table.writerow([day.strftime(mapping.date_format), text, *_sums(sen, mapping)])
    table.writerow(["Saldo akhir", "", "", "1"])
    stored = file.getvalue().encode("utf-8-sig" if mapping.encoding == "auto" else "cp1252")
    assert rows_of(csv_file.parse(stored, mapping, TODAY)) == lines


def _sums(sen, mapping):
    text = figure(abs(sen), mapping.decimal)
    if mapping.amounts == "satu":
        return [figure(sen, mapping.decimal), ""]
    if mapping.amounts == "dua":
        return ["", text] if sen > 0 else [text, ""]
    mark = "K" if sen > 0 else "DB"
    return [f"{text} {mark}", ""] if mapping.mark == 3 else [text, mark]


@settings(max_examples=40, deadline=None)
@given(lines=LINES, opening=st.integers(-(10**12), 10**12))
def test_mt940_of_several_statements_is_read_back(lines, opening):
    lines = [(day, sen, "".join(c for c in text if c.isascii() and c not in "\"'").strip(" :-?"))
             for day, sen, text in lines]  # fmt: skip
    lines = [(day, sen, " ".join(text.split()) or "X") for day, sen, text in lines]
    stored = [Written(day, sen, text, f"R{n}") for n, (day, sen, text) in enumerate(lines)]
    parsed = parse_mt940(as_mt940(stored, ACCOUNT, opening), Mapping(kind="mt940"), TODAY, ACCOUNT)
    assert [(row.day, row.sen) for row in parsed.rows] == [line[:2] for line in lines]
    assert [row.reference for row in parsed.rows] == [line.reference for line in stored]
    assert [row.text for row in parsed.rows] == [line[2] for line in lines]
    assert parsed.opening == opening and parsed.closing == opening + parsed.sum


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=300), kind=st.sampled_from(["csv", "mt940"]))
def test_any_bytes_are_read_or_refused_in_words(data, kind):
    from retribusi.statements.reading import read

    mapping = Mapping(kind=kind, amount=3)
    try:
        read(data, mapping, TODAY)
        read(b":20:X\n:25:1\n:60F:C261101IDR0,00\n" + data, mapping, TODAY)
    except BrokenFile as broken:
        assert str(broken)


# -- Refusals, each by its line -----------------------------------------------------------------
TWO = Mapping(amounts="satu", amount=3, heading=["Tanggal", "Keterangan", "Jumlah"])
HEAD = "Tanggal;Keterangan;Jumlah\n01/11/2026;SETORAN;1.000,00\n"


@pytest.mark.parametrize(
    "more, why",
    [
        ("31/02/2026;X;1,00\n", "Baris 3: “31/02/2026” bukan tanggal"),
        ("01/11/2062;X;1,00\n", "Baris 3: tanggal 1 November 2062 tidak mungkin"),
        ("01/11/2026;X;1,000.00\n", "Baris 3: “1,000.00” bukan jumlah uang dengan koma desimal"),
        ("01/11/2026;X;1.00.000\n", "Baris 3"), ("01/11/2026;X;(5\n", "Baris 3"),
        ("01/11/2026;X;=1+1\n", "Baris 3"), ("01/11/2026;X;0,00\n", "jumlahnya nol"),
        ("01/11/2026;X;٣\n", "Baris 3"), ("01/11/2026;X\n", "hanya 2 kolom"),
        ('01/11/2026;"X;1,00\n', "tanda kutip tidak berpasangan"),
        ("01/11/2026;X;99999999999999999\n", "terlalu besar"),
        ("01/11/2026;" + "x" * 3000 + ";1\n", "lebih panjang dari 2000 huruf"),
        ("01/11/2026;\x00;1\n", "bukan berkas teks"),
    ],
)  # fmt: skip
def test_a_broken_line_is_named(more, why):
    with pytest.raises(BrokenFile) as told:
        csv_file.parse((HEAD + more).encode(), TWO, TODAY)
    assert why in str(told.value)


@pytest.mark.parametrize(
    "data, why",
    [
        (b"", "kosong"), (b"PK\x03\x04xlsx", "bukan XLSX atau PDF"), (b"%PDF-1.7", "bukan"),
        (b"x" * (BYTES + 1), "lebih besar dari 4 MB"),
        (b"Tanggal;Keterangan;Jumlah\n", "Tidak ada"),
        (b"Tgl;Keterangan;Jumlah\n01/11/2026;A;1\n", "Judul kolom 1"),
        ((HEAD + "01/11/2026;A;1\n" * 5000).encode(), "lebih dari 5000 baris"),
        ("Tanggal;Keterangan;Jumlah\n01/11/2026;\x81;1\n".encode("latin-1"), "Baris 2"),
    ],
)  # fmt: skip
def test_a_file_that_is_none_is_refused(data, why):
    with pytest.raises(BrokenFile, match=why):
        csv_file.parse(data, TWO, TODAY)


def test_a_line_that_is_lacking_breaks_the_running_balance():
    lines = [Written(TODAY, 100_00 * n, f"SETORAN {n}", f"R{n}") for n in range(1, 6)]
    from bank_paper import MAPPING

    mapping = Mapping(**MAPPING)
    whole = as_csv(lines)
    assert csv_file.parse(whole, mapping, TODAY).closing == 1_000_000_00 + 1500_00
    cut = b"\r\n".join(row for row in whole.split(b"\r\n") if b"R3" not in row)
    with pytest.raises(BrokenFile, match=r"Baris 7: saldo Rp1.001.000, seharusnya Rp1.000.700"):
        csv_file.parse(cut, mapping, TODAY)
    rows = whole.split(b"\r\n")
    upside = b"\r\n".join([*rows[:4], *rows[4:-1][::-1], b""])
    parsed = csv_file.parse(upside, mapping, TODAY)
    assert (parsed.opening, parsed.closing) == (1_000_000_00, 1_000_000_00 + 1500_00)


GOOD = as_mt940([Written(TODAY, 100_00, "SETORAN", "R1"), Written(TODAY, -50_00, "BIAYA", "R2")],
                ACCOUNT)  # fmt: skip


@pytest.mark.parametrize(
    "old, new, why",
    [
        (b"C100,00", b"C200,00", "tidak menjadi saldo akhir"),
        (b"IDR", b"USD", "bukan rupiah"), (b":62F:", b":63F:", "saldo akhir"),
        (b":20:", b":21:", "bukan berkas MT940"), (b":25:00123456789", b":25:999", "rekening"),
        (b":61:261126", b":61:261399", "Baris 5: tidak menurut susunan MT940"),
        (b"C100,00NTRF", b"C1000", "Baris"), (b"C100,00", b"RC100,00", "saldo akhir"),
    ],
)  # fmt: skip
def test_a_broken_mt940_is_refused(old, new, why):
    with pytest.raises(BrokenFile, match=why):
        parse_mt940(GOOD.replace(old, new), Mapping(kind="mt940"), TODAY, ACCOUNT)


def test_a_name_of_a_file_is_never_opened(tmp_path):
    (tmp_path / "koran.sta").write_bytes(GOOD)
    with pytest.raises(BrokenFile):
        parse_mt940(str(tmp_path / "koran.sta").encode(), Mapping(kind="mt940"), TODAY)


# -- Marks, and the first guess -------------------------------------------------------------------
def test_equal_lines_of_a_day_are_told_apart_and_known_again():
    row = Row(1, TODAY, 100_00, "SETORAN TUNAI")
    first = {mark for mark, _ in fingerprints(ACCOUNT, [row, row])}
    again = [mark for mark, _ in fingerprints("0012-3456-789", [row, row, row])]
    assert len(first) == 2 and first < set(again) and len(set(again)) == 3
    other = fingerprints(ACCOUNT, [row._replace(reference="A1"), row._replace(number="7")])
    assert not first & {mark for mark, _ in other}


@pytest.mark.parametrize(
    "text, found",
    [
        (as_csv([Written(TODAY, 1_234_567_00, "A", "R"), Written(TODAY, -1, "B", "S")]).decode(),
         {"delimiter": ";", "skip": 3, "day": 1, "texts": "2", "reference": 3, "debit": 4,
          "credit": 5, "balance": 6, "amounts": "dua", "decimal": ",", "date_format": "%d/%m/%Y"}),
        ("Date,Description,Amount,DB/CR\n31-Des-2026,X,\"1,000.00\",CR\n",
         {"delimiter": ",", "amounts": "tanda", "amount": 3, "mark": 4, "decimal": ".",
          "date_format": "%d-%b-%Y"}),
        (GOOD.decode(), {"kind": "mt940"}),
        ("apa saja", {"kind": "csv"}),
    ],
)  # fmt: skip
def test_the_dialect_is_guessed_from_a_sample(text, found):
    assert found.items() <= guessing.guess(text).items()
