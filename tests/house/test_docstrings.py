"""Everything public has a docstring."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.tree import ROOT, package_files

MODULES = [path for path in package_files() if path.suffix == ".py"]


NAMED = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
ALEMBIC = {"upgrade", "downgrade"}  # the module of a revision says what they do


def undocumented(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text("utf-8"))
    if not ast.get_docstring(tree):
        yield f"{path.relative_to(ROOT)}: the module"
    for node in tree.body:
        if isinstance(node, NAMED) and not ast.get_docstring(node) and not _needs_none(node):
            yield f"{path.relative_to(ROOT)}:{node.lineno}: {node.name}"


def _needs_none(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> bool:
    """Private; or a class of fields alone, a function of one line: these say themselves what they are."""
    if node.name.startswith("_") or node.name in ALEMBIC:
        return True
    if isinstance(node, ast.ClassDef):
        return all(isinstance(part, ast.AnnAssign) for part in node.body)
    return len(node.body) == 1


def test_public_modules_and_functions_have_a_docstring() -> None:
    assert [one for path in MODULES for one in undocumented(path)] == []
