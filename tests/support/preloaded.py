"""What every process of a race needs, imported once for them all."""

import portal
import tests.factories
import tests.support.browser

__all__ = ["portal", "tests"]
