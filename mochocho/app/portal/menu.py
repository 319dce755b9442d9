"""The pages of the portal in the order of the menu: a new page is one line here."""

from mochocho.app.portal.pages.entrance import entrance_page, own_account_page
from mochocho.app.portal.pages.front import front_page
from mochocho.app.portal.pages.resolutions import resolutions_page
from mochocho.app.portal.portal_page import Page

PAGES: tuple[Page, ...] = (
    front_page.PAGE,
    resolutions_page.PAGE,
    entrance_page.PAGE,
    own_account_page.PAGE,
)
