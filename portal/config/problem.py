"""What is wrong with a setting."""


class SettingError(Exception):
    """A setting that the portal cannot start with, told in one sentence."""
