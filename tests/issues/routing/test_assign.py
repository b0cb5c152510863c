import random

from issues.routing import Names, Officer, choose_assignee, explain


def test_the_duty_officer_comes_before_the_least_loaded():
    assert choose_assignee([Officer(1), Officer(2, on_duty=True, open_count=9)]).officer_id == 2


def test_of_several_on_duty_the_least_loaded():
    officers = [Officer(1, on_duty=True, open_count=3), Officer(2, on_duty=True, open_count=2), Officer(3)]
    assert choose_assignee(officers).officer_id == 2


def test_the_absent_get_nothing_even_on_duty():
    choice = choose_assignee(
        [Officer(1, on_duty=True, absent=True), Officer(2, open_count=5), Officer(3, open_count=4)]
    )
    assert choice.officer_id == 3
    assert [s.code for s in choice.trace] == ["absent_left_out", "least_loaded"]


def test_equal_load_goes_to_the_smallest_id_whatever_the_order():
    officers = [Officer(n, open_count=1) for n in range(1, 9)]
    random.Random(3).shuffle(officers)
    assert choose_assignee(officers).officer_id == 1


def test_nobody_there():
    assert choose_assignee([]).officer_id is None
    choice = choose_assignee([Officer(1, absent=True)])
    assert choice.officer_id is None
    assert explain(choice.trace)[-1] == "No officer is present; the head of the agency decides."


def test_in_words():
    choice = choose_assignee([Officer(4, open_count=2)])
    assert explain(choice.trace, Names(officers={4: "CB-4"})) == ["Goes to CB-4, who has the fewest open tickets (2)."]
