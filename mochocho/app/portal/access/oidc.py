"""Signing in at a province's own OpenID Connect provider: code with PKCE, state, nonce.

An account is found by issuer and subject, never by an e-mail address, and was made before.
"""

import json
import secrets
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import requests
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.jwk import KeySet
from sqlalchemy import select

from mochocho.app.portal.access import sessions
from mochocho.app.portal.access.sign_ins import sign_in_log
from mochocho.app.portal.access.sign_ins.caller import Caller
from mochocho.app.tables import AccountRow
from mochocho.settings.config import Oidc
from mochocho.storage.db import transaction
from mochocho.storage.home import Home
from mochocho.words.errors import Transient

ALGORITHMS = ("RS256", "PS256", "ES256")
PATIENCE = 10.0  # seconds
LEEWAY = 60  # seconds by which the provider's clock may be wrong
_KNOWN_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class Journey:
    """What a browser keeps while it is at the provider; only that browser may come back with it."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def begun(cls) -> "Journey":
        return cls(*(secrets.token_urlsafe(32) for _ in range(3)))

    @classmethod
    def kept(cls, cookie: str) -> "Journey | None":
        """That of a cookie; None where it holds none."""
        parts = cookie.split(".")
        return cls(*parts) if len(parts) == 3 and all(parts) else None

    def cookie(self) -> str:
        return ".".join((self.state, self.nonce, self.verifier))


class Provider:
    """The provider of the settings. Raises Transient where it does not answer as one."""

    def __init__(self, settings: Oidc) -> None:
        self._settings = settings
        self._found: tuple[float, dict[str, Any]] | None = None

    @property
    def name(self) -> str:
        return self._settings.name

    def address(self, journey: Journey, redirect_uri: str) -> str:
        """Where the browser is sent."""
        with self._client(redirect_uri) as client:
            url, _ = client.create_authorization_url(
                self._metadata()["authorization_endpoint"],
                state=journey.state,
                nonce=journey.nonce,
                code_verifier=journey.verifier,
            )
        return str(url)

    def subject(self, journey: Journey, state: str, code: str, redirect_uri: str, now: datetime) -> str:
        """The subject of whoever comes back; '' where the provider's word does not hold."""
        if not secrets.compare_digest(state.encode(), journey.state.encode()):
            return ""
        try:
            with self._client(redirect_uri) as client:
                token = client.fetch_token(
                    self._metadata()["token_endpoint"],
                    code=code,
                    code_verifier=journey.verifier,
                    timeout=PATIENCE,
                )
            keys = KeySet.import_key_set(self._got(self._metadata()["jwks_uri"]))
            return self._checked(token["id_token"], keys, journey.nonce, now)
        except requests.RequestException as error:
            raise _away() from error
        except Exception:  # whatever is wrong with a token, in the words of three libraries
            return ""

    def _checked(self, id_token: str, keys: KeySet, nonce: str, now: datetime) -> str:
        claims = jwt.decode(id_token, keys, algorithms=ALGORITHMS).claims
        jwt.JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=LEEWAY,
            iss={"essential": True, "value": self._settings.issuer},
            aud={"essential": True, "value": self._settings.client_id},
            nonce={"essential": True, "value": nonce},
            exp={"essential": True},
            sub={"essential": True},
        ).validate(claims)
        return str(claims["sub"])

    def _client(self, redirect_uri: str) -> Any:
        return OAuth2Session(
            self._settings.client_id,
            self._settings.client_secret.get_secret_value(),
            scope="openid",
            redirect_uri=redirect_uri,
            code_challenge_method="S256",
        )

    def _metadata(self) -> dict[str, Any]:
        if self._found is None or time.monotonic() - self._found[0] > _KNOWN_SECONDS:
            found = self._got(f"{self._settings.issuer.rstrip('/')}/.well-known/openid-configuration")
            if found.get("issuer") != self._settings.issuer:
                raise _away()
            self._found = time.monotonic(), found
        return self._found[1]

    def _got(self, url: str) -> Any:
        try:
            answer = requests.get(url, timeout=PATIENCE)
            answer.raise_for_status()
            return json.loads(answer.content)
        except (requests.RequestException, ValueError) as error:
            raise _away() from error


def sign_in(home: Home, issuer: str, subject: str, now: datetime, caller: Caller) -> str | None:
    """What the new session's cookie holds; None where no account in use has this issuer and subject."""
    query = select(AccountRow).where(
        AccountRow.issuer == issuer, AccountRow.subject == subject, AccountRow.disabled_at.is_(None)
    )
    with transaction(home.engine, counted=False) as session:
        row = session.scalar(query) if subject else None
        if row is None or (row.until is not None and row.until <= now):
            return None
        sign_in_log.let_in(session, row, "ระบบยืนยันตัวตนของหน่วยงาน", caller, now)
        return sessions.begin(session, row.id, now, caller)


def _away() -> Transient:
    return Transient(
        "ระบบยืนยันตัวตนของหน่วยงานยังไม่ตอบ ให้ลองใหม่ หรือเข้าด้วยรหัสผ่าน",
        "the OpenID Connect provider does not answer as it should",
    )
