"""What every process of a race needs, imported once for them all."""

from sqlalchemy.orm import configure_mappers

import portal
import tests.factories
import tests.support.browser

__all__ = ["portal", "tests"]

configure_mappers()
