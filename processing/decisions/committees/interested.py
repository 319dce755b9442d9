"""Who has an interest in whom: declared on a score sheet, or recused from a resolution that holds."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.words import people
from processing.decisions import recorded
from processing.decisions.decision import Kind, Resolved
from processing.tables import DecisionRow, SheetRow


def interested(session: Session) -> Mapping[str, frozenset[str]]:
    """By a person's name as `people.key` compares it, the keys of the applicants that are kept from them."""
    found = defaultdict[str, set[str]](set)
    declared = select(SheetRow.applicant_key, SheetRow.content["assessor"].as_string()).where(
        SheetRow.content["interest"].as_string().is_not(None)
    )
    for key, assessor in session.execute(declared):
        found[people.key(assessor)].add(key)
    recused = select(DecisionRow.applicant_key).where(
        DecisionRow.kind == Kind.RESOLUTION.value, DecisionRow.content.contains('"recused":')
    )
    for decision in recorded.holding(session, (Kind.RESOLUTION,), set(session.scalars(recused))):
        if isinstance(decision.content, Resolved):
            for name in decision.content.recused:
                found[people.key(name)].add(decision.applicant_key)
    return {name: frozenset(keys) for name, keys in found.items()}
