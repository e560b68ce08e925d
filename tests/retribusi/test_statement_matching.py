"""Matching alone, over plain rows: which kind each line is, and why."""

import datetime
import random

import pytest

from imbportal.indonesia import tanggal
from retribusi.billing import check_digit
from retribusi.statements.codes import Codes, References, valid
from retribusi.statements.kinds import Kind
from retribusi.statements.matching import Bill, Entry, Interest, Terms, match, missing

pytestmark = pytest.mark.satu_basis_data
DAY = datetime.date(2026, 11, 10)
ONE = datetime.timedelta(days=1)
TERMS = Terms(out=("BIAYA ADM", "PELIMPAHAN"), into=("JASA GIRO", "BUNGA"), tolerance=3)


def code(number):
    digits = f"3528{number:08d}01"
    return digits + check_digit(digits)


def bill(number=1, amount=500_000, **more):
    paid = {"payment": number, "paid_on": DAY, "reference": "NTB 20261110001"}
    free = {"pk": number, "code": code(number), "number": f"SKRD-{number}", "amount": amount,
            "issued": DAY - 9 * ONE, "holder": "Budi Santosa"}  # fmt: skip
    return Bill(**free | (paid | more if more.pop("paid", True) else more))


def line(key, amount, text="", day=DAY, **more):
    return Entry(key, day, round(amount * 100), text, **more)


def judged(lines, bills=None):
    return match(lines, [bill()] if bills is None else bills, TERMS)


def kinds(*lines, bills=None):
    return [verdict.kind for _, verdict in sorted(judged(lines, bills).items())]


@pytest.mark.parametrize("text", [
    code(1), f"X{code(1)}Y", " ".join(code(1)), f"{code(1)[:4]}.{code(1)[4:8]}.{code(1)[8:]}",
    f"0812 3456 {code(1)} 20261110", "trf ntb-20261110-001 budi", f"{code(1)[:7]}-{code(1)[7:]}",
])  # fmt: skip
def test_a_bill_is_found_by_code_or_reference_however_the_bank_splits_it(text):
    assert kinds(line(1, 500_000, text)) == [Kind.MATCHED]


def test_short_over_and_double_money():
    text = code(1)
    assert kinds(line(1, 450_000, text)) == [Kind.SHORT]
    assert kinds(line(1, 500_000.01, text)) == [Kind.OVER]
    assert kinds(line(1, 500_000, text), line(2, 500_000, text)) == [Kind.MATCHED, Kind.DOUBLE]
    assert kinds(line(1, 10, text), line(2, 500_000, text)) == [Kind.DOUBLE, Kind.MATCHED]
    assert kinds(line(1, 500_000, text), bills=[bill(had=500_000_00)]) == [Kind.DOUBLE]
    parts = judged([line(1, 300_000, text), line(2, 200_000, text), line(3, 5, text)])
    assert [parts[n].kind for n in (1, 2, 3)] == [Kind.SHORT, Kind.SHORT, Kind.DOUBLE]
    assert parts[1].why == "Kurang Rp200.000 dari tagihan SKRD SKRD-1 Rp500.000."
    assert "Melengkapi tagihan SKRD SKRD-1 Rp500.000. Bersama Rp300.000" in parts[2].why


def test_the_state_of_the_bill_decides():
    text = code(1)
    for more, kind in (
        ({"void": True}, Kind.VOIDED), ({"filed": True}, Kind.IN_REVIEW), ({}, Kind.UNPROVEN),
    ):  # fmt: skip
        assert kinds(line(1, 500_000, text), bills=[bill(paid=False, **more)]) == [kind]


def test_the_day_may_differ_within_the_tolerance():
    text = code(1)
    assert kinds(line(1, 500_000, text, DAY + 3 * ONE)) == [Kind.MATCHED]
    verdict = judged([line(1, 500_000, text, DAY + 4 * ONE)])[1]
    assert verdict.kind == Kind.OTHER_DAY and "berselisih 4 hari" in verdict.why


def test_money_that_leaves_and_interest():
    assert kinds(line(1, -6_500, "BIAYA ADM NOVEMBER")) == [Kind.ASIDE]
    assert kinds(line(1, -500_000, f"BIAYA ADM {code(1)}")) == [Kind.REVERSED]
    assert kinds(line(1, -500_000, "TARIK TUNAI")) == [Kind.REVERSED]
    assert kinds(line(1, 1_234.56, "JASA GIRO")) == [Kind.ASIDE]
    # A payer may be called as the interest is: only the first words count, and never over a code.
    assert kinds(line(1, 500_000, "TRSF BUNGA LESTARI")) == [Kind.UNKNOWN]
    assert kinds(line(1, 500_000, f"BUNGA LESTARI {code(1)}")) == [Kind.MATCHED]


