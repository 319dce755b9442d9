"""The papers before the dossiers, as letter-like papers of the present state."""

from mochocho.storage.home import Home
from processing.assessment.cases import Casebook, opened
from processing.meetings import packet_meeting
from reports.editable.front_as_papers import list_of_names, order_of_presentation
from reports.packet.assembly import occasion_of
from reports.view.arrange import Entry, arrange
from reports.view.blocks import Paper
from reports.view.front import counts, names, order_paper, with_names
from reports.view.letters.agenda import agenda


def front_papers(home: Home) -> tuple[Paper, ...]:
    """Agenda, order of presentation, แนบ ๔: what the packet says, from the same views.

    Raises Terminal for settings that a person must correct.
    """
    with opened(home) as casebook:
        return _front(home, casebook)


def _front(home: Home, casebook: Casebook) -> tuple[Paper, ...]:
    meeting = packet_meeting.of_home(home)
    entries = (Entry.of(case, meeting) for case in casebook.each())
    groups = arrange(entries, home.province, packet_meeting.order_of(home))
    o = occasion_of(home)
    listed = [with_names(stretch, casebook.of(stretch.keys), o) for stretch in names(groups, o)]
    return (
        agenda(o, counts(groups)),
        order_of_presentation(order_paper(groups, o)),
        list_of_names(listed),
    )
