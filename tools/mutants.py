"""Changes one thing in the rules at a time and looks whether the unit tests nearest to it notice.

`uv run python tools/mutants.py --count 200 --seed 1` prints every change that no test noticed. Each is
made in a temporary copy of the tracked files; the checkout is never touched. What survives is either a rule
that no test holds, or a change that means the same: those stand in EQUIVALENT with the reason.
"""

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from queue import Queue

ROOT = Path(__file__).parents[1]
WORKERS = 2
SLOWER = 5  # times the tests' own time, after which a mutant counts as one that never ends
LEAST_SECONDS = 60.0

_RULES = "tests/unit/processing/"
_PAPERS = "tests/unit/reports/"
_WORDS = "tests/unit/mochocho/"
_SYNC = "tests/unit/sync/"

# The unit tests nearest to each file.
NEAREST: Mapping[str, Sequence[str]] = {
    "processing/scoring/score.py": (f"{_RULES}test_score.py",),
    "processing/scoring/attendance.py": (f"{_RULES}test_attendance.py",),
    "processing/scoring/reconcile.py": (f"{_RULES}test_reconcile.py",),
    "processing/scoring/assessors.py": (f"{_RULES}test_reconcile.py",),
    "processing/scoring/pass_rule.py": (f"{_RULES}test_reconcile.py",),
    "processing/scoring/phone_figures.py": (f"{_RULES}test_reconcile.py",),
    "processing/scoring/sheet_remarks.py": (f"{_RULES}test_reconcile.py",),
    "processing/assessment/gates.py": (f"{_RULES}test_gates.py",),
    "processing/assessment/eligibility.py": (f"{_RULES}test_eligibility.py",),
    "processing/assessment/evaluate.py": (f"{_RULES}test_evaluate.py", f"{_RULES}test_papers_of_sheets.py"),
    "processing/assessment/counted.py": (f"{_RULES}test_evaluate.py",),
    "processing/likeness/duplicates.py": (f"{_RULES}test_duplicates.py",),
    "processing/assessment/own_work.py": (f"{_RULES}test_own_work_rules.py",),
    "processing/documents/answered.py": (f"{_RULES}test_documents.py",),
    "processing/documents/arrived.py": (f"{_RULES}test_documents.py",),
    "processing/documents/asked.py": (f"{_RULES}test_documents.py",),
    "processing/documents/decodable.py": (f"{_RULES}test_documents.py",),
    "processing/documents/portrait.py": (f"{_RULES}test_documents.py",),
    "processing/documents/verdicts.py": (f"{_RULES}test_documents.py",),
    "processing/register/supplements.py": (f"{_RULES}test_supplements.py",),
    "mochocho/words/thai.py": (f"{_WORDS}test_thai.py",),
    "mochocho/words/numbers.py": (f"{_WORDS}test_numbers.py",),
    "mochocho/words/days.py": (f"{_WORDS}test_days.py",),
    "mochocho/words/people.py": (f"{_WORDS}test_people.py",),
    "sync/mirror/edit_order.py": (f"{_SYNC}test_edit_order.py",),
    "sync/mirror/versions.py": (
        f"{_SYNC}test_versions.py",
        f"{_SYNC}test_pull.py",
        f"{_SYNC}test_deletions.py",
        f"{_SYNC}test_entity_updates.py",
    ),
    "sync/pull/schedule.py": (f"{_SYNC}test_pull_servers.py", f"{_WORDS}test_clocks.py"),
    "reports/view/arrange.py": (f"{_PAPERS}test_arrange.py",),
    "reports/view/scores.py": (f"{_PAPERS}test_dossier.py", f"{_PAPERS}test_dossier_in_full.py"),
    "reports/view/dossier.py": (f"{_PAPERS}test_dossier.py", f"{_PAPERS}test_dossier_in_full.py"),
    "reports/view/front.py": (f"{_PAPERS}test_front.py",),
    "reports/view/own/own_forms.py": (f"{_PAPERS}test_own.py", f"{_PAPERS}test_dossier_in_full.py"),
}

