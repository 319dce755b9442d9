"""The model of KoboToolbox answers the recorded requests, sent again in order, as kpi did.

Compared are the status, the body, the content type, Allow, Location, WWW-Authenticate, Content-Disposition,
X-OpenRosa-* and whose token it was. Ids made by the server are matched one to one, times by their shape;
UNLIKE lists the recorded requests that the model does not answer as kpi does.
"""

import base64
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
import requests

from tests.contract.servers.kobo_recording import (
    PHOTO,
    TRIMMED,
    Exchange,
    Pairs,
    Sent,
    differences,
    exchanges,
    filled,
    posted,
    read,
    workbook,
)
from tests.models.kobo.app import KoboModel
from tests.models.kobo.operations import ADMIN
from tests.models.serving import serve

UNLIKE: Mapping[str, tuple[str, ...]] = {
    "exports: we read records, nothing of ours asks for exports": (
        *("80_export_create", "81_export_poll", "82_export_download", "82b_export_download_noauth"),
        *("83_export_create_csv_query", "83b_export_poll", "83c_csv", "84_export_bad", "84b_export_list"),
        *("84c_export_delete", "85_export_settings_create", "85a_export_settings_list", "85b_sync_csv"),
        *("85c_sync_csv_again", "85d_sync_xlsx", "85e_sync_csv_noformat", "85f_sync_xlsx"),
        *("94_export_settings_noformat", "94b_sync_csv", "94c_sync_csv_follow", "94d_sync_csv_within_cache"),
    ),
    "hooks: they fire once and prove nothing": (
        *("91_hook_create", "91b_hook_create_fail", "91c_hook_list", "91d_hook_logs", "91e_hook_logs_fail"),
        *("118_hook_retry_all", "118b_logs_failed", "118c_retry_one", "118d_hook_delete"),
    ),
    "paired data: our forms take CSV files": (
        *("95_import_child", "95c_deploy_child", "96_paired_not_shared", "96c_paired_create"),
        *("96d_paired_list", "96e_paired_external", "96f_formlist", "96g_manifest_child", "96h_media_child"),
    ),
    "Digest credentials: our phones use tokens": ("10d_formlist_digest",),
    "Kobo's pyxform writes another text than ours": ("11_xform_xml", "11c_form_xml", "11d_xform"),
    "posts as JSON: no phone makes them": ("29b_submission_json",),
    "asked by nothing of ours": (
        *("43_format_geojson", "74_history_actions", "76_counts", "77c_asset_snapshot_ids"),
        *("78c_service_usage", "105_head", "105b_options", "142_clone", "142b_delete_asset"),
    ),
    "Enketo was away, or its addresses are its own": (
        *("64_enketo_edit", "106_enketo_edit", "106b_enketo_view"),
    ),
    "about records that were made outside the recording": (
        *("140_attachment_delete", "140b_attachments_bulk_delete", "144b_public_data_anon"),
        *("145_string_compare",),
    ),
    "kpi had taken the permission back by itself": ("144c_unshare",),
}
SKIPPED = {name for group in UNLIKE.values() for name in group}
RECORDED = [one for one in exchanges() if one.name not in SKIPPED]
# 2026-11-28: versions, drafts and sharing, with versions of ours that no number of kpi's can be by chance.
LATER = exchanges("versions")
HEADERS = ("Allow", "X-KoBoNaUt", "X-OpenRosa-Version", "X-OpenRosa-Accept-Content-Length")
PHOTOS = ("main.jpg", "grp.jpg", "tap1.jpg")
ODD = "my photo ü (1).jpg"


@dataclass
class Replay:
    """A model under the recording; `found`: exchange -> what differed."""

    model: KoboModel
    url: str
    pairs: Pairs
    found: dict[str, list[str]] = field(default_factory=dict)

    def id_of(self, recorded: str) -> str:
        return self.pairs.translate(recorded)


def _filled(site: str, households: int, answer: str, **answers: str) -> str:
    """The instance that this exchange was answered for."""
    body: str = read(answer)["response"]["body"]
    return filled(site, households, body.partition('instanceID="uuid:')[2].partition('"')[0], **answers)


def _imported(name: str, **fields: str) -> Sent:
    content = read({"01_import_create": "03_asset_before_deploy"}.get(name, "103c_asset_newversion"))
    book = workbook(content["response"]["body"]["content"], "Water points")

    def made(pairs: Pairs) -> dict[str, Any]:
        given = {key: pairs.translate(value) for key, value in fields.items()}
        return {"files": {"file": ("form.xlsx", book)}, "data": given}

    return made


