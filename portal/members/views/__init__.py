"""Pages of the members' room."""

from portal.members.views.blueprint import bp

__all__ = ["bp"]
