"""How the cost of one unit grows with their number: 14,900 units compared with 1,490, in workers' chunks.

python -m benchmarks.units [--small 1490] [--large 14900] [--url postgresql+psycopg://…] [--papers] [--packet]

Forms are filled in from a few patterns, with tiny photos, and put directly into the spool. Then each part
runs in a process of its own, on one processor: what is due is determined, and done in a worker's chunks. One
line per part: processor milliseconds per unit and peak memory of the process, small and large, with their
ratio. --url names a PostgreSQL server, whose own processor time is not counted; its databases `units_<n>` are
created anew. Without it: SQLite. --folder keeps what was made.
"""

import argparse
import itertools
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import make_url

from mochocho.app.demo import instances, invented_people
from mochocho.app.demo.drawings import Studio
from mochocho.app.demo.engine import Form
from mochocho.app.demo.instances import Filled, entity_id
from mochocho.app.demo.invented_people import invent
from mochocho.app.demo.sample_folder import fresh_home
from mochocho.app.demo.sample_province import Plan, Unit, scaled
from mochocho.settings.config import Settings, load_settings
from mochocho.storage.db import make_engine
from mochocho.storage.home import Home, open_home
from mochocho.words.model import ApplicantType, Gate, Outcome, Resolution

SAMPLE_UNITS = 149
PHOTO_WIDTH = 96  # pixels: the number of units is measured, not the size of their photos
PULL_CHUNK, REGISTER_CHUNK, ASSESS_CHUNK, TYPESET_CHUNK = 500, 200, 50, 4
NOW = datetime(2025, 5, 1, tzinfo=UTC)
ROOT = Path(__file__).parents[1]
MB = 1 << 20


