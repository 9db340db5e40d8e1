"""The pages of joining."""

from portal.members.joining.views import applying, handling, prices, public

__all__ = ["applying", "handling", "prices", "public"]
