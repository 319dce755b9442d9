"""The application's own tables: the conveyor's work, and the accounts and sessions of the portal."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mochocho.storage.db import Base, UtcDateTime


class WorkRow(Base):
    """One item of a stage that is leased or has failed; an item without a row is simply due or done.

    `state`: queued (sent, not begun), running, failed. `since`: when the row was first made. `until`: when
    the lease ends; for a failed item, when it is tried again, None = when a person says so.
    """

    __tablename__ = "work"
    __table_args__ = (Index("ix_work_lease", "lease"),)

    stage: Mapped[str] = mapped_column(primary_key=True)
    item: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str]
    lease: Mapped[str | None]
    attempts: Mapped[int]
    code: Mapped[str]
    message: Mapped[str]
    message_th: Mapped[str] = mapped_column(server_default="")
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    until: Mapped[datetime | None] = mapped_column(UtcDateTime)


class NothingDueRow(Base):
    """A stage of which nothing was due at this revision of the database, under these rules."""

    __tablename__ = "quiet"

    stage: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int]
    rules: Mapped[str]


class PulseRow(Base):
    """When something was last seen to run."""

    __tablename__ = "pulse"

    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class AskedWorkRow(Base):
    """Work of minutes that somebody asked for in the portal, and how far it is.

    `slot`: what it is and of what, while it is not ended: the same is not done twice at once. `seen_at`: when
    whoever does it last reported. `stage`, `done`, `total`: as reported. `said`: in Thai, how it ended.
    `content`: what exactly is asked for, as JSON, '' = nothing more.
    """

    __tablename__ = "asked_work"
    __table_args__ = (UniqueConstraint("slot"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    about: Mapped[str]
    slot: Mapped[str | None]
    state: Mapped[str]
    asked_by: Mapped[str]
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    stage: Mapped[str]
    done: Mapped[int]
    total: Mapped[int]
    said: Mapped[str]
    content: Mapped[str] = mapped_column(server_default="")


class ErasureRow(Base):
    """An erasure of personal data, and how far it is: what the law has us forget is done to its end.

    `about`: applicants' keys, or the year of a whole cycle. `state`: as `ledger_of_erasures`; while one is
    planned, rows that are otherwise only appended may be covered. `plan`: JSON of what goes, '' when it is
    done, as it names the person. `receipt`: JSON of what went, by counts and hashes.
    """

    __tablename__ = "erasure"

    id: Mapped[int] = mapped_column(primary_key=True)
    about: Mapped[str]
    officer: Mapped[str]
    reason: Mapped[str]
    state: Mapped[str]
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    plan: Mapped[str]
    receipt: Mapped[str]


class AccountRow(Base):
    """Who may use the portal. An account is disabled, never removed: what it did keeps its name.

    `name`: as it is recorded with decisions. `districts`: codes; `applicants`: keys, of an assessor.
    `password`: argon2id, '' = none. `issuer`, `subject`: of a province's own sign-in, '' = none.
    """

    __tablename__ = "portal_account"
    __table_args__ = (UniqueConstraint("login"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str]
    name: Mapped[str]
    role: Mapped[str]
    districts: Mapped[list[str]] = mapped_column(JSON)
    applicants: Mapped[list[str]] = mapped_column(JSON)
    password: Mapped[str]
    must_change: Mapped[bool]  # the password was given by somebody else
    totp: Mapped[str]  # the secret of the second factor, '' = not set up
    issuer: Mapped[str]
    subject: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    until: Mapped[datetime | None] = mapped_column(UtcDateTime)  # a viewer's last moment
    disabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class PortalSessionRow(Base):
    """Somebody's browser that is signed in, by the hash of the id in its cookie.

    `half`: the password was right, the second factor is still to come. `begun_from`: browser and address, in
    Thai, for its owner.
    """

    __tablename__ = "portal_session"

    id_hash: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("portal_account.id"), index=True)
    half: Mapped[bool]
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    begun_from: Mapped[str] = mapped_column(server_default="")


class SignInRow(Base):
    """One attempt to sign in. `who`: hash of the login that was typed; `address`: from where."""

    __tablename__ = "portal_sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    who: Mapped[str] = mapped_column(index=True)
    address: Mapped[str] = mapped_column(index=True)
    succeeded: Mapped[bool]


class RecoveryCodeRow(Base):
    """A code that stands once for the second factor, by its hash."""

    __tablename__ = "portal_recovery_code"

    account_id: Mapped[int] = mapped_column(ForeignKey("portal_account.id"), primary_key=True)
    code_hash: Mapped[str] = mapped_column(primary_key=True)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class UsedTotpRow(Base):
    """A code of the second factor that was used, by its step of 30 seconds: none counts twice."""

    __tablename__ = "portal_used_totp"

    account_id: Mapped[int] = mapped_column(ForeignKey("portal_account.id"), primary_key=True)
    step: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class SignInLinkRow(Base):
    """A link that signs in once, by its hash; made on this machine alone, for the sample province."""

    __tablename__ = "portal_sign_in_link"

    code_hash: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("portal_account.id"))
    until: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AccessRow(Base):
    """What somebody was given to see or did to an account; a chain, appended before the bytes are sent.

    `what`: page, file, export, unmask, account …; `about`: of what, an applicant's key, a file's sha256;
    `page`: the address from which it was asked for, without a query.
    """

    __tablename__ = "portal_access"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # without gaps
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    account_id: Mapped[int | None]
    name: Mapped[str]
    what: Mapped[str]
    about: Mapped[str] = mapped_column(index=True)
    reason: Mapped[str]
    page: Mapped[str]
    previous: Mapped[str]
    hash: Mapped[str]


class AccessHeadRow(Base):
    """The last row of the access log, in one row: whoever appends takes it first."""

    __tablename__ = "portal_access_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int]
    hash: Mapped[str]
