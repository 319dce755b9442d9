"""Nobody in the sample exists: names are combined, IDs are of a kind that is never issued."""

import os
import subprocess
import sys

from mochocho.app.demo.invented_people import invent
from mochocho.app.demo.sample_province import chiang_rai, scaled
from mochocho.words import thai


def test_ids_begin_10000_pass_the_checksum_and_are_used_once():
    ids = [invent(u).national_id for u in scaled(10).units]
    assert all(i.startswith("10000") and thai.valid_national_id(i) for i in ids)
    assert len(set(ids)) == len(ids)


def test_no_two_units_of_a_district_share_a_name():
    units = chiang_rai().units
    names = [(u.district, invent(u).name) for u in units]
    assert len(set(names)) == len(names)


def test_a_misspelt_name_is_another_name():
    for unit in chiang_rai().units:
        facts = invent(unit)
        assert facts.misspelt != facts.name
        assert len(facts.misspelt) == len(facts.name) + 1


def test_the_same_people_under_another_hash_seed():
    script = (
        "from mochocho.app.demo import invented_people, sample_province\n"
        "print([invented_people.invent(u) for u in sample_province.small().units])"
    )

    def run(seed: str) -> bytes:
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"}
        call = [sys.executable, "-c", script]
        return subprocess.run(call, env=environment, capture_output=True, check=True).stdout

    assert run("1") == run("2")
