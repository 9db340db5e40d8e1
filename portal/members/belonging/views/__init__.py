"""The pages about membership over the years."""

from portal.members.belonging.views import benefits, keeping, own, renewals

__all__ = ["benefits", "keeping", "own", "renewals"]
