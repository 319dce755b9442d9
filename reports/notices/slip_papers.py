"""Finds the applicants who must correct something and typesets their slips; nothing of it is stored."""

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words import thai
from mochocho.words.model import Application, ReviewState
from processing.chunks import batched
from processing.meetings import packet_meeting
from processing.register.form_packs import Packs
from processing.tables import ApplicantRow
from reports.lists import publish_lists
from reports.notices.review import Notice, notice
from reports.notices.slip import To, slip, slip_text
from reports.single import small_paper
from sync.tables import Seen

_NAME_LETTERS = 10


@dataclass(frozen=True, slots=True)
class Wanted:
    """One applicant who must correct something."""

    notice: Notice
    to: To
    file_name: str  # without its ending; not the key, since phones write keys


def wanted(home: Home, keys: Collection[str] | None = None) -> list[Wanted]:
    """The applicants, of these or of all, who must correct something: by district, then by name."""
    found = list(_found(home, keys))
    order = {district.code: number for number, district in enumerate(home.province.districts)}
    meeting = packet_meeting.of_home(home)
    day = meeting.day if meeting else None
    return [
        Wanted(now, _to(home, application, link, day), _file_name(application))
        for now, application, link in sorted(
            found,
            key=lambda one: (
                order.get(one[1].district, len(order)),
                thai.sort_key(one[1].name),
                one[1].key,
            ),
        )
    ]


def text(home: Home, one: Wanted) -> str:
    """The message."""
    return slip_text(one.notice, one.to, small_paper.words_of(home))


def paper(home: Home, one: Wanted) -> bytes:
    """The paper: a PDF on A5 with the applicant's code. Raises Terminal when the font is missing."""
    return small_paper.pdf(
        home, "slip", slip(one.notice, one.to, small_paper.words_of(home)), code=small_paper.code(one.to.key)
    )


def _found(home: Home, keys: Collection[str] | None) -> Iterator[tuple[Notice, Application, str]]:
    packs = Packs(home)
    query = select(ApplicantRow.key).where(ApplicantRow.assessment_id.is_not(None))
    if keys is not None:
        query = query.where(ApplicantRow.key.in_(keys))
    with reading(home.engine) as session:
        for chunk in batched(sorted(session.scalars(query)), publish_lists.READ_AT_ONCE):
            seen = select(Seen.submission_root, Seen.source).join(
                ApplicantRow, ApplicantRow.root_id == Seen.submission_root
            )
            held = session.execute(seen.where(ApplicantRow.key.in_(chunk)).order_by(Seen.source)).all()
            for one in publish_lists.of_keys(packs, session, chunk):
                now = notice(one)
                if now and now.state is ReviewState.HAS_ISSUES:
                    sources = [row.source for row in held if row.submission_root == one.application.root_id]
                    yield now, one.application, _link(home, sources)


def _link(home: Home, sources: Collection[str]) -> str:
    links = (server.web_form for server in home.settings.servers if server.source_key in sources)
    return next((link for link in links if link), "")


def _to(home: Home, application: Application, link: str, meeting: date | None) -> To:
    district = home.province.district(application.district)
    return To(
        key=application.key,
        name=application.name,
        type=application.type,
        district=district.name_th if district else "-",
        province=home.province.name_th,
        meeting=meeting,
        link=link,
    )


def _file_name(application: Application) -> str:
    named = hashlib.sha256(application.key.encode()).hexdigest()[:_NAME_LETTERS]
    return f"slip-{named}"
