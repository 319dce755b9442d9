"""Which meeting a command is about."""

from typing import TYPE_CHECKING

from mochocho.app.commands.help import wrong_call
from mochocho.words.errors import Terminal

if TYPE_CHECKING:
    from mochocho.storage.home import Home
    from processing.meetings.meeting import Meeting


def shown(home: "Home", key: str | None) -> "Meeting":
    """The meeting of this key; without one, that of the packet.

    Raises UsageError for an unknown key, Terminal where none is set up.
    """
    from mochocho.storage.db import reading
    from processing.meetings import kept, packet_meeting

    with reading(home.engine) as session:
        own = packet_meeting.meeting_of_packet(session, home.settings)
        every = {one.key: one for one in (own, *kept.meetings(session)) if one}
    if key is None and own is None:
        raise Terminal(
            "ยังไม่ได้ตั้งการประชุม ให้ตั้ง [meeting] ในการตั้งค่า",
            "no meeting is set up yet; set [meeting] in the settings",
        )
    found = every.get(key) if key else own
    if found is None:
        listed = ", ".join(every) or "-"
        raise wrong_call(f"ไม่มีการประชุมนี้ ที่มีคือ {listed}", f"there is no such meeting; there are: {listed}")
    return found
