"""The pages of the portal in the order of the menu: a new page is one line here."""

from mochocho.app.portal.pages.accounts import accounts_page
from mochocho.app.portal.pages.applicants import applicants_page, consent_page, map_page
from mochocho.app.portal.pages.arrivals import arrivals_page
from mochocho.app.portal.pages.calendar import calendar_page
from mochocho.app.portal.pages.document_queue import cards_page, queue_page
from mochocho.app.portal.pages.entrance import (
    entrance_page,
    oidc_page,
    own_account_page,
    own_sessions_page,
    second_factor_page,
)
from mochocho.app.portal.pages.evidence import evidence_page
from mochocho.app.portal.pages.history import history_page
from mochocho.app.portal.pages.identity import identity_page
from mochocho.app.portal.pages.imports import imports_page
from mochocho.app.portal.pages.meetings import annexes_page, meetings_page, part_page
from mochocho.app.portal.pages.officers import officers_page
from mochocho.app.portal.pages.overview import overview_page
from mochocho.app.portal.pages.packets import committee_page, packets_page, release_page
from mochocho.app.portal.pages.persons import erasures_page, persons_page
from mochocho.app.portal.pages.resolutions import resolutions_page
from mochocho.app.portal.pages.scores import scores_page
from mochocho.app.portal.pages.settings import pack_page, settings_page, villages_page
from mochocho.app.portal.pages.sittings import console_page, meeting_papers_page
from mochocho.app.portal.pages.texts import texts_page
from mochocho.app.portal.pages.web_forms import web_forms_page
from mochocho.app.portal.portal_page import Page

PAGES: tuple[Page, ...] = (
    overview_page.PAGE,
    queue_page.PAGE,
    applicants_page.PAGE,
    scores_page.PAGE,
    resolutions_page.PAGE,
    console_page.PAGE,
    meeting_papers_page.PAGE,
    packets_page.PAGE,
    release_page.PAGE,
    texts_page.PAGE,
    committee_page.PAGE,
    imports_page.PAGE,
    calendar_page.PAGE,
    arrivals_page.PAGE,
    identity_page.PAGE,
    web_forms_page.PAGE,
    cards_page.PAGE,
    evidence_page.PAGE,
    map_page.PAGE,
    consent_page.PAGE,
    persons_page.PAGE,
    erasures_page.PAGE,
    officers_page.PAGE,
    accounts_page.PAGE,
    settings_page.PAGE,
    pack_page.PAGE,
    villages_page.PAGE,
    meetings_page.PAGE,
    part_page.PAGE,
    annexes_page.PAGE,
    history_page.PAGE,
    entrance_page.PAGE,
    oidc_page.PAGE,
    own_account_page.PAGE,
    own_sessions_page.PAGE,
    second_factor_page.PAGE,
)
