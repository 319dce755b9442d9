"""The sample province, from the first phone to the packet: a whole cycle's steps in order."""

from dataclasses import dataclass
from pathlib import Path

from mochocho.app.demo import committee, field_day, office_desk
from mochocho.app.demo.sample_folder import fresh_home
from mochocho.app.demo.sample_province import Counts, Plan, chiang_rai
from mochocho.app.pipeline.conveyor import run_once
from mochocho.storage.home import Home
from mochocho.words.model import ApplicantType, Case, Gate, GateState
from mochocho.words.progress import ProgressCall
from processing.assessment.cases import cases
from processing.register import register_numbers
from reports.packet.make_packet import make_packet


@dataclass(frozen=True, slots=True)
class DemoResult:
    """The result of the sample, read back from its database.

    `presented`: district -> units that passed g6 by type, in order of presentation; `blocked`: all others.
    """

    packet: Path
    manifest: Path
    presented: tuple[tuple[str, Counts], ...]
    blocked: int


def demo(folder: Path, progress: ProgressCall | None = None, plan: Plan | None = None) -> DemoResult:
    """Play `plan` through (by default the 149 of Chiang Rai), all inside `folder`.

    Raises Terminal when the folder was not made by an earlier demo.
    """
    plan = plan or chiang_rai()
    home = fresh_home(folder, plan)
    try:
        field_day.collect(home, plan, lambda: run_once(home, progress), progress)
        run_once(home, progress)
        if any(unit.judged or unit.course for unit in plan.units):
            register_numbers.give(home, office_desk.BY)
            office_desk.judge(home, plan, folder)
            committee.settle(home, plan)
            run_once(home, progress)
        committee.resolve(home, plan, folder)
        run_once(home, progress)
        files = make_packet(home, folder, progress)
        return DemoResult(files.pdfs[0], files.manifest, *_counted(home, plan))
    finally:
        home.engine.dispose()


def _counted(home: Home, plan: Plan) -> tuple[tuple[tuple[str, Counts], ...], int]:
    every = cases(home)
    passed = [case for case in every if _passed_district(case)]
    codes = {district.name_th: district.code for district in home.province.districts}
    return tuple((name, _by_type(passed, codes[name])) for name in plan.districts), len(every) - len(passed)


def _passed_district(case: Case) -> bool:
    return any(g.gate is Gate.DISTRICT and g.state is GateState.PASSED for g in case.assessment.gates)


def _by_type(passed: list[Case], code: str) -> Counts:
    here = [case.application.type for case in passed if case.application.district == code]
    leaders, groups, networks, communities = (here.count(type_) for type_ in ApplicantType)
    return leaders, groups, networks, communities
