"""Places: equals share one, bounds that overlap give a span, and no arrangement of the truth lies outside it."""

from fractions import Fraction
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from kaasav.documents.awardlist.places import Place, places


def settled(*totals):
    return [
        place.first if place.first == place.last else (place.first, place.last)
        for place in places([(Fraction(t), Fraction(t)) for t in totals])
    ]


def test_equals_share_a_place_and_the_next_is_left_out():
    assert settled(9, 7, 7, 5) == [1, 2, 2, 4]
    assert settled(7, 7, 7) == [1, 1, 1]
    assert settled(1, 2, 3) == [3, 2, 1]


def test_bounds_that_overlap_give_a_span_of_places():
    totals = [(Fraction(5), Fraction(8)), (Fraction(6), Fraction(6)), (Fraction(1), Fraction(2))]
    assert places(totals) == [Place(1, 2), Place(1, 2), Place(3, 3)]


def test_bounds_that_only_touch_may_be_equal_but_not_turned_round():
    assert places([(Fraction(6), Fraction(8)), (Fraction(4), Fraction(6))]) == [Place(1, 1), Place(1, 2)]


def test_one_without_a_total_takes_no_place():
    assert places([(Fraction(5), Fraction(5)), None, (Fraction(4), Fraction(4))]) == [Place(1, 1), None, Place(2, 2)]


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3)), min_size=1, max_size=4))
def test_every_place_that_can_come_out_lies_in_the_span_and_its_ends_do(drawn):
    totals = [(Fraction(lower), Fraction(lower + width)) for lower, width in drawn]
    outcomes = list(product(*(range(int(low), int(high) + 1) for low, high in totals)))
    for index, place in enumerate(places(totals)):
        possible = {1 + sum(other > outcome[index] for other in outcome) for outcome in outcomes}
        assert place is not None
        assert (min(possible), max(possible)) == (place.first, place.last)
