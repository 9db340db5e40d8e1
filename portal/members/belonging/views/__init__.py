"""The pages about membership over the years."""

from portal.members.belonging.views import (
    benefits,
    keeping,
    kinds,
    own,
    register,
    renewals,
    requests,
)

__all__ = ["benefits", "keeping", "kinds", "own", "register", "renewals", "requests"]
