"""The lists that forms choose from: their columns, the same whoever publishes them and even when empty."""

from collections.abc import Mapping
from types import MappingProxyType

from xlsforms import names

# Written by the application itself: what its entity holds.
ENTITY_PROPERTIES = ("applicant_type", "applicant_name", "district", "district_name")

# Written by the server alone, never by a phone (docs/architecture.md).
SERVER_PROPERTIES = ("status", "missing_docs", "missing_th", "bad_pages", "round_due", "registration_no")

SENT_AT = "sent_at"  # written by a supplement, nothing else is

COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        names.APPLICANTS: ("name", "label", *ENTITY_PROPERTIES, *SERVER_PROPERTIES, SENT_AT),
        names.ASSESSORS: ("name", "label", "districts", "committee"),
        names.PLAN_ITEMS: (
            ("name", "label", "applicant", "indicator", "seq", "seq_i", "target", "unit", "due")
        ),
        names.VILLAGES: ("name", "label", "subdistrict"),
    }
)
