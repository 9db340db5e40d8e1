"""What stories of the search share."""

import pytest

from portal.search.rebuilding import rebuild


@pytest.fixture
def index(app, session):
    """Bring the index up to date with what factories made beside the portal."""

    def made() -> int:
        session.commit()
        with app.app_context():
            return rebuild()

    return made


@pytest.fixture
def shown(make):
    """Make an organisation with a public page."""

    def made(**answers):
        organisation = make.Organisation(**answers)
        make.MembershipPeriod(membership=make.Membership(organisation=organisation))
        return organisation

    return made


@pytest.fixture
def find(browser):
    """Search, and return the titles that were found by heading."""

    def found(words, **more):
        page = browser.get("search.results", q=words, **more)
        return {
            section.h2.text: [link.text for link in section.select("li a")]
            for section in page.select("main section")
        }

    return found
