"""Who was what in an organisation, and who takes over from those who cannot be reached."""

from portal.members.succession import views

__all__ = ["views"]