def test_one_mistake_in_a_code_proposes_its_bill():
    bills = [bill(n, 500_000 + n, payment=n, reference="") for n in range(1, 300)]
    codes = Codes({one.code: one.pk for one in bills})
    rng = random.Random(7)
    for _ in range(300):
        one, at = rng.choice(bills), rng.randrange(15)
        digit = str((int(one.code[at]) + rng.randrange(1, 10)) % 10)
        wrong = [
            one.code[:at] + digit + one.code[at + 1 :], one.code[:at] + one.code[at + 1 :],
            one.code[:at] + digit + one.code[at:],
        ]  # fmt: skip
        for text in wrong:
            if text in codes.known or not codes.found(f"TRF {text}") == []:
                continue
            assert one.pk in codes.nearly(f"TRF {text} OK"), (one.code, text)
            verdict = match([line(1, one.amount, text)], bills, TERMS)[1]
            assert (verdict.kind, verdict.proposals[0]) == (Kind.MISTYPED, one.pk)


def test_another_code_with_a_rightcheck_digit_is_no_mistake():
    verdict = judged([line(1, 7, code(2))])[1]
    assert (verdict.kind, verdict.proposals) == (Kind.UNKNOWN, ())
    assert valid(code(2)) and not valid(code(2)[:-1] + str((int(code(2)[-1]) + 1) % 10))


def test_interest_is_known_by_the_code_of_its_own_bill():
    owed = [Interest(n, code(70 + n), f"STRD-{n}", 7_000, paid=n == 1, void=n == 3, had=n == 4)
            for n in (1, 2, 3, 4)]  # fmt: skip
    lines = [line(n, 7_000, code(70 + n)) for n in (1, 2, 3, 4)]
    lines += [line(5, 7_000, code(71)), line(6, 6_999, code(72))]
    found = match(lines, [bill()], TERMS, owed)
    assert [found[n].kind for n in range(1, 7)] == [
        Kind.INTEREST, Kind.IN_REVIEW, Kind.VOIDED, Kind.DOUBLE, Kind.DOUBLE, Kind.DOUBLE,
    ]  # fmt: skip
    assert [found[n].strd for n in range(1, 7)] == [1, 2, 3, 4, 1, 2]
    assert "sudah masuk sebelumnya" in found[5].why and "dibatalkan" in found[3].why


def test_too_much_and_too_little_interest_belongs_to_its_bill():
    one = Interest(1, code(71), "STRD-1", 7_000, paid=True, came=7_500)
    for owed, sum_, kind, said in (
        (one, 7_500, Kind.INTEREST, "Kelebihan Rp500 sudah dibukukan"),
        (one, 7_600, Kind.OVER, "Lebih Rp600 dari STRD STRD-1"),
        (one, 6_000, Kind.SHORT, "Kurang Rp1.000 dari STRD STRD-1"),
        (one._replace(paid=False), 7_600, Kind.IN_REVIEW, "kelebihannya dikembalikan"),
    ):
        verdict = match([line(1, sum_, code(71))], [], TERMS, [owed])[1]
        assert (verdict.kind, verdict.strd) == (kind, 1) and said in verdict.why


def test_interest_with_a_mistyped_code_or_none_is_proposed():
    owed = [Interest(n, code(70 + n), f"STRD-{n}", 7_000 + n, holder="Siti Aminah", issued=DAY)
            for n in (1, 2)]  # fmt: skip
    wrong = f"{code(72)[:4]}{(int(code(72)[4]) + 1) % 10}{code(72)[5:]}"
    for text, kind in ((wrong, Kind.MISTYPED), ("TRSF SITI", Kind.UNKNOWN)):
        verdict = match([line(1, 7_002, text)], [bill()], TERMS, owed)[1]
        assert (verdict.kind, verdict.proposals) == (kind, ("strd-2",)), verdict
        assert "STRD STRD-2" in verdict.why
    for other in (line(1, 7_002, "TRSF SITI", DAY - ONE), line(1, 7_002, "TRSF BUDI"),
                  line(1, 7_009, "TRSF SITI")):  # fmt: skip
        assert match([other], [bill()], TERMS, owed)[1].proposals == ()
    assert match([line(1, 9, "X", strd=2)], [], TERMS, owed)[1].strd == 2, "somebody chose it"


