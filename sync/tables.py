"""The tables that `sync` writes:
the last known state of servers and phones, and what was published to them.
"""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mochocho.storage.db import Base, UtcDateTime


class Officer(Base):
    """A person with a phone. The token itself is never stored, only its sha256; revoked officers stay.

    `former_districts`: those the officer was moved from, from which forms may still come.
    """

    __tablename__ = "officer"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    districts: Mapped[list[str]] = mapped_column(JSON)  # DOPA codes, 4 digits
    former_districts: Mapped[list[str]] = mapped_column(JSON, default=list)
    token_sha256: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class WebLinkRow(Base):
    """A link that opens one form in a browser, once (`sync.web_links`); the token itself is never stored."""

    __tablename__ = "web_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_sha256: Mapped[str] = mapped_column(unique=True)
    form_id: Mapped[str]
    applicant: Mapped[str]  # its key, "" = the form makes a new one
    officer: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    made_by: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    until: Mapped[datetime] = mapped_column(UtcDateTime)
    instance: Mapped[str]  # what was sent by it, "" = nothing yet


class Seen(Base):
    """What a source's index said about one root when it was last fetched; compared, never used as a cursor.

    `submission_root`: the mirror's root id of what was read of it, '' when nothing could be. For a server's
    root also its state there. `state`: live, deleted, purged; `missed`: in how many complete sweeps since it
    was last listed; `since`: when it came into this state. `current_id`: the instance that the server calls
    current. `judged`, `judged_by`: the validation status that a person set there, and who.
    """

    __tablename__ = "seen"

    source: Mapped[str] = mapped_column(primary_key=True)
    root_id: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[str]
    state: Mapped[str] = mapped_column(default="live")
    missed: Mapped[int] = mapped_column(default=0)
    restored: Mapped[bool] = mapped_column(default=False)  # it was gone once and came back
    since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    submission_root: Mapped[str | None] = mapped_column(index=True)
    current_id: Mapped[str | None]
    judged: Mapped[str | None]
    judged_by: Mapped[str | None]


class Sweep(Base):
    """The last pull of a server: when it was complete, how many roots differed, and what keeps it incomplete.

    `hint`: the server's cheap answer at that time. `vanished`: how many roots wait for a person to say that
    they may go. `problem`: a sentence, since `problem_since`; None after a complete sweep. `unlisted`: forms
    that could not be listed while others were, each with `form`, `th`, `en`, `since`. `polled_at`: when it
    was last pulled in any way; `revalidated_at`, `files_at`: when a day's share of the files, or every one of
    them, was last compared.
    """

    __tablename__ = "sweep"

    source: Mapped[str] = mapped_column(primary_key=True)
    whole_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    listed: Mapped[int] = mapped_column(default=0)
    due: Mapped[int] = mapped_column(default=0)
    hint: Mapped[str | None]
    vanished: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str | None]
    problem_th: Mapped[str | None]
    problem_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    unlisted: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    polled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    files_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revalidated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Submission(Base):
    """One filled form with all its edits.

    `root_id`: the first instanceID of the chain, without `uuid:`, even if that instance has not been seen.
    `current_id`: the version that the server holding it names, else the end of the longest deprecatedID
    chain, of equally long ones the least instanceID. `conflict`: two edits of one version, both kept. `gone`:
    every server that held it says that it is gone; its rows stay, and later stages do not see it. `turns`:
    how often it went, came back or fell back to an older version, so that the entity versions that phones see
    always grow.
    """

    __tablename__ = "submission"

    id: Mapped[int] = mapped_column(primary_key=True)
    form_id: Mapped[str]
    root_id: Mapped[str] = mapped_column(unique=True)
    current_id: Mapped[int | None] = mapped_column(
        ForeignKey(
            "submission_version.id", use_alter=True, name="fk_submission_current_id_submission_version"
        )
    )
    conflict: Mapped[bool] = mapped_column(default=False)
    gone: Mapped[bool] = mapped_column(default=False)
    turns: Mapped[int] = mapped_column(default=0)

    __table_args__ = (Index("ix_submission_form_id_id", "form_id", "id"),)  # read a page at a time


class SubmissionVersion(Base):
    """One instance as it was sent; appended, never overwritten.

    `server_root`: the root it belongs to according to the server that gave it, which may no longer hold the
    edits in between.
    """

    __tablename__ = "submission_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    source: Mapped[str]
    instance_id: Mapped[str] = mapped_column(unique=True)  # without `uuid:`
    deprecated_id: Mapped[str | None] = mapped_column(index=True)
    server_root: Mapped[str | None] = mapped_column(index=True)
    form_version: Mapped[str]
    xml_sha256: Mapped[str]
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    received_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    unknown_fields: Mapped[list[str]] = mapped_column(JSON, default=list)  # filled in, not in its form
    # answers that are none of its form's choices: path, question, as written (`model.NotOffered`); None, as
    # JSON, where nobody has looked yet
    not_offered: Mapped[list[tuple[str, str, str]] | None] = mapped_column(JSON, default=list, nullable=False)

    attachments: Mapped[list["Attachment"]] = relationship(order_by="Attachment.name")


