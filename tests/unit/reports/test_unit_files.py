"""Files of units are called by the unit, each by a name of its own."""

from hypothesis import given
from hypothesis import strategies as st

from reports.districts.unit_files import stems


@given(st.dictionaries(st.text("abc", min_size=1, max_size=4), st.text(max_size=90), max_size=12))
def test_every_unit_has_a_file_of_its_own_whatever_its_name(names: dict[str, str]) -> None:
    found = stems(names.items())
    assert found.keys() == names.keys()
    assert len({one.casefold() for one in found.values()}) == len(names)
    assert all(one and len(one) <= 60 for one in found.values())
    assert found == stems(reversed(list(names.items())))


def test_a_name_stays_readable_and_a_national_id_does_not_stand_in_it() -> None:
    assert stems([("a", "กลุ่มทอผ้า/บ้านเหนือ: {{7*7}}")]) == {"a": "กลุ่มทอผ้า-บ้านเหนือ- {{7-7}}"}
    assert "1000000000009" not in stems([("a", "นายทดสอบ 1000000000009")])["a"]
    assert stems([("b", "กลุ่มเดียวกัน"), ("a", "กลุ่มเดียวกัน")]) == {"a": "กลุ่มเดียวกัน", "b": "กลุ่มเดียวกัน~2"}
