"""Every route, the most literal first: `forms/{f}.svc` comes before `forms/{f}`, which would take it too."""

from tests.models.central import (
    routes_entities,
    routes_forms,
    routes_openrosa,
    routes_site,
    routes_submissions,
)
from tests.models.central.web import DEFINED, Route

MODULES = (routes_site, routes_openrosa, routes_forms, routes_submissions, routes_entities)
ROUTES = sorted(DEFINED, key=lambda route: route.literal, reverse=True)

__all__ = ["MODULES", "ROUTES", "Route"]
