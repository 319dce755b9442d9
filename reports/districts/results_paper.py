"""The summary of results that a district's committee sends to the province, by itself."""

from datetime import date

from mochocho.storage.home import Home
from reports.districts.district_home import districts_of
from reports.lists.district_results import resolved_cases
from reports.single import letter_pages
from reports.view.blocks import Paper
from reports.view.districts.results_summary import results_summary


def results_paper(home: Home, district: str, day: date) -> Paper:
    """Of a district (its code) on this day, with every resolution. Raises Terminal as `districts_of`."""
    ((_, own),) = districts_of(home, day, [district])
    cases = [case for case in resolved_cases(home, district) if case.unmade is None]
    return results_summary(own, cases)


def results_pdf(home: Home, district: str, day: date) -> bytes:
    """The same as pages. Raises Terminal also for a font that cannot be used."""
    return letter_pages.pdf(home, [results_paper(home, district, day)])
