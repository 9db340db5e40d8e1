"""The cluster, its pages and its files."""

import factory
from sqlalchemy import null
from uuid_utils.compat import uuid7

from portal import models
from portal.core import clock
from tests.factories import base


class Cluster(base.Maker):
    class Meta:
        model = models.Cluster

    name = "Test Cluster"
    place = "Bergen"
    sender_address = "portal@cluster.example"
    factors_from = null()  # stories far in the future are about something else


class PageRevision(base.Maker):
    class Meta:
        model = models.PageRevision

    page_key = factory.Sequence("page-{}".format)
    number = 1
    title_en = "A page"
    title_nb = "En side"
    body_en = "Some words."
    body_nb = "Noen ord."
    at = factory.LazyFunction(lambda: clock.now())


class Page(base.Maker):
    class Meta:
        model = models.Page

    key = factory.Sequence("page-{}".format)
    revision = factory.SubFactory(PageRevision, page_key=factory.SelfAttribute("..key"))


class StoredFile(base.Maker):
    class Meta:
        model = models.StoredFile

    key = factory.Sequence("test/{}".format)
    name = "plan.pdf"
    media_type = "application/pdf"
    size = 4
    sha256 = "0" * 64
    owner_type = "organisation"
    owner_id = factory.LazyFunction(uuid7)


TITLES = {
    "home": ("Where companies grow together", "Der selskaper vokser sammen"),
    "about": ("About us", "Om oss"),
    "contact": ("Contact", "Kontakt"),
    "privacy": ("Privacy notice", "Personvernerklæring"),
    "terms": ("Terms of use", "Vilkår for bruk"),
    "accessibility": ("Accessibility", "Tilgjengelighet"),
}


def set_up() -> None:
    """Make what every portal has after its first visit: a cluster and its pages."""
    revisions = {
        key: PageRevision.build(page_key=key, title_en=en, title_nb=nb)
        for key, (en, nb) in TITLES.items()
    }
    pages = [Page.build(key=key, revision=revision) for key, revision in revisions.items()]
    assert base.SESSION is not None
    base.SESSION.add_all([Cluster.build(), *pages])
    base.SESSION.flush()  # once: every test begins with this
