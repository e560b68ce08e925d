"""What a daerah's file says of permits that are frozen or revoked, and what is refused in it."""

import pytest
from refusals import refused_with
from sixth_daerah import FILE

from imbportal.daerah.loader import parse

KINDS = 'kinds = ["izin"]\nwarning'
WRONG = [
    # what is spoilt (old, new), the key that is named, and words
    (KINDS, 'kinds = ["ijin"]\nwarning', "sanction.kinds", 'paper "ijin"'),
    (KINDS, 'kinds = ["izin", "skrd"]\nwarning', "sanction.kinds", "is voided"),
    (KINDS, 'kinds = ["izin"]\nalong = ["izin"]\nwarning', "sanction.along", "under kinds"),
    (KINDS, 'kinds = ["izin"]\ndecided_by = "raja"\nwarning', "sanction.decided_by", "raja"),
    (KINDS, 'kinds = ["izin"]\ndecided_by = "bupati"\nwarning', "paper.pembekuan.signed_by",
     "bupati"),
    ("[paper.peringatan]", "[paper.teguran]", "paper.peringatan", "missing"),
    ('unit = "hari", cite = "Contoh pasal 6"', 'unit = "hari", start = "submit", cite = "Contoh"',
     "sanction.warning", "from its letter"),
    ('issue = ["skrd"]', 'issue = ["skrd", "pencabutan"]', "on.issue_skrd.issue", "[sanction]"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "key", "words"), WRONG)
def test_a_file_by_which_nobody_could_decide_is_refused(old, new, key, words):
    problems = refused_with(old, new)
    assert any(key in problem and words in problem for problem in problems)


def test_an_older_version_without_the_table_can_still_be_read():
    content = FILE.read_text()
    before, rest = content.split("[sanction]")
    assert parse(before + "[complaint]" + rest.split("[complaint]")[1], FILE.name).sanction is None
