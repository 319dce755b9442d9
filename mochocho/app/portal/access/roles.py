"""The roles of accounts, and what each may do. Pure."""

from collections.abc import Mapping
from enum import StrEnum

from processing.scope import Permission as May


class Role(StrEnum):
    """What an account is for."""

    ADMIN = "admin"
    PROVINCE = "province"
    DISTRICT = "district"
    ASSESSOR = "assessor"
    VIEWER = "viewer"


ROLES_TH: Mapping[Role, str] = {
    Role.ADMIN: "ผู้ดูแลระบบ",
    Role.PROVINCE: "เจ้าหน้าที่จังหวัด",
    Role.DISTRICT: "เจ้าหน้าที่อำเภอ",
    Role.ASSESSOR: "กรรมการผู้ประเมิน",
    Role.VIEWER: "ผู้ดูเอกสารประชุม",
}

MAY: Mapping[Role, frozenset[May]] = {
    # an administrator decides nothing about applicants
    Role.ADMIN: frozenset(
        {
            May.OVERVIEW,
            May.ARRIVALS,
            May.OFFICERS,
            May.ACCOUNTS,
            May.SETTINGS,
            May.SETTINGS_SEEN,
            May.MEETING_DATA,
            May.AUDIT,
            May.PERSONS,
        }
    ),
    Role.PROVINCE: frozenset(
        {
            May.OVERVIEW,
            May.APPLICANTS,
            May.DOCUMENTS,
            May.SCORES,
            May.RESOLUTIONS,
            May.MEETING_DATA,
            May.MEETINGS,
            May.SCREENS,
            May.CALENDAR,
            May.ARRIVALS,
            May.OFFICERS,
            May.PACKETS,
            May.SETTINGS_SEEN,
            May.LONG_WORK,
            May.PERSONS,
            May.UNMASK,
        }
    ),
    Role.DISTRICT: frozenset(
        {
            May.OVERVIEW,
            May.APPLICANTS,
            May.DOCUMENTS,
            May.RESOLUTIONS,
            May.MEETING_DATA,
            May.MEETINGS,
            May.SCREENS,
            May.CALENDAR,
            May.OFFICERS,
            May.UNMASK,
        }
    ),
    Role.ASSESSOR: frozenset({May.OVERVIEW, May.APPLICANTS, May.OWN_SHEET}),
    Role.VIEWER: frozenset({May.OVERVIEW, May.PACKETS, May.SCREENS}),
}
