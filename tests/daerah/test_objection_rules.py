"""What a daerah's file says of objections and refunds, and what is refused in it."""

import pytest
from refusals import refused_with

from imbportal.daerah import registry
from retribusi.corrections import objections

WRONG = [
    # what is spoilt (old, new), the key that is named, and words
    ('decided_by = "kadis"\nreceipt', 'decided_by = "raja"\nreceipt', "objection.decided_by",
     'role "raja"'),
    ('decided_by = "kadis"\nreceipt', 'decided_by = "bupati"\nreceipt', "objection.paper",
     "is signed by kadis"),
    ('receipt = "tanda_terima_keberatan"', 'receipt = "bon"', "objection.receipt", 'paper "bon"'),
    ('receipt = "tanda_terima_keberatan"', 'receipt = "izin"', "objection.receipt",
     "nobody signs it"),
    ('cite = "Contoh pasal 4"', 'cite = "Contoh pasal 4"\nstops_due = true',
     "objection.stops_due", "False"),
    ('cite = "Contoh pasal 4"', 'cite = "Pasal 4"', "objection.note", "contoh"),
    ('approved_by = "bupati"', 'approved_by = "raja"', "refund.approved_by", 'role "raja"'),
    ('pattern = "{n3}/LB/{year}"', 'pattern = "{n3}/LB/{year}"\nsigned_by = "kadis"',
     "paper.skrdlb.signed_by", "bupati"),
    ('issue = ["skrd"]', 'issue = ["skrd", "skrdlb"]', "on.issue_skrd.issue", "a refund alone"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "key", "words"), WRONG)
def test_a_file_that_would_leave_one_undecided_is_refused(old, new, key, words):
    problems = refused_with(old, new)
    assert any(key in problem and words in problem for problem in problems)


def test_the_page_says_who_decides_or_where_to_turn():
    told = objections.in_words(registry.current("contoh"))
    assert "dalam 30 hari sejak tanggal SKRD" in told and "diputus oleh Sekretaris Dinas" in told
    assert "tidak menunda jatuh tempo" in told
    silent = objections.in_words(registry.current("malang"))
    assert "belum ditetapkan" in silent and registry.current("malang").office.name in silent