@dataclass(frozen=True, slots=True)
class Cost:
    """Processor seconds and the largest resident bytes of one process."""

    processor: float
    peak: int


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--small", type=int, default=1490)
    parser.add_argument("--large", type=int, default=14_900)
    parser.add_argument("--url", help="of a PostgreSQL server")
    parser.add_argument(
        "--papers", action="store_true", help="typeset, too, as one worker does, and bind: the longest parts"
    )
    parser.add_argument("--packet", action="store_true", help="make the papers in the embedded way, too")
    parser.add_argument("--folder", type=Path, help="keep what was made there")
    parser.add_argument("--part", choices=[*PARTS, "spool"], help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.part == "spool":
        spool(chosen.folder, chosen.small, chosen.url)
    elif chosen.part:
        print(json.dumps(run_part(chosen.folder, chosen.part)))
    else:
        with tempfile.TemporaryDirectory() as temporary:
            compare(chosen.folder or Path(temporary), chosen)


def compare(folder: Path, chosen: argparse.Namespace) -> None:
    """Play both sizes and print one line per part."""
    small, large = (play(folder / str(n), n, chosen) for n in (chosen.small, chosen.large))
    print(f"{'part':<16} {'ms/unit':>8} {'ms/unit':>8} {'ratio':>6} {'MB':>7} {'MB':>7} {'ratio':>6}")
    for name, one in small.items():
        many = large[name]
        a, b = 1000 * one.processor / chosen.small, 1000 * many.processor / chosen.large
        memory = f"{one.peak / MB:7.0f} {many.peak / MB:7.0f} {many.peak / one.peak:6.2f}"
        print(f"{name:<16} {a:8.2f} {b:8.2f} {b / a if a else 0:6.2f} {memory}")


def play(folder: Path, units: int, chosen: argparse.Namespace) -> Mapping[str, Cost]:
    """Part -> cost of a province of this many units, from the spool on."""
    call = [sys.executable, "-m", "benchmarks.units", "--folder", str(folder), "--small", str(units)]
    if chosen.url:
        call += ["--url", chosen.url]
    subprocess.run([*call, "--part", "spool"], cwd=ROOT, check=True)
    costs = {}
    for name in PARTS:
        if (name in PAPERS and not chosen.papers) or (name == "packet" and not chosen.packet):
            continue
        done = subprocess.run(
            [*call, "--part", name], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
        )
        costs[name] = Cost(*json.loads(done.stdout.splitlines()[-1]))
        print(f"  {units} {name}: {costs[name]}", file=sys.stderr, flush=True)
    return costs


def run_part(folder: Path, name: str) -> tuple[float, int]:
    """(processor seconds, peak bytes) of this process, from the time when everything is loaded."""
    home = replace(open_home(load_settings(folder / "mochocho.toml")), processors=1)
    began = time.process_time() + _children()
    PARTS[name](home)
    used = time.process_time() + _children() - began
    home.engine.dispose()
    return used, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _pull(home: Home) -> None:
    from sync.openrosa.source import SpoolSource
    from sync.pull import pull_source

    source = SpoolSource(home)
    for ids in _portions(pull_source.due(home, source), PULL_CHUNK):
        pull_source.do(home, SpoolSource(home), ids)


def _register(home: Home) -> None:
    from processing.register import register_forms

    for ids in _portions(register_forms.due(home), REGISTER_CHUNK):
        register_forms.do(home, ids)


def _assess(home: Home) -> None:
    from processing.assessment import assess

    for keys in _portions(assess.due(home), ASSESS_CHUNK):
        assess.do(home, keys)


def _look(home: Home) -> None:
    """A tick that finds nothing to do, up to the papers."""
    from mochocho.app.pipeline import skip_cache
    from mochocho.app.pipeline.conveyor import stage_named
    from sync.openrosa.source import SpoolSource
    from sync.pull import pull_source

    assert pull_source.due(home, SpoolSource(home)) == []
    for stage in map(stage_named, ("register", "assess")):
        assert not skip_cache.look(home, stage.name, stage.due)


def _decide(home: Home) -> None:
    from mochocho.storage.db import reading
    from processing.decisions import recorder
    from processing.register import stored

    meeting = "คณะกรรมการตัวอย่าง", "1/2568", date(2025, 4, 10)
    passed = Resolution(Gate.DISTRICT, Outcome.PASS, *meeting, "ครบ", recorded_by="เจ้าหน้าที่ตัวอย่าง")
    with reading(home.engine) as session:
        keys = stored.keys(session)
    recorder.record(home, dict.fromkeys(keys, passed))


def _layout(home: Home) -> None:
    from reports.packet import lay_out

    lay_out.do(home)


def _typeset(home: Home) -> None:
    """The work of one worker process if it were the only one."""
    from reports.packet import typeset

    for keys in _portions(typeset.due(home), TYPESET_CHUNK):
        assert typeset.do(home, keys) == {}


def _bind(home: Home) -> None:
    from reports.packet import make_packet as packet

    assert len(packet.due(home)) == 1
    packet.do(home)


def _status(home: Home) -> None:
    from mochocho.app.status.status_figures import look

    look(home)


def _bound(home: Home) -> None:
    """A tick that also finds that the papers are made."""
    from reports.packet import lay_out, typeset
    from reports.packet import make_packet as packet

    _look(home)
    assert [*lay_out.due(home), *typeset.due(home), *packet.due(home)] == []


def _packet(home: Home) -> None:
    """`mochocho packet` in an embedded home, where nothing is typeset yet."""
    import shutil

    from reports.packet.make_packet import make_packet

    shutil.rmtree(home.settings.cache_dir, ignore_errors=True)
    make_packet(home, home.settings.packet_dir)


PARTS: Mapping[str, Callable[[Home], None]] = {
    "pull": _pull,
    "register": _register,
    "assess": _assess,
    "decide": _decide,
    "assess again": _assess,
    "nothing due": _look,
    "still nothing": _look,
    "status": _status,
    "layout": _layout,
    "typeset": _typeset,
    "bind": _bind,
    "papers made": _bound,
    "packet": _packet,
}


PAPERS = ("typeset", "bind", "papers made")


def _portions(items: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (items[start : start + size] for start in range(0, len(items), size))


def spool(folder: Path, units: int, url: str | None) -> None:
    """A new home whose spool holds what phones would have sent for `units` units (a multiple of 149)."""
    from sync.publish.published import put_form
    from xlsforms.build import build_forms

    os.fsync = lambda _fd: None  # type: ignore[assignment] # nobody will miss what a power cut takes
    plan = scaled(units // SAMPLE_UNITS, PHOTO_WIDTH)
    home = fresh_home(folder, plan)
    if url:
        home = _on_postgresql(folder, home, url, f"units_{units}")
    forms = build_forms(home.pack, home.province, "odk")
    for form in forms:
        put_form(home, form)
    _fill(home, plan, {form.form_id: form.xform.encode() for form in forms})
    home.engine.dispose()


def _on_postgresql(folder: Path, home: Home, server: str, name: str) -> Home:
    from mochocho.app.migrations.migrate import upgrade

    home.engine.dispose()
    engine = make_engine(server).execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    url = make_url(server).set(database=name).render_as_string(hide_password=False)
    path = folder / "mochocho.toml"
    path.write_text(f'database_url = "{url}"\n{path.read_text()}')
    settings: Settings = load_settings(path)
    again = open_home(settings)
    upgrade(again.engine)
    return again


def _fill(home: Home, plan: Plan, forms: Mapping[str, bytes]) -> None:
    from sync import officers
    from sync.openrosa.receiving.spool import Receipt, Spool
    from sync.xform.parse import parse_instance

    codes = {d.name_th: d.code for d in home.province.districts}
    officer_id, _ = officers.add(home, "เจ้าหน้าที่ ตัวอย่าง", tuple(codes.values()))
    box, number = Spool(home.spool_dir), itertools.count(1)
    patterns = {type_: _patterns(home, plan, type_, codes, forms) for type_ in ApplicantType}
    for unit in plan.units:
        for xml, files in _sent(unit, patterns[unit.type], codes):
            parsed = parse_instance(xml)
            kept = []
            for name, content in files.items():
                own = content + next(number).to_bytes(8, "big")  # no two photos are the same
                kept.append((name, home.store.put(own), len(own)))
            receipt = Receipt(
                form_id=parsed.form_id,
                form_version=parsed.version,
                instance_id=parsed.instance_id,
                deprecated_id=None,
                xml=home.store.put(xml),
                files=tuple(kept),
                unnamed=(),
                officer_id=officer_id,
                received_at=NOW,
            )
            box.accept(receipt, parsed.canonical_sha256)


@dataclass(frozen=True, slots=True)
class _Pattern:
    """One filled-in form: its XML, its files, and the parts of it that differ per unit."""

    unit: Unit
    code: str
    instance_id: str
    xml: str
    files: Mapping[str, bytes]


def _patterns(
    home: Home, plan: Plan, type_: ApplicantType, codes: Mapping[str, str], forms: Mapping[str, bytes]
) -> tuple[_Pattern, _Pattern]:
    """An application of a unit without faults, and its score sheet."""
    from xlsforms import names

    unit = next(u for u in plan.units if u.type is type_ and not u.fault and not u.edit and u.assessors == 1)
    standard, code, studio = home.pack.standard(type_), codes[unit.district], Studio(PHOTO_WIDTH)
    listed = {
        "name": entity_id(unit),
        "label": invent(unit).name,
        "applicant_type": unit.type,
        "applicant_name": invent(unit).name,
        "district": code,
        "district_name": unit.district,
    }
    application = Form(forms[names.APPLICATION])
    onsite = Form(forms[names.ONSITE], {names.APPLICANTS: [listed]})
    filled = instances.application(unit, standard, code, studio)
    (scored,) = instances.sheets(unit, standard, code, studio)
    return _pattern(application, filled, unit, code), _pattern(onsite, scored, unit, code)


def _pattern(form: Form, filled: Filled, unit: Unit, code: str) -> _Pattern:
    xml = form.fill(filled.answers, filled.stamp).decode()
    files = {name: draw() for name, draw in filled.files.items()}
    return _Pattern(unit, code, filled.stamp.instance_id, xml, files)


def _sent(
    unit: Unit, patterns: Sequence[_Pattern], codes: Mapping[str, str]
) -> Iterator[tuple[bytes, Mapping[str, bytes]]]:
    """The patterns as forms of this unit; a second assessor's sheet is the first one's under another name."""
    facts = invent(unit)
    for role, pattern in (*enumerate(patterns), *([(2, patterns[1])] if unit.assessors > 1 else [])):
        theirs = invent(pattern.unit)
        instance_id = entity_id(replace(unit, number=-3 * unit.number - role))  # a UUID like no other
        xml = pattern.xml.replace(pattern.instance_id, instance_id)
        xml = xml.replace(entity_id(pattern.unit), entity_id(unit)).replace(theirs.name, facts.name)
        xml = xml.replace(f">{pattern.code}<", f">{codes[unit.district]}<")
        if theirs.national_id:
            xml = xml.replace(theirs.national_id, facts.national_id)
        if role == 2:
            assessor = invented_people.person(pattern.unit, "sheet 0")[0]
            xml = xml.replace(assessor, invented_people.person(unit, "sheet 1")[0])
        yield xml.encode(), pattern.files


if __name__ == "__main__":
    main()
