"""How large a request may be: it is weighed before anybody knows who sent it."""

from typing import Any

from flask import Request

#: Two texts of a page, as long as they may be and in letters that travel as nine characters each.
MOST_TEXT = 1024 * 1024
FILES = "multipart/form-data"


class Weighed(Request):
    """A request whose body is large only if it may hold files.

    A text of many megabytes can be a million fields, which cost a hundred times their weight to
    read; the parts of a form with files are counted while they are read.
    """

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        if "CONTENT_TYPE" not in self.environ or self.mimetype != FILES:
            self.max_content_length = MOST_TEXT
