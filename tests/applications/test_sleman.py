"""Sleman's document through the real services: hands, papers, messages, conditions."""

from documents.models import Paper

STEPS = [1, 2, 3, 4, 4, 5, 5, 6, 7, 8, 9, 10, 11, 12, 13]


def test_a_straight_walk_takes_the_steps_of_the_document(drive):
    driver = drive("COLLECTED", "sleman")
    steps = [step for event in driver.case.events.order_by("seq") for step in event.steps]
    assert steps == STEPS
    valid = Paper.objects.filter(case=driver.case.pk, status="berlaku")
    kinds = set(valid.values_list("kind", flat=True))
    assert {"izin", "ippt", "skrd", "tanda_terima", "tanda_terima_ippt"} <= kinds
    assert "pengesahan_sppl" not in kinds
