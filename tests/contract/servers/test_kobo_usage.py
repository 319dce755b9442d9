"""How much of its quota a KoboToolbox account has used: as kpi, `doctor` and phones report it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from mochocho.app.doctor import server_checks
from mochocho.settings.config import Server, Settings
from tests import builders
from tests.contract.servers.kobo_recording import FOLDER
from tests.contract.servers.live_worlds import built
from tests.models.kobo.app import KoboModel
from tests.models.kobo.operations import ADMIN, TOKEN
from tests.models.serving import Served, serve
from xlsforms import names

RECORDED = json.loads((FOLDER / "usage/usage.json").read_text("utf-8"))["answers"]
DATES = {"current_period_start", "current_period_end", "last_updated"}
LIMITS = [  # as they stood in each recorded answer
    {"storage_bytes": 700_001, "submission": 5000},
    {"storage_bytes": 399_871, "submission": 5000},
    {"storage_bytes": 99_421_377, "submission": 4},
]


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[KoboModel, Served]]:
    """Six forms of one account, three photos of 200000 bytes."""
    model = KoboModel()
    form = built(names.APPLICATION, "usage")
    model.add_form(form.xform, xlsx=form.xlsx)
    for number in range(6):
        send(model, number, photo=number < 3)
    monkeypatch.setenv("MOCHOCHO_SECRET_OFFICE", TOKEN)
    with serve(model) as one:
        yield model, one


def send(model: KoboModel, number: int, *, photo: bool) -> None:
    files = {"p.jpg": bytes(200_000)} if photo else {}
    xml = builders.application(
        instance_id=builders.uid("usage", number), fields={"photo_0": "p.jpg"} if photo else {}
    )
    model.submit_ours(xml, files)


def asked(served: Served) -> requests.Response:
    headers = {"Authorization": f"Token {TOKEN}"}
    return requests.get(f"{served.url}/api/v2/service_usage/", headers=headers, timeout=20)


def undated(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name not in DATES}


@pytest.mark.parametrize("at", range(3))
def test_the_model_counts_as_kpi_does(served: tuple[KoboModel, Served], at: int) -> None:
    model, one = served
    plans = dict.fromkeys(("asr_seconds", "mt_characters"))
    model.users[ADMIN].limits = LIMITS[at]
    recorded = [each for each in RECORDED if each["status"] == 200][at]
    wanted, got = undated(recorded["answer"]), undated(asked(one).json())
    wanted["balances"] |= plans  # of what this model never spends
    assert got == wanted


@pytest.mark.parametrize("at", [1, 2])
def test_a_phone_is_refused_as_kpi_refuses(served: tuple[KoboModel, Served], at: int) -> None:
    model, one = served
    model.users[ADMIN].limits = LIMITS[at]
    recorded = [each for each in RECORDED if each["status"] == 402][at - 1]
    xml = model.as_kobo(builders.application(instance_id=builders.uid("usage", 9)))
    answer = requests.post(
        f"{one.url}/submission",
        files={"xml_submission_file": ("s.xml", xml, "text/xml")},
        headers={"Authorization": f"Token {TOKEN}"},
        timeout=20,
    )
    assert (answer.status_code, answer.headers["Content-Type"]) == (402, recorded["type"])
    assert answer.text.split() == recorded["answer"].split()


def told(served: Served, home: Path) -> list[tuple[str, str, str]]:
    server = Server(key="office", kind="kobo", url=served.url)
    checks = server_checks.examine(Settings(home=home, servers=(server,)))
    return [(one.state, one.found.en, one.advice.en if one.advice else "") for one in checks]


@pytest.mark.parametrize(
    ("limits", "said", "warned"),
    [
        ({}, "files of the account: 0.6 MB, no limit", ""),
        (
            {"submission": 100, "storage_bytes": 10_000_000},
            "files of the account: 0.6 MB of 10.0 MB (6 %)",
            "",
        ),
        (LIMITS[0], "(85 %)", "0.6 MB of 0.7 MB (85 %); beyond that the server refuses what phones send"),
        (LIMITS[1], "(150 %)", "exceeded, so the server refuses what phones send (402)"),
        (LIMITS[2], "6 of 4 (150 %)", "forms received in this period: 6 of 4 (150 %): exceeded"),
        ({"submission": 6}, "6 of 6 (100 %)", "6 of 6 (100 %); beyond that the server refuses"),
    ],
)
def test_the_doctor_says_how_much_is_used_and_what_to_do(
    served: tuple[KoboModel, Served], tmp_path: Path, limits: dict[str, int], said: str, warned: str
) -> None:
    model, one = served
    model.users[ADMIN].limits = limits
    _, used, *warnings = told(one, tmp_path)
    assert used[0] == "ok"
    assert said in used[1]
    assert [state for state, _, _ in warnings] == (["warn"] if warned else [])
    for _, found, advice in warnings:
        assert warned in found
        assert "enlarge the account's plan" in advice


@pytest.mark.parametrize("status", [403, 404])
def test_a_server_that_does_not_tell_is_no_fault(
    served: tuple[KoboModel, Served], tmp_path: Path, status: int
) -> None:
    _, one = served
    one.faults.add("status", status=status, times=None, path="/service_usage/")
    assert [state for state, _, _ in told(one, tmp_path)] == ["ok"]
