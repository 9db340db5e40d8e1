"""The door: `python3 dev run`, `python3 dev test`. Says so when this Python is too old.

This one file must parse on any Python 3, or an old one could not even read the sentence.
"""

import os
import sys


def main() -> None:
    """Check the Python, then run the command that was asked for."""
    if sys.version_info < (3, 11):
        sys.exit(
            "The portal needs Python 3.11 or newer and this is {}.{}: install a newer one and name"
            " it, as in `make run PYTHON=python3.11`.".format(*sys.version_info[:2])
        )
    sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    from dev import commands

    sys.exit(commands.main(sys.argv[1:]))


if __name__ == "__main__":
    main()
