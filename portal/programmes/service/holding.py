"""Keeping everybody else from a row until the deed is done."""

from sqlalchemy import inspect

from portal.extensions import db
from portal.models import Row


def hold(row: Row) -> None:
    """Lock a row and read afresh what it says; what was loaded around it stays.

    Locks are taken in one order everywhere: applications by id, then a decision or an offer, then
    the cohort.
    """
    columns = [column.key for column in inspect(type(row)).column_attrs]
    db.session.refresh(row, columns, with_for_update=True)