def _sent() -> dict[str, Sent]:
    """The bodies that the recording names by their length alone."""
    beta = _filled("Beta", 20, "22_submission_part1")
    late = _filled("Late photos", 3, "120_late1")
    odd = {"photo_main": ODD, "photo_grp": ODD, "tap_photo": ""}
    new = {"photo_main": "new.jpg", "photo_grp": "", "tap_photo": ""}
    stale = "cd1ed5bc-0f0d-4687-988e-39e94a391cb7"
    alone = {"photo_grp": "", "tap_photo": ""}
    destination = read("103c_asset_newversion")["request"]["url"].partition("?")[0]
    return {
        "01_import_create": _imported("01_import_create"),
        "20_submission_201": posted(_filled("Alpha", 10, "20_submission_201"), *PHOTOS),
        "21_submission_duplicate": posted(_filled("Alpha", 10, "20_submission_201"), *PHOTOS),
        "22_submission_part1": posted(beta, "main.jpg"),
        "23_submission_part2": posted(beta, "grp.jpg", "tap1.jpg"),
        "92_submission_for_hook": posted(_filled("Hooked", 1, "92_submission_for_hook", **alone), "main.jpg"),
        "103_replace_form": _imported("103_replace_form", destination=destination),
        "120_late1": posted(late, "main.jpg"),
        "120c_late2": posted(late, "grp.jpg", "tap1.jpg"),
        "121_same_name_twice": posted(_filled("Names", 3, "121_same_name_twice", **odd), ODD),
        "122_edit_replace_photo": posted(
            _filled("Beta v3", 22, "122_edit_replace_photo", deprecated=stale, **new), "new.jpg"
        ),
    }


def _two_to_delete(replay: Replay) -> None:
    for name, root in (("Del1", _root_of("72b_after_attachment_delete")), ("Del2", _deleted_root())):
        xml = filled(name, 1, root, photo_grp="", tap_photo="")
        replay.model.submit(replay.id_of(xml).encode(), {"main.jpg": PHOTO})
    attachment = replay.model.record(_root_of("72b_after_attachment_delete")).attachments[0]
    shown = read("72b_after_attachment_delete")["response"]["body"]["_attachments"][0]
    replay.pairs.know(shown["uid"], attachment.uid)


def _root_of(name: str) -> str:
    root: str = read(name)["response"]["body"]["_uuid"]
    return root


def _deleted_root() -> str:
    rows = read("73_history_q_delete")["response"]["body"]["results"]
    root: str = rows[0]["metadata"]["submission"]["root_uuid"]
    return root


def _ids_from(number: int) -> Callable[[Replay], None]:
    """Records of other projects had taken the ids up to this one."""

    def given(replay: Replay) -> None:
        replay.model.last_id = number - 1

    return given


def _forms_from(number: int) -> Callable[[Replay], None]:
    """Forms of other projects had taken the numbers up to this one."""

    def given(replay: Replay) -> None:
        while replay.model.next_pk("form") < number - 1:
            pass

    return given


def _one_less(replay: Replay) -> None:
    """117: one was deleted while hooks were watched; then came those of 110."""
    replay.model.clock.moment -= timedelta(minutes=1)
    replay.model.delete(_root_of("72b_after_attachment_delete"))
    replay.model.clock.moment += timedelta(minutes=1)
    _ids_from(1263)(replay)


def _seen_as_geojson(replay: Replay) -> None:
    asset = replay.model.projects()[0]
    replay.model.log(asset, "view-data", ADMIN)


def _json_refused(replay: Replay) -> None:
    replay.model.last_id += 1


UNRECORDED: Mapping[str, Callable[[Replay], None]] = {
    "30_data_list": _json_refused,
    "44_format_csv": _seen_as_geojson,
    "71d_bulk_delete_query": _two_to_delete,
    "86k_manifest_after_redeploy": lambda replay: replay.model.settle(),
    "130d_deploy_without_version": lambda replay: replay.model.settle(),
    "101d_bob_submits": _ids_from(35),
    "103f_old_version_submit": _ids_from(110),
    "120_late1": _one_less,
    "202_deploy": _forms_from(87),
    "203_submit": _ids_from(91),
}


@pytest.fixture(scope="module")
def replay() -> Iterator[Replay]:
    """All of it, once, through HTTP."""
    model = KoboModel()
    model.media_looks = None
    for name in ("bob", "carol"):
        model.add_user(name)
    bodies = _sent()
    with serve(model) as served:
        state = Replay(model, served.url, Pairs(served.url))
        for one in RECORDED:
            state.found[one.name] = _again(state, one, bodies.get(one.name))
        yield state


