"""What an assessment counted, stored with it for papers, lists and notices. Pure."""

from collections.abc import Iterable, Sequence

from mochocho.words.model import Application, Counted, FileRef, FormerResult, OwnWork, Round, Supplement
from processing.register import supplements
from processing.scoring.reconcile import Consensus
from processing.scoring.sheet_remarks import name


def counted(
    application: Application,
    later: Iterable[Supplement],
    rounds: Sequence[Consensus],
    own: OwnWork,
    evidence: tuple[tuple[str, FileRef], ...],
    former: FormerResult | None = None,
) -> Counted:
    """`application`: with its present documents; `later`:
    forms sent after it; `rounds`: on site, provincial.
    """
    merged = sorted(s.instance_id for s in later if supplements.counts(application, s))
    read = (s.instance_id for one in rounds for s in (*one.counted, *one.declared))
    sheets = [sheet for one in rounds for sheet in one.counted]
    return Counted(
        application=application,
        instances=(application.instance_id, *merged, *read, *own.instance_ids),
        sheets=tuple(sheet.instance_id for sheet in sheets),
        declared=tuple(sheet.instance_id for one in rounds for sheet in one.declared),
        own=own,
        evidence=evidence,
        former=former,
        remarks=tuple(sheet.remarks for sheet in sheets if sheet.remarks),
        justifications=tuple(
            (code, name(sheet), why)
            for one in rounds
            if not one.awaited  # each would tell what another answered
            for sheet in one.counted
            for code, why in sheet.justifications.items()
        ),
        provincial=tuple(sheet.instance_id for sheet in sheets if sheet.round is Round.PROVINCIAL),
    )
