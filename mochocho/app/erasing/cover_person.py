"""The part of a person's erasure that is done in the database, in one transaction."""

from dataclasses import replace

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from mochocho.app.erasing import covered_words
from mochocho.app.erasing import ledger_of_erasures as ledger
from mochocho.app.erasing.ledger_of_erasures import Plan, Receipt
from mochocho.app.erasing.whose import own_accounts, own_rows, own_signatures
from mochocho.app.persons.holders import holders
from mochocho.app.tables import ErasureRow
from mochocho.storage.home import Home
from processing.decisions import recorder
from processing.decisions.decision import Decision, Erased, Kind
from sync.mirror.writing import erased_ids
from sync.tables import Quarantined, Submission, SubmissionVersion


def cover(
    home: Home, session: Session, row: ErasureRow, plan: Plan, *, rehearsed: bool = False
) -> tuple[Plan, Receipt]:
    """Remove the person's rows, cover their words elsewhere, and record it in the chain of decisions.

    Returns the plan with the files that go, and the receipt. `rehearsed`: no file is written, as the
    transaction will be undone.
    """
    whose = plan.whose
    assert whose is not None  # noqa: S101 - of a person
    belongs = holders(session)
    own = own_rows.own_rows(session, belongs, whose.keys)
    found = covered_words.changes(session, home.store, belongs, whose, own)
    for content in () if rehearsed else found.contents:
        home.store.put(content)
    mentioned = _on_servers(session, [instance for instance, _, _ in found.forms])
    signed = own_signatures.files_behind(session, found.signatures)
    covered = covered_words.apply(session, found)
    removed = own_rows.remove(session, own) + own_accounts.closed_behind(session, found.accounts)
    stored = {*own.files, *signed, *(before for _, before, _ in found.forms), *plan.files.stored}
    removed[Quarantined.__tablename__] += _quarantined(session, stored)
    stored = erased_ids.unnamed(session, stored)
    removed += own_rows.remove_of_files(session, stored)
    instances = {*own.instances, *(instance for instance, _, _ in found.forms)}
    erased_ids.remember(session, {*whose.marks, *own.roots, *instances})
    # one for each application; the first says which rows are covered
    contents = (Erased(tuple(covered)), *(Erased() for _ in whose.abouts[1:]))
    decisions = [
        Decision(Kind.ERASE, about, "", content, row.reason, row.officer)
        for about, content in zip(whose.abouts, contents, strict=True)
    ]
    recorder.append(session, decisions, home.pack)
    return (
        replace(plan, stored=tuple(sorted(stored)), instances=tuple(sorted(instances))),
        replace(
            ledger.begun(row, plan),
            removed=dict(sorted((+removed).items())),
            covered=dict(sorted(found.counts.items())),
            files=tuple(sorted(stored)),
            releases=found.released,
            servers=own.on_servers,
            mentioned=tuple(sorted(mentioned)),
        ),
    )


def _on_servers(session: Session, instances: list[str]) -> set[tuple[str, str]]:
    """(server, root there) of others' forms that name the person, by their instances."""
    query = select(Submission.root_id).join(
        SubmissionVersion, SubmissionVersion.submission_id == Submission.id
    )
    found = set[tuple[str, str]]()
    for some in own_rows.batched(instances):
        roots = session.scalars(query.where(SubmissionVersion.instance_id.in_(some)))
        found |= own_rows.held_by_servers(session, roots.all())
    return found


def _quarantined(session: Session, stored: set[str]) -> int:
    """Items that cannot be read and name the person go whole. Returns how many."""
    held = select(Quarantined).where(Quarantined.sha256.is_not(None))
    gone = [item.id for item in session.scalars(held) if item.sha256 in stored]
    session.execute(delete(Quarantined).where(Quarantined.id.in_(gone)))
    return len(gone)