class Attachment(Base):
    """A file the instance names. `sha256` is null until it has arrived. `server`: the one that gave it."""

    __tablename__ = "attachment"

    version_id: Mapped[int] = mapped_column(ForeignKey("submission_version.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str | None] = mapped_column(index=True)
    size: Mapped[int | None]
    server: Mapped[str | None]


class FormerFile(Base):
    """A file that had this name until the server held another one, or none; its bytes stay."""

    __tablename__ = "former_file"

    version_id: Mapped[int] = mapped_column(ForeignKey("submission_version.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int | None]
    until: Mapped[datetime] = mapped_column(UtcDateTime)


class Entity(Base):
    """An entity as its creating submission's current version defines it; phones choose from these."""

    __tablename__ = "entity"

    list_name: Mapped[str] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(primary_key=True)
    root_id: Mapped[str] = mapped_column(index=True)
    label: Mapped[str]
    properties: Mapped[dict[str, str]] = mapped_column(JSON)
    version: Mapped[int] = mapped_column(default=1)


class EntityUpdate(Base):
    """What one submission's current version adds to an entity that another submission creates,
    perhaps later.
    """

    __tablename__ = "entity_update"

    list_name: Mapped[str] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(primary_key=True)
    root_id: Mapped[str] = mapped_column(primary_key=True, index=True)
    properties: Mapped[dict[str, str]] = mapped_column(JSON)
    versions: Mapped[int]  # how many versions that submission has


class PublishedForm(Base):
    """A form version that phones may fill. All stay acceptable; only the `current` one is offered."""

    __tablename__ = "published_form"

    form_id: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    xform_sha256: Mapped[str]
    pack_sha256: Mapped[str | None]  # of the canonical pack it was built from, in the store
    current: Mapped[bool]
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PublishedList(Base):
    """A list that forms choose from. `made_from`: what it was last computed from."""

    __tablename__ = "published_list"

    name: Mapped[str] = mapped_column(primary_key=True)
    made_from: Mapped[str]
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PublishedRow(Base):
    """One row of a published list. `version` counts its changes and never falls, so `gone` rows stay."""

    __tablename__ = "published_row"

    list_name: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]  # in the order of the list
    fields: Mapped[dict[str, str]] = mapped_column(JSON)
    version: Mapped[int]
    gone: Mapped[bool]


class Quarantined(Base):
    """Something that came and cannot be used: kept in the store, with the reason, until a person looks at it.

    The row is removed when the item becomes usable: its form was published, its file can be read.
    """

    __tablename__ = "quarantined"

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str]
    key: Mapped[str]  # names this item within its source; an item is recorded once
    code: Mapped[str]
    message_th: Mapped[str]
    sha256: Mapped[str | None]
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    received_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (UniqueConstraint("source", "key"),)


class ErasedRow(Base):
    """An id of a form or an applicant whose data was erased: what comes with it again is dropped.

    Only the salted hash of an id is kept, never of a name or a number, which could be tried through.
    """

    __tablename__ = "erased"

    digest: Mapped[str] = mapped_column(primary_key=True)
    salt: Mapped[str]


class ServerForm(Base):
    """A form version as it was published to a server. `remote_id`: the server's id of the form."""

    __tablename__ = "server_form"

    server: Mapped[str] = mapped_column(primary_key=True)
    form_id: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[str] = mapped_column(primary_key=True)
    remote_id: Mapped[str]
    sha256: Mapped[str]  # of what was published: XLSForm and media
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ServerVersion(Base):
    """Our version of a form that a server calls otherwise: `remote_version` of its `remote_id`."""

    __tablename__ = "server_version"

    server: Mapped[str] = mapped_column(primary_key=True)
    remote_id: Mapped[str] = mapped_column(primary_key=True)
    remote_version: Mapped[str] = mapped_column(primary_key=True)
    form_id: Mapped[str]
    version: Mapped[str]


class ServerList(Base):
    """A list as it was last put to a server. `overruled`: how often others had changed our values."""

    __tablename__ = "server_list"

    server: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str]  # of the rows
    put_at: Mapped[datetime] = mapped_column(UtcDateTime)
    overruled: Mapped[int] = mapped_column(default=0)


class ServerOfficer(Base):
    """An officer's account on a server; several where each new access is a new account.

    `remote_id`: the server's name for the sender of a submission. What was sent with an ended account stays
    the officer's.
    """

    __tablename__ = "server_officer"

    server: Mapped[str] = mapped_column(primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), primary_key=True)
    remote_id: Mapped[str] = mapped_column(primary_key=True)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
