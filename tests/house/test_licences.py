"""Licences of dependencies allow a province to use them:
no GPL or AGPL; LGPL only in the PostgreSQL driver.
"""

import importlib.metadata
import re

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.tree import PROJECT

# Their metadata state none; their LICENSE files are these licences.
STATED_ELSEWHERE = {"pyrage": "MIT", "pyxform": "BSD-2-Clause"}
LGPL_ALLOWED = {"psycopg", "psycopg-binary"}
PERMISSIVE = re.compile(
    r"\b(MIT|MIT-CMU|BSD|BSD-[23]-Clause|Apache|Apache-2\.0|PSF|PSF-2\.0|PSFL|Python Software Foundation|ISC|"
    r"MPL-2\.0|MPL 2\.0|Zope|ZPL|Unlicense|0BSD|Public Domain|HPND|CC-BY-4\.0)\b"
)


def closure(requirements: list[str]) -> set[str]:
    """Names of all distributions that these need here, through every extra that is asked for."""
    seen: set[tuple[str, str]] = set()
    todo = [(Requirement(r), "") for r in requirements]
    while todo:
        requirement, extra = todo.pop()
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(requirement.name)
        for wanted in {"", *requirement.extras}:
            if (name, wanted) not in seen:
                seen.add((name, wanted))
                needed = importlib.metadata.distribution(name).requires or []
                todo += [(Requirement(line), wanted) for line in needed]
    return {name for name, _ in seen}


def licence(name: str) -> str:
    """What a distribution says of itself: the SPDX expression, else its classifiers, else the free text."""
    if name in STATED_ELSEWHERE:
        return STATED_ELSEWHERE[name]
    metadata = importlib.metadata.metadata(name)
    classifiers = [
        c.removeprefix("License :: ") for c in metadata.get_all("Classifier") or [] if "License ::" in c
    ]
    return metadata.get("License-Expression") or "; ".join(classifiers) or metadata.get("License") or ""


RUN_TIME = closure(PROJECT["project"]["dependencies"])
OPTIONAL = (
    closure([r for extra in PROJECT["project"]["optional-dependencies"].values() for r in extra]) - RUN_TIME
)


@pytest.mark.parametrize("name", sorted(RUN_TIME))
def test_what_is_installed_at_run_time_is_permissive(name: str) -> None:
    assert PERMISSIVE.search(licence(name)), f"{name}: {licence(name) or 'states no licence'}"
    assert not re.search(r"\b[AL]?GPL|General Public", licence(name)), f"{name}: {licence(name)}"


@pytest.mark.parametrize("name", sorted(OPTIONAL))
def test_extras_add_no_more_than_an_lgpl_driver(name: str) -> None:
    found = licence(name)
    assert not re.search(r"\bA?GPL|GNU General|Affero", found), f"{name}: {found}"
    assert PERMISSIVE.search(found) or name in LGPL_ALLOWED, f"{name}: {found}"


def test_the_walk_reaches_what_dependencies_depend_on() -> None:
    assert {"werkzeug", "mako", "pydantic-core"} <= RUN_TIME
    assert "pymupdf" not in RUN_TIME | OPTIONAL


def test_every_exception_is_still_needed() -> None:
    assert not importlib.metadata.metadata("pyxform").get("License-Expression")
    assert LGPL_ALLOWED <= OPTIONAL
