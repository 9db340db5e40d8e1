"""What must be true of second factors, and why if it is not."""


def counts_backwards(kept: int, told: int) -> bool:
    """Tell whether a passkey counted as a copy of it would. Many do not count, and say 0."""
    return bool(kept or told) and told <= kept
