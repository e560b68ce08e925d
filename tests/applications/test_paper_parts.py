"""Parts that papers share."""

from types import SimpleNamespace as Slot

from applications import paper_parts


def test_a_receipt_counts_what_was_handed_in(monkeypatch):
    slots = [
        Slot(requirement=Slot(label=label), version=pages and Slot(pages=pages))
        for label, pages in (("KTP", 1), ("Surat kuasa", None), ("Denah", 3))
    ]
    monkeypatch.setattr(paper_parts.requirements, "due", lambda application: slots)
    rows = paper_parts.filed(application=None).table.rows
    assert rows == (("1", "KTP", "1 halaman"), ("2", "Denah", "3 halaman"))