# Changes that no test can notice: file and the changed line as it stands -> why.
EQUIVALENT: Mapping[tuple[str, str], str] = {
    (
        "reports/view/front.py",
        "return tuple(Stretch(part, tuple(share)) for part, share in zip(parts, shares, strict=True))",
    ): "there is a part for each share, so that nothing is left over",
}

_COMPARED: Mapping[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_COUNTED: Mapping[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
}
_CALLED = {"min": "max", "max": "min", "any": "all", "all": "any", "sorted": "list"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of one file: where, what, and the file's text with it."""

    path: str
    line: int
    what: str
    before: str  # the line as it stands, without indentation
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}: {self.before}"


def changes(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """What may stand in the place of a node, and what was done to it."""
    yield from _of_conditions(node)
    yield from _of_figures(node)
    yield from _of_parts(node)
    if isinstance(node, ast.Call):
        yield from _of_calls(node)


def _of_conditions(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    match node:
        case ast.Compare(ops=[op]) if type(op) in _COMPARED:
            other = _COMPARED[type(op)]
            yield f"{type(op).__name__} -> {other.__name__}", _with(node, ops=[other()])
        case ast.BoolOp(op=op):
            yield "and <-> or", _with(node, op=ast.Or() if isinstance(op, ast.And) else ast.And())
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield "not dropped", operand
        case ast.IfExp():
            yield "branches swapped", _with(node, body=node.orelse, orelse=node.body)
        case ast.If() | ast.While():
            yield "condition negated", _with(node, test=ast.UnaryOp(ast.Not(), node.test))


def _of_figures(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    match node:
        case ast.BinOp(op=op) if type(op) in _COUNTED:
            other = _COUNTED[type(op)]
            yield f"{type(op).__name__} -> {other.__name__}", _with(node, op=other())
        case ast.Constant(value=bool(value)):
            yield f"{value} -> {not value}", _with(node, value=not value)
        case ast.Constant(value=int(value)):
            yield f"{value} -> {value + 1}", _with(node, value=value + 1)


def _of_parts(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    match node:
        case ast.comprehension(ifs=[_, *_]):
            yield "filter dropped", _with(node, ifs=[])
        case ast.Tuple(elts=elts) if any(isinstance(one, ast.Starred) for one in elts):
            for n in range(len(elts)):
                yield f"element {n + 1} dropped", _with(node, elts=elts[:n] + elts[n + 1 :])
        case ast.AugAssign() | ast.Continue() | ast.Expr(value=ast.Yield() | ast.YieldFrom() | ast.Call()):
            yield "statement dropped", ast.Pass()


def _of_calls(node: ast.Call) -> Iterator[tuple[str, ast.AST]]:
    for n, keyword in enumerate(node.keywords):
        if keyword.arg:
            yield f"{keyword.arg}= dropped", _with(node, keywords=node.keywords[:n] + node.keywords[n + 1 :])
    if isinstance(node.func, ast.Name) and node.func.id in _CALLED:
        name, other = node.func.id, _CALLED[node.func.id]
        kept = [] if name == "sorted" else node.keywords
        yield f"{name} -> {other}", _with(node, func=ast.Name(other, ast.Load()), keywords=kept)


def _with(node: ast.AST, **fields: object) -> ast.AST:
    changed = deepcopy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def mutants(path: str) -> list[Mutant]:
    """Every change of one file."""
    source = (ROOT / path).read_text("utf-8")
    lines, tree = source.splitlines(), ast.parse(source)
    found = []
    for parent, name, place, node in list(_places(tree)):
        for what, instead in changes(node):
            _put(parent, name, place, instead)
            text = ast.unparse(ast.fix_missing_locations(tree))
            _put(parent, name, place, node)
            line = getattr(node, "lineno", getattr(getattr(node, "target", None), "lineno", 0))
            found.append(Mutant(path, line, what, lines[line - 1].strip(), text))
    return found


def _places(parent: ast.AST) -> Iterator[tuple[ast.AST, str, int | None, ast.AST]]:
    """Every node that takes part in what is done, by the field of the node that holds it."""
    for name, value in ast.iter_fields(parent):
        if name in {"annotation", "returns", "decorator_list", "type_params"}:
            continue
        for place, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(node, ast.AST) and not _says_nothing(node):
                yield parent, name, place, node
                yield from _places(node)


def _says_nothing(node: ast.AST) -> bool:
    """A text beside the code, a line of the log, a class whose fields are all it has."""
    called = node.value.func if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) else None
    logs = (
        isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and called.value.id == "log"
    )
    return logs or isinstance(node, ast.Import | ast.ImportFrom | ast.JoinedStr | ast.Raise)


def _put(parent: ast.AST, name: str, place: int | None, node: ast.AST) -> None:
    if place is None:
        setattr(parent, name, node)
    else:
        getattr(parent, name)[place] = node


class Copy:
    """A copy of the tracked files in which one file at a time is changed and tests are run."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        listed = subprocess.run(
            ["git", "ls-files", "-co", "--exclude-standard"],
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        )
        for name in listed.stdout.splitlines():
            if (ROOT / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, folder / name)
        self._clock = time.time()

    def passes(self, tests: Sequence[str], seconds: float | None = None) -> bool:
        """Whether these tests pass, in this many seconds at most."""
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-x",
            "-q",
            "-p",
            "no:cacheprovider",
            "--hypothesis-seed=0",
        ]
        done = subprocess.Popen(
            [*command, *tests],
            cwd=self._folder,
            env={**os.environ, "PYTHONPATH": str(self._folder)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            return done.wait(seconds) == 0
        except subprocess.TimeoutExpired:
            done.kill()
            done.wait()
            return False

    def survives(self, mutant: Mutant, tests: Sequence[str], seconds: float) -> bool:
        path = self._folder / mutant.path
        original = path.read_bytes()
        try:
            self._write(path, mutant.text.encode())
            return self.passes(tests, seconds)
        finally:
            self._write(path, original)

    def _write(self, path: Path, content: bytes) -> None:
        """With a time of its own: Python takes compiled code for that of a file of the same time and size."""
        path.write_bytes(content)
        self._clock += 10
        os.utime(path, (self._clock, self._clock))


def timed(copy: Copy, paths: Sequence[str]) -> dict[tuple[str, ...], float]:
    """How long each set of tests takes where nothing was changed; they must pass."""
    taken = {}
    for tests in dict.fromkeys(tuple(NEAREST[path]) for path in paths):
        begun = time.monotonic()
        if not copy.passes(tests):
            sys.exit(f"these fail before anything was changed: {' '.join(tests)}")
        taken[tests] = time.monotonic() - begun
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*", default=[], help="files, as in NEAREST")
    asked = parser.parse_args()
    every = [mutant for path in asked.only or NEAREST for mutant in mutants(path)]
    chosen = random.Random(asked.seed).sample(every, min(asked.count, len(every)))
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(WORKERS) as pool:
        copies: Queue[Copy] = Queue()
        for n in range(WORKERS):
            copies.put(Copy(Path(folder, str(n))))
        taken = timed(copies.queue[0], sorted({mutant.path for mutant in chosen}))

        def survives(mutant: Mutant) -> bool:
            copy, tests = copies.get(), tuple(NEAREST[mutant.path])
            try:
                alive = copy.survives(mutant, tests, max(LEAST_SECONDS, SLOWER * taken[tests]))
            finally:
                copies.put(copy)
            print("survived" if alive else "killed  ", mutant, flush=True)
            return alive

        alive = [mutant for mutant, lives in zip(chosen, pool.map(survives, chosen), strict=True) if lives]
    tell(chosen, alive)


def tell(chosen: Sequence[Mutant], alive: Sequence[Mutant]) -> None:
    """The table by file, and each survivor."""
    total, left = Counter(m.path for m in chosen), Counter(m.path for m in alive)
    print(f"\n{'file':50} mutants killed")
    for path in sorted(total):
        print(f"{path:50} {total[path]:7} {total[path] - left[path]:6}")
    same = [m for m in alive if (m.path, m.before) in EQUIVALENT]
    counted = len(chosen) - len(same)
    killed = len(chosen) - len(alive)
    print(
        f"\n{killed} of {counted} killed ({killed * 100 / max(counted, 1):.1f} %), {len(same)} mean the same"
    )
    for mutant in alive:
        print(mutant, EQUIVALENT.get((mutant.path, mutant.before), ""))


if __name__ == "__main__":
    main()
