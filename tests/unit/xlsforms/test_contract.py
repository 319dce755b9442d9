"""The questions that a form must have are those that the readers use."""

import ast
from collections.abc import Iterator

import pytest

from mochocho.standards.load import load_pack
from tests.house.tree import ROOT
from xlsforms import contract, names

PACK = load_pack("2568-sample").pack
READERS = {
    "application": names.APPLICATION,
    "plan": names.PLAN,
    "self_assessment": names.SELF_ASSESSMENT,
    "score_sheet": names.ONSITE,
    "supplement": names.SUPPLEMENT,
    "knowledge": names.KNOWLEDGE,
}
ASKS = {"text", "words", "paragraphs", "yes", "files", "file", "day", "due", "number", "moment", "rows"}
ASKS |= {"whole_number", "computed"}
ONLY_WITH_A_LIST = {"village_name"}  # of villages; without one the name is typed


def asked(module: str) -> Iterator[str]:
    """The names of fields that a reader writes out, as first text of a call that asks for a field."""
    tree = ast.parse((ROOT / "processing" / "register" / "read" / f"{module}.py").read_text(encoding="utf-8"))
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        texts = [
            arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
        ]
        if name in ASKS and texts:
            yield texts[0]


@pytest.mark.parametrize(("module", "form_id"), READERS.items())
def test_what_a_reader_asks_for_by_name_must_be_in_its_form(module: str, form_id: str) -> None:
    wanted = {name for name in asked(module) if name.isascii()}
    assert wanted
    assert wanted - contract.fields(form_id, PACK) - ONLY_WITH_A_LIST == set()


def test_every_reader_is_looked_at() -> None:
    helpers = {"__init__", "dated", "fields", "indicator_answers"}
    assert {
        path.stem for path in (ROOT / "processing" / "register" / "read").glob("*.py")
    } - helpers == READERS.keys()


def test_a_form_of_kobotoolbox_lets_an_applicant_be_typed() -> None:
    for form_id in READERS.values():
        more = contract.fields(form_id, PACK, "kobo") - contract.fields(form_id, PACK, "odk")
        typed = {"not_listed", "typed_name", "typed_type"}
        assert more == (set() if form_id == names.APPLICATION else typed)