def test_the_cash_of_a_counter_is_known_by_the_sum_of_its_day():
    cash = [bill(n, 100_000 + n, payment=n, reference="", counter="Kecamatan Kota")
            for n in (1, 2, 3)]  # fmt: skip
    other = bill(4, 50_000, payment=4, reference="", counter="Bank daerah")
    owed = [
        Interest(9, code(79), "STRD-9", 7_000, paid=True, paid_on=DAY, counter="Kecamatan Kota")
    ]
    whole = [*cash, other, bill(5, payment=5, reference="")]

    def told(sum_, day=DAY + ONE, *more):
        entries = [line(1, sum_, "SETORAN TUNAI", day), *more]
        return match(entries, whole, TERMS, owed)[1]

    verdict = told(307_006)
    assert (verdict.kind, verdict.proposals) == (Kind.CASH, (1, 2, 3, "strd-9"))
    assert "kas Kecamatan Kota" in verdict.why and "4 penerimaan" in verdict.why
    assert told(50_000).proposals == (4,) and told(357_006).proposals == (1, 2, 3, 4, "strd-9")
    for sum_, day in ((307_005, DAY), (307_006, DAY - ONE), (307_006, DAY + 4 * ONE)):
        assert told(sum_, day).kind == Kind.UNKNOWN
    own = line(2, 100_003, code(3))
    assert told(307_006, DAY, own).kind == Kind.UNKNOWN
    assert told(207_003, DAY, own).proposals == (1, 2, "strd-9"), "what has a line of its own"
    again = match([line(n, 307_006) for n in (1, 2)], whole, TERMS, owed)
    assert [again[n].kind for n in (1, 2)] == [Kind.CASH, Kind.UNKNOWN], "once"
    gone = missing([(307_006_00, verdict)], whole, DAY, DAY)
    assert [one.pk for one in gone] == [4, 5]


def test_the_cash_of_some_days_may_come_at_once():
    days = [(1, DAY), (2, DAY + ONE), (3, DAY + 3 * ONE)]
    cash = [bill(n, 100_000 + n, payment=n, reference="", counter="Loket", paid_on=day)
            for n, day in days]  # fmt: skip

    def told(sum_, day):
        return match([line(1, sum_, "SETORAN TUNAI", day)], cash, TERMS)[1]

    verdict = told(300_006, DAY + 3 * ONE)
    assert (verdict.kind, verdict.proposals) == (Kind.CASH, (1, 2, 3))
    assert f"{tanggal(DAY)} sampai {tanggal(DAY + 3 * ONE)}: 3 penerimaan" in verdict.why
    assert told(200_005, DAY + 3 * ONE).proposals == (2, 3)
    assert told(200_004, DAY + 3 * ONE).kind == Kind.UNKNOWN, "days in a row only"
    assert told(300_006, DAY + 4 * ONE).kind == Kind.UNKNOWN, "further back than the bank takes"


def test_amount_day_and_name_only_propose():
    verdict = judged([line(1, 500_000, "TRSF BUDI")])[1]
    assert (verdict.kind, verdict.proposals) == (Kind.UNKNOWN, (1,))
    for other in (line(1, 500_001, "BUDI"), line(1, 500_000, "SITI"),
                  line(1, 500_000, "BUDI", DAY + 9 * ONE)):  # fmt: skip
        assert judged([other])[1].proposals == ()
    taken = judged([line(1, 500_000, code(1)), line(2, 500_000, "TRSF BUDI")])
    assert taken[2].proposals == ()


def test_two_codes_in_one_text_are_left_to_a_person():
    both = [bill(1), bill(2, reference="")]
    verdict = match([line(1, 1_000_000, f"{code(1)} {code(2)}")], both, TERMS)[1]
    assert (verdict.kind, verdict.proposals) == (Kind.UNKNOWN, (1, 2))


def test_a_reference_that_two_proofs_have_or_that_is_short_says_nothing():
    known = References([("NTB 777777", 1), ("ntb777777", 2), ("12345", 3), ("ABCDEFG", 4)])
    assert known.found("NTB 777777 12345 ABCDEFG") == []


def test_whoever_assigned_a_line_is_believed_before_its_text():
    bills = [bill(1), bill(2, reference="")]
    assert match([line(1, 500_000, code(1), bill=2)], bills, TERMS)[1].bill == 2


def test_a_payment_that_no_line_shows_is_missing_once_its_days_are_over():
    paid = [bill(n, payment=n, paid_on=DAY + n * ONE, reference="") for n in range(6)]
    paid += [bill(9, paid=False), bill(8, had=5, reference="")]
    seen = judged([line(1, 500_000, code(0)), line(2, 500_000, f"{code(1)[:-1]}", DAY)], paid)
    told = [(500_000_00, verdict) for verdict in seen.values()]
    assert seen[2].kind == Kind.MISTYPED
    gone = missing(told, paid, DAY, DAY + 3 * ONE)
    assert [one.pk for one in gone] == [2, 3]  # 0 matched, 1 mistyped, 4 and 5 may still come
