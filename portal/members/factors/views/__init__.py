"""Pages of second factors."""

from portal.members.factors.views import confirming, entering, having, staff

__all__ = ["confirming", "entering", "having", "staff"]
