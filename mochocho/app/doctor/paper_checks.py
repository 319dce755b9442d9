"""The doctor's check of the latest papers: whether every applicant is in them."""

from collections.abc import Iterator

from mochocho.app.doctor.checks import Check
from mochocho.settings.config import Settings
from mochocho.words.sentences import Sentence
from reports.packet.needed_sheets import plan_in

_NAMED = 3  # applicants


def examine(settings: Settings) -> Iterator[Check]:
    """One check; none before the first packet."""
    laid_out = plan_in(settings.cache_dir)
    if laid_out is None:
        return
    if not laid_out.unmade:
        yield Check(
            "papers", "ok", Sentence("มีเอกสารของผู้สมัครครบทุกราย", "there are papers of every applicant")
        )
        return
    count = len(laid_out.unmade)
    who = ", ".join(f"{name} ({key})" for _, key, name in laid_out.unmade[:_NAMED])
    more = " …" if count > _NAMED else ""
    yield Check(
        "papers",
        "warn",
        Sentence(
            f"จัดทำเอกสารของผู้สมัคร {count} รายไม่ได้ ในเล่มมีใบที่บอกเหตุแทน: {who}{more}",
            f"no papers of {count} applicants; a sheet says so in their place: {who}{more}",
        ),
        Sentence(
            "`mochocho status` บอกเหตุ แก้แล้วสั่ง `mochocho run`",
            "`mochocho status` says why; `mochocho run` when mended",
        ),
    )
