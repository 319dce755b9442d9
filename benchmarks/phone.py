"""How long a phone takes to open a form and choose an applicant, with a province's lists on it.

python -m benchmarks.phone [--applicants 2000]

JavaRosa, the engine of ODK Collect, opens each form in which an applicant is chosen (it reads the lists,
nothing is answered), then chooses one: by district and list, or by code, and shows what follows. Seconds: the
median of five, and the first time, when the engine has just started. KoboToolbox's forms ask and read the
same.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from mochocho.standards.load import load_pack
from mochocho.words.places import Province
from tests.builders import uid
from tests.engines.engines import Round, javarosa
from tests.engines.world import write_list
from xlsforms import names
from xlsforms.build import build_forms

PACK = load_pack("2568-sample").pack
PROVINCE = Province.named("เชียงราย")
ITEMS = 5  # sub-criteria of each applicant's plan
ASSESSORS = 200
REPEATS = 5
CHOOSING = (names.PLAN, names.SELF_ASSESSMENT, names.ONSITE, names.SUPPLEMENT, names.KNOWLEDGE)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--applicants", type=int, default=2000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder), chosen.applicants)
        measure(Path(folder), chosen.applicants)


def prepare(folder: Path, count: int) -> None:
    """Write every form and list as a phone of an officer of all districts has them."""
    for form in build_forms(PACK, PROVINCE, "odk"):
        (folder / f"{form.form_id}.xml").write_text(form.xform, "utf-8")
    write_list(folder, names.APPLICANTS, applicants(count))
    write_list(folder, names.PLAN_ITEMS, plan_items(count))
    everywhere = {"districts": "", "committee": "district"}
    assessors = [{"name": f"a{n}", "label": f"นายตัวอย่าง {n}", **everywhere} for n in range(ASSESSORS)]
    write_list(folder, names.ASSESSORS, assessors)


def applicants(count: int) -> Iterator[Mapping[str, str]]:
    for number in range(count):
        standard = PACK.standards[number % len(PACK.standards)]
        district = PROVINCE.districts[number % len(PROVINCE.districts)]
        name = f"{standard.th} บ้านตัวอย่าง {number}"
        yield {
            "name": key(number),
            "label": f"{name} ({district.name_th})",
            "applicant_type": standard.code,
            "applicant_name": name,
            "district": district.code,
            "district_name": district.name_th,
            "status": "incomplete",
            "missing_docs": standard.documents[0].code,
            "missing_th": f"ยังขาด {standard.documents[0].th}",
        }


def plan_items(count: int) -> Iterator[Mapping[str, str]]:
    for number in range(count):
        standard = PACK.standards[number % len(PACK.standards)]
        for seq in range(1, ITEMS + 1):
            yield {
                "name": f"i{number}-{seq}",
                "label": "จัดเวทีเรียนรู้ของสมาชิก",
                "applicant": key(number),
                "indicator": standard.indicators[0].code,
                "seq": str(seq),
                "seq_i": str(seq),
                "target": "4",
                "unit": "ครั้ง",
                "due": "2025-06-30",
            }


def key(number: int) -> str:
    return uid("benchmark", number)


def measure(folder: Path, count: int) -> None:
    last = count - 1
    listed = {"district": PROVINCE.districts[last % len(PROVINCE.districts)].code, "picked": key(last)}
    ways = {"open": [], "open, choose": [Round(listed)], "open, scan": [Round({"scan": key(last)})]}
    print(f"{count} applicants, {count * ITEMS} sub-criteria, {ASSESSORS} assessors: seconds")
    print(f"{'form':<26} " + " ".join(f"{way:>14} {'first':>6}" for way in ways))
    for form_id in CHOOSING:
        cells = []
        for rounds in ways.values():
            form = folder / f"{form_id}.xml"
            chosen = key(last) if rounds else ""
            javarosa.cache_clear()
            javarosa()
            took = [seconds(form, rounds, chosen) for _ in range(1 + REPEATS)]
            cells.append(f"{statistics.median(took[1:]):14.2f} {took[0]:6.2f}")
        print(f"{form_id:<26} " + " ".join(cells), flush=True)


def seconds(form: Path, rounds: list[Round], chosen: str) -> float:
    began = time.perf_counter()
    outcome = javarosa().fill(form, rounds)
    took = time.perf_counter() - began
    assert outcome.nodes["/data/applicant_key"] == chosen
    assert "/data/scan" not in outcome.refused
    return took


if __name__ == "__main__":
    main()
