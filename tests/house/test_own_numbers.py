"""What a test draws by its numbers is decided by its name, not by what ran before it in its process."""

from tests.own_numbers import begin, next_number, numbers_of


def test_a_name_has_the_same_numbers_whatever_was_drawn_before() -> None:
    begin("one")
    first = [next_number() for _ in range(3)]
    begin("another")
    others = [next_number() for _ in range(3)]
    begin("one")
    assert [next_number() for _ in range(3)] == first
    assert len({*first, *others}) == 6


def test_what_is_shared_takes_none_of_the_numbers_of_who_asks_first() -> None:
    begin("one")
    without = [next_number() for _ in range(2)]
    begin("one")
    before = next_number()
    with numbers_of("shared"):
        shared = next_number()
    assert [before, next_number()] == without
    begin("another")
    with numbers_of("shared"):
        assert next_number() == shared
