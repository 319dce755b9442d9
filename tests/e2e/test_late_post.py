"""`demo --portal` opens on work: late applications, whose copies are dark, and a meeting that is set up."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from mochocho.app.demo import field_day, late_post
from mochocho.app.demo.sample_folder import fresh_home
from mochocho.app.demo.sample_province import Unit, small
from mochocho.app.portal.sample import NAME
from mochocho.app.portal.sample_meeting import convene
from mochocho.storage.db import reading
from mochocho.words.model import ApplicantType
from processing.deadlines.deadlines import deadlines_of
from processing.documents.desk.waiting_now import WaitingNow
from processing.meetings.packet_meeting import meeting_of_packet
from processing.rounds.calendar import Stage
from processing.scope import EVERYTHING
from sync.publish.published import put_form
from xlsforms.build import build_forms


def test_documents_wait_once_the_late_post_has_come_and_the_meeting_can_be_opened(tmp_path: Path) -> None:
    first = (Unit(1, "แม่จัน", ApplicantType.LEADER),)
    plan = replace(small(12), districts=("แม่จัน", "เมืองเชียงราย"), units=first)
    home = fresh_home(tmp_path / "sample", plan)
    try:
        for form in build_forms(home.pack, home.province, "odk"):
            put_form(home, form)
        field_day.hire(home, plan, "http://127.0.0.1")
        late_post.arrive(home, plan)
        with reading(home.engine) as session:
            waiting = WaitingNow(home).of(session, EVERYTHING)
        assert len({one.key for one in waiting}) == len(waiting) == late_post.MANY
        assert len({one.district for one in waiting}) == 2
        meeting = convene(home, NAME)
        with reading(home.engine) as session:
            assert meeting_of_packet(session, home.settings) == meeting
        assert meeting.day
        assert len(meeting.members) > meeting.least_present
        terms = {(one.district, one.stage): one for one in deadlines_of(home, date(2025, 4, 20))}
        mae_chan, mueang = (terms["5707", Stage.ONSITE], terms["5701", Stage.ONSITE])
        assert (mae_chan.days_late, mueang.days_late, mueang.waits) == (0, 5, True)
        assert (mae_chan.set_due, bool(mae_chan.reason)) == (date(2025, 4, 15), True)
    finally:
        home.engine.dispose()
