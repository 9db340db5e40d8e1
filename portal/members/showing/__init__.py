"""What is shown of people: each chooses, looks at it as others would, and has a page."""

from portal.members.showing import views

__all__ = ["views"]
