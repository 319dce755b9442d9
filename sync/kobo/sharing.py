"""Shares our projects with officers' accounts: each may send forms, and sees nothing that others sent."""

from collections.abc import Mapping

from mochocho.words.errors import Terminal
from sync.kobo.api import Api
from sync.web.client import Refused

SENDING = "add_submissions"


def share(api: Api, key: str, projects: Mapping[str, str], account: str) -> None:
    """Let an account send the forms of these projects (form id -> uid); repeating it changes nothing.

    A deleted project does not affect the others. Raises Terminal where there is no such account, or where
    ours may not share; Refused where none of the projects exists.
    """
    if not projects:
        raise Terminal(
            f"{key}: ยังไม่ได้เผยแพร่แบบฟอร์มใดที่นั่น ให้สั่ง `mochocho forms publish` ก่อน",
            f"{key}: no form is published there yet; `mochocho forms publish` first",
        )
    gone: list[Refused] = []
    for uid in projects.values():
        try:
            api.permit(uid, account, SENDING)
        except Refused as error:
            if error.status == 404:
                gone.append(error)
            elif error.status == 400:
                raise Terminal(
                    f"{key}: เซิร์ฟเวอร์นั้นไม่มีบัญชีชื่อ {account!r} ให้เขียนชื่อที่เจ้าของบัญชีใช้เข้าสู่ระบบ",
                    f"{key}: no account of that server is called {account!r}; write the name with which its "
                    "owner logs in",
                ) from error
            else:
                raise
    if len(gone) == len(projects):
        raise gone[0]


def unshare(api: Api, projects: Mapping[str, str], account: str) -> None:
    """Remove all permissions of an account in these projects; repeating it does no harm.

    A deleted project does not affect the others. Raises Refused where none of them exists.
    """
    gone: list[Refused] = []
    for uid in projects.values():
        try:
            held = _of(api, uid, account)
        except Refused as error:
            if error.status != 404:
                raise
            gone.append(error)
            continue
        for assignment in held.values():
            api.forbid(uid, assignment)
    if gone and len(gone) == len(projects):
        raise gone[0]


def missing(api: Api, projects: Mapping[str, str], accounts: Mapping[str, int]) -> dict[int, list[str]]:
    """Officer -> the forms that the officer's account cannot send; `accounts`: account -> officer."""
    lack: dict[int, list[str]] = {}
    for form_id, uid in projects.items():
        held = {
            _name(one.get("user")) for one in api.permissions(uid) if _name(one.get("permission")) == SENDING
        }
        for account, officer in accounts.items():
            if account not in held:
                lack.setdefault(officer, []).append(form_id)
    return lack


def _of(api: Api, uid: str, account: str) -> dict[str, str]:
    """Permission -> the assignment that gives it to an account."""
    mine = [one for one in api.permissions(uid) if _name(one.get("user")) == account]
    return {_name(one.get("permission")): _name(one.get("url")) for one in mine}


def _name(url: object) -> str:
    """The last part of an address, by which the server names an account, a permission, an assignment."""
    return str(url).partition("?")[0].rstrip("/").rpartition("/")[2]
