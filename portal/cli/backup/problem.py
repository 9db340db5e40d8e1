"""What can go wrong with a backup."""


class Problem(Exception):
    """Why a backup or a restore stops, in one sentence; nothing was changed."""
