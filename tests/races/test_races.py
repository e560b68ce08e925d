"""Two hands at once, with real connections; each race shows that it would see a fault.

The figures stand in reports/race-*.json.
"""

import pytest

LONG = pytest.mark.panjang


def sizes(quick, *long):
    return pytest.mark.parametrize("count", [quick, *(pytest.param(n, marks=LONG) for n in long)])


def held(figures):
    """Say whether the guards kept every bout, and without them something happened twice."""
    assert figures["violations"] == 0, figures
    assert figures["locked"] == 0
    assert figures["control"]["doubles"] > 0, figures
    return True


@sizes(75, 750)
def test_of_two_officers_one_wins_and_the_other_is_told_who_and_what(ring, count):
    """On cases, and where two answer one complaint."""
    figures = ring("officers", count, 12)
    assert held(figures) and figures["winners"] == count
    assert figures["control"]["by_kind"]["answered"] > 0
    assert figures["faults"] == []


@sizes(8)
def test_of_two_signatories_one_signs(ring, count):
    figures = ring("signatories", count, 4)
    assert held(figures) and figures["winners"] == count
    assert figures["faults"] == []


@sizes(8)
def test_no_bill_is_drawn_twice_and_no_payment_confirmed_twice(ring, count):
    figures = ring("money", count, 4)
    assert held(figures) and figures["winners"] == count
    assert set(figures["control"]["by_kind"]) == {"drawn", "paid"}
    assert figures["faults"] == []


@sizes(24, 1000)
def test_a_bill_that_eight_clients_click_twice_is_issued_once(ring, count):
    figures = ring("bills", count, 8)
    assert held(figures) and figures["winners"] == count
    assert figures["faults"] == []


@sizes(13, 52)
def test_a_web_process_killed_between_payment_and_next_state_leaves_no_half_of_it(ring, count):
    """At each named point in turn; then the cashier clicks again."""
    figures = ring("kills", count, 4)
    assert figures["halves"] == 0 and figures["doubles"] == 0, figures
    assert figures["killed"] == count and figures["done"] == count
    assert figures["faults"] == []
    control = figures["control"]
    assert control["killed"] == control["count"] == 4, figures
    assert control["halves"] == 4, "without one transaction halves must be seen"
    assert control["faults"] > 0, "and the invariants must see them too"


@sizes(24)
def test_a_double_click_on_any_button_of_the_applicant_does_it_once(ring, count):
    figures = ring("clicks", count, 12)
    assert held(figures) and figures["winners"] == count
    assert len(figures["by_kind"]) == 12
    seen = {kind for kind, violations in figures["control"]["by_kind"].items() if violations}
    assert {"answer", "delete"} <= seen, figures["control"]
    assert figures["faults"] == []


@sizes(2)
def test_of_two_services_that_would_replace_one_permit_one_does(ring, count):
    figures = ring("services", count, 2)
    assert held(figures) and figures["winners"] == count
    assert figures["faults"] == []


@sizes(2)
def test_relief_is_asked_for_once_and_decided_by_one(ring, count):
    figures = ring("relief", count, 2)
    assert held(figures) and figures["winners"] == count
    assert figures["control"]["by_kind"] == {"wish": 1, "granted": 1}, figures["control"]
    assert figures["faults"] == []


@sizes(2)
def test_interest_is_drawn_up_once_and_signed_by_one(ring, count):
    """Without the lock number and paper still refuse the second hand, rudely: its fault seen."""
    figures = ring("arrears", count, 2)
    assert (figures["violations"], figures["locked"], figures["winners"]) == (0, 0, count), figures
    assert set(figures["control"]["by_kind"].values()) == {1}, figures
    assert not any("STRD" in text for text in figures["faults"]), figures


@LONG
def test_a_permit_is_frozen_once_and_issued_anew_once(ring):
    """Without the look at page and paper the second hand falls over the row itself, rudely."""
    figures = ring("sanctions", 4, 2)
    assert (figures["violations"], figures["locked"], figures["winners"]) == (0, 0, 4), figures
    assert set(figures["control"]["by_kind"].values()) == {1}, figures
    assert figures["faults"] == []


@sizes(3)
def test_of_two_who_sign_one_paper_electronically_one_seals_it_under_one_number(ring, count):
    """Two clicks and two signatories, on a bill and on an STRD.

    Without the claim both hands seal it, which is the fault seen; on SQLite two papers come of it,
    on PostgreSQL the paper itself, which is append-only, refuses the second hand, rudely.
    """
    figures = ring("seals", count, 2)
    assert (figures["violations"], figures["locked"], figures["winners"]) == (0, 0, count), figures
    assert figures["control"]["twice"] == figures["control"]["violations"] == 2, figures
    assert figures["database"] == "postgresql" or figures["control"]["doubles"] > 0, figures
    assert figures["faults"] == []


@sizes(1)
def test_no_more_goes_back_than_was_paid_and_no_refund_is_paid_out_twice(ring, count):
    figures = ring("refunds", count, 1)
    assert held(figures) and figures["winners"] == count
    assert figures["control"]["doubles"] == 2, figures["control"]
    assert figures["faults"] == []


@sizes(4)
def test_of_two_accounts_that_claim_a_person_from_the_counter_one_gets_him(ring, count):
    """Without the lock the second hand falls over the first one's rows, which is its fault seen."""
    figures = ring("claims", count, 3)
    assert (figures["violations"], figures["locked"], figures["winners"]) == (0, 0, count), figures
    assert figures["control"]["violations"] > 0, figures
    assert figures["faults"] == []


@sizes(2_240, 10_240)
def test_numbers_have_no_gap_and_no_double_over_the_turn_of_the_year(ring, count):
    figures = ring("numbers", count, 320)
    assert held(figures)
    assert figures["rolled_back"] >= count // 11
    assert len(figures["years"]) == 2 and min(figures["years"].values()) > 0


@sizes(8)
def test_of_two_clicks_on_a_questionnaire_one_is_an_answer(ring, count):
    figures = ring("survey", count, 4)
    assert held(figures) and figures["winners"] == count


@sizes(6)
def test_a_day_is_closed_once_and_no_line_falls_into_it_afterwards(ring, count):
    figures = ring("cash", count, 3)
    assert held(figures) and figures["winners"] == count, figures


@sizes(2)
def test_one_payment_is_settled_from_one_of_two_statements_and_the_other_hand_reads_by_whom(
    ring, count
):
    """SQLite lets one write at a time, so that only PostgreSQL can show the fault."""
    figures = ring("statements", count, 2)
    assert (figures["violations"], figures["winners"], figures["faults"]) == (0, count, []), figures
    assert figures["database"] == "sqlite" or figures["control"]["rude"] > 0, figures


@sizes(3)
def test_of_two_workers_one_makes_the_digest_of_a_day(ring, count):
    figures = ring("digests", count, 3)
    assert held(figures) and (figures["winners"], figures["refused"]) == (count, count), figures
    assert figures["faults"] == []
