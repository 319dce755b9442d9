"""The routes of a site with what their addresses are made of, for walks over all of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from mochocho.app.portal.access.signed_in import SAFE, ApplicantConverter, EvidenceConverter, need_of
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from processing.tables import ApplicantFileRow
from tests.integration.province_mirror import ENTITY

OWN, FOREIGN, UNKNOWN = 1, 5, 99  # applicants of the settled home: of HERE, of THERE, of nobody


@dataclass(frozen=True)
class Route:
    """One method of one rule; `need`: what its view asks of an account."""

    method: str
    rule: Rule
    need: str

    def __str__(self) -> str:
        return f"{self.method} {self.rule.rule}"

    @property
    def takes_a_key(self) -> bool:
        kinds = (ApplicantConverter, EvidenceConverter)
        return any(isinstance(one, kinds) for one in self.rule._converters.values())

    def path(self, site: Flask, home: Home, number: int) -> str:
        """The address about applicant `number`; parts that are no key are some word or 1."""
        values = {name: _value(home, one, number) for name, one in self.rule._converters.items()}
        with site.test_request_context():
            return str(site.url_map.bind("localhost").build(self.rule.endpoint, values, method=self.method))


def routes(site: Flask) -> Iterator[Route]:
    """Every method of every rule but those that Werkzeug answers by itself."""
    for rule in site.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield Route(method, rule, need_of(site.view_functions[rule.endpoint]))


def unsafe(route: Route) -> bool:
    return route.method not in SAFE


def _value(home: Home, converter: object, number: int) -> object:
    key = ENTITY.format(number)
    if isinstance(converter, ApplicantConverter):
        return key
    if isinstance(converter, EvidenceConverter):
        return files(home).get(key, "0" * 64)
    return 1 if type(converter).__name__ in ("IntegerConverter", "FloatConverter") else "x"


def files(home: Home) -> Mapping[str, str]:
    """Of each applicant one file that came with it."""
    with reading(home.engine) as session:
        rows = session.scalars(select(ApplicantFileRow).order_by(ApplicantFileRow.sha256))
        return {row.applicant_key: row.sha256 for row in rows}
