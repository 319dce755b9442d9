"""The columns of the lists that forms choose from, the same on every server and even in empty lists."""

from collections.abc import Mapping
from types import MappingProxyType

from xlsforms import names

# Written by the application form into its entity.
ENTITY_PROPERTIES = ("applicant_type", "applicant_name", "district", "district_name")

# Written only by the server, never by a phone (docs/architecture.md).
SERVER_PROPERTIES = ("status", "missing_docs", "missing_th", "bad_pages", "round_due", "registration_no")

SENT_AT = "sent_at"  # written by a supplement, which writes nothing else

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