@pytest.fixture(scope="module")
def later() -> Iterator[Replay]:
    """That of the other day, on a model of its own."""
    model = KoboModel()
    model.media_looks = None
    model.add_user("bob")
    with serve(model) as served:
        state = Replay(model, served.url, Pairs(served.url))
        for one in LATER:
            state.found[one.name] = _again(state, one, None)
        yield state


def _again(replay: Replay, one: Exchange, sent: Sent | None) -> list[str]:
    replay.model.clock.moment = parsedate_to_datetime(one.answered["Date"].replace("UTC", "GMT"))
    if one.name in UNRECORDED:
        UNRECORDED[one.name](replay)
    given: dict[str, Any] = {"data": None}
    headers = {"Accept": "*/*"}
    if sent is not None:
        given = sent(replay.pairs)
    elif one.body is not None:
        given["data"] = replay.id_of(one.body).encode()
        headers["Content-Type"] = one.headers["Content-Type"]
    answer = requests.request(
        one.method,
        replay.url + replay.id_of(one.url),
        headers=headers,
        auth=_Credentials(replay.model, one),
        allow_redirects=False,
        timeout=20,
        **given,
    )
    if answer.status_code != one.status:
        return [f"{one.status} against {answer.status_code}: {answer.text[:300]}"]
    return _headers(replay, one, answer) + _bodies(replay, one, answer)


class _Credentials(requests.auth.AuthBase):
    """Of the user that the recorded answer names, in the way it was asked."""

    def __init__(self, model: KoboModel, one: Exchange) -> None:
        self._kind = one.headers.get("Authorization", "").partition(" ")[0]
        user = model.users[one.answered.get("X-KoBoNaUt", ADMIN)]
        wrong = one.status == 401 and self._kind == "Token"
        self._user, self._token = user, "0" * 40 if wrong else user.token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._kind == "Basic":
            plain = f"{self._user.name}:{self._user.password}".encode()
            request.headers["Authorization"] = f"Basic {base64.b64encode(plain).decode()}"
        elif self._kind:
            request.headers["Authorization"] = f"{self._kind} {self._token}"
        return request


def _headers(replay: Replay, one: Exchange, answer: requests.Response) -> list[str]:
    wanted: dict[str, str | None] = {name: one.answered[name] for name in HEADERS if name in one.answered}
    got = {name: answer.headers.get(name) for name in wanted}
    content_type = {} if one.status == 204 else {"Content-Type": one.answered.get("Content-Type")}
    got |= {name: answer.headers.get(name) for name in content_type}
    for name in ("Location", "Content-Disposition"):
        wanted[name] = one.answered.get(name)
        got[name] = answer.headers.get(name)
        if name == "Content-Disposition" and got[name]:
            got[name] = str(got[name]).encode("latin-1").decode()
    for name in ("WWW-Authenticate",):
        wanted[name] = one.answered.get(name, "").partition(" ")[0]
        got[name] = answer.headers.get(name, "").partition(" ")[0]
    return differences({**wanted, **content_type}, got, replay.pairs, "header")


def _bodies(replay: Replay, one: Exchange, answer: requests.Response) -> list[str]:
    if isinstance(one.content, dict) and "_binary_len" in one.content:
        return [] if answer.content == PHOTO else [f"{len(answer.content)} bytes that nobody sent"]
    if one.content in (None, "") or one.method == "HEAD" or one.status == 204:
        return []
    if isinstance(one.content, str):
        got = answer.content.decode()
        if one.content.endswith(TRIMMED):
            kept = one.content.removesuffix(TRIMMED).rstrip()
            return [] if got.startswith(kept) else [f"another page: {got[:200]}"]
        return differences(one.content.strip(), got.strip(), replay.pairs)
    if "json" not in answer.headers["Content-Type"]:
        return [f"another kind of answer: {answer.text[:200]}"]
    return differences(one.content, answer.json(), replay.pairs)


@pytest.mark.parametrize("name", [one.name for one in RECORDED])
def test_answers_as_kpi_did(replay: Replay, name: str) -> None:
    assert replay.found[name] == []


@pytest.mark.parametrize("name", [one.name for one in LATER])
def test_numbers_versions_and_shares_as_kpi_did(later: Replay, name: str) -> None:
    assert later.found[name] == []


def test_nothing_of_the_recording_is_missing() -> None:
    assert (len(RECORDED), len(LATER)) == (213, 43)
