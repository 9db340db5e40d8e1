"""What every process of a race needs, imported once for them all, and a portal made once."""

import gc
import tempfile
from pathlib import Path

import psycopg
import pytest
import sqlalchemy.dialects.postgresql.psycopg
from sqlalchemy.orm import configure_mappers

import portal
import portal.cli
import tests.factories
import tests.races.rushing
import tests.support.browser
import tests.support.places
from tests.support.databases import settings

__all__ = ["portal", "psycopg", "pytest", "sqlalchemy", "tests"]

FOLDER = Path(tempfile.gettempdir())

configure_mappers()
portal.create_app(settings(f"sqlite:///{FOLDER / 'none.db'}", FOLDER))  # nothing is opened by it
gc.freeze()  # or every process would look through all of this, and so copy it
