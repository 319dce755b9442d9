"""Computed ids: of version 4, and convertible from and to version 5."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mochocho.words.ids import former, renewed, uuid_of


@given(st.text())
def test_an_id_is_of_version_4_and_names_what_had_that_of_version_5(said: str) -> None:
    id_ = uuid_of(said)
    assert (UUID(id_).version, UUID(former(id_)).version) == (4, 5)
    assert renewed(former(id_)) == renewed(id_) == id_
    assert former(former(id_)) == former(id_)


@pytest.mark.parametrize("written", ["", "b2", "uuid:x", "11111111-1111-1111-8111-111111111111"])
def test_what_is_no_id_of_ours_stays(written: str) -> None:
    assert renewed(written) == former(written) == written
