"""The stage of the matrix: one world, visited by everybody, put back after a deed that worked."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import func, select
from werkzeug.test import Client, TestResponse

from portal.extensions import db
from portal.models import AuditEvent, Base
from tests.architecture.kept import keep
from tests.architecture.matrix import Row
from tests.architecture.world import KINDS, build
from tests.architecture.world.people import visitor
from tests.support.databases import Stage

Dump = Mapping[str, list[str]]

#: When somebody was last here is noted at any visit, and says nothing of a deed.
PASSING = {"login_session": {"seen_at"}}


class Theatre:
    """A portal in which one of everything is, that can be looked at whole and put back."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.app = stage, stage.app
        self.known = build(self.app)
        self.visitors = {kind: visitor(self.app, kind) for kind in KINDS}
        self.client = Client(self.app, use_cookies=False)
        self.columns = {
            table.name: [c.name for c in table.columns if c.name not in PASSING.get(table.name, ())]
            for table in Base.metadata.sorted_tables
        }
        self.keep()

    def keep(self) -> None:
        """Let the world be from now on what it is put back to."""
        self.kept = keep(self.stage)
        self.before = self.dump()

    def open(self, method: str, path: str, *, kind: str, language: str = "en", **more: Any) -> Any:
        """Visit an address as somebody."""
        headers = {
            "Cookie": f"portal={self.visitors[kind].cookie}",
            "Accept-Language": language,
            "Origin": "http://localhost",
        }
        headers |= more.pop("headers", {})
        response: TestResponse = self.client.open(path, method=method, headers=headers, **more)
        return response

    def post(
        self, path: str, body: Mapping[str, Any], *, kind: str, token: bool = True, **more: Any
    ) -> Any:
        """Send a form as somebody, with a valid token or with none."""
        files = {name: (BytesIO(v), "list.csv") for name, v in body.items() if isinstance(v, bytes)}
        data = dict(body) | files
        data |= {"csrf_token": self.visitors[kind].token} if token else {}
        return self.open("POST", path, kind=kind, data=data, **more)

    def place(self, row: Row) -> str:
        """Return where a row of the matrix leads."""
        with self.app.test_request_context():
            path = self.app.url_for(row.endpoint, **self.told(row.to.values))
        return f"{path}?{urlencode(row.to.query)}" if row.to.query else path

    def told(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Put what the world calls {this} into some values."""
        return {name: fill(value, self.known) for name, value in values.items()}

    def dump(self, *tables: str) -> Dump:
        """Read every row of these tables, or of all, as text in no order."""
        found: dict[str, list[str]] = {table: [] for table in tables or self.columns}
        with self.app.app_context(), db.engine.begin() as connection:
            for statement in self.everything(connection.dialect.name, list(found)):
                for table, *row in connection.exec_driver_sql(statement):
                    found[table].append(repr(row))
        return {table: sorted(rows) for table, rows in found.items()}

    def everything(self, dialect: str, tables: list[str]) -> Iterator[str]:
        """Write what reads every row: table by table in a file, at once from a server."""
        parts = []
        for table in tables:
            listed = ", ".join(f'"{name}"' for name in self.columns[table])
            listed = f"ROW({listed})::text" if dialect == "postgresql" else listed
            parts.append(f"SELECT '{table}', {listed} FROM \"{table}\"")  # noqa: S608 - our names
        yield from [" UNION ALL ".join(parts)] if dialect == "postgresql" else parts

    def deeds(self) -> int:
        """Count the lines of the audit that were not there when the world was built."""
        with self.app.app_context(), db.engine.connect() as connection:
            lines = connection.scalar(select(func.count()).select_from(AuditEvent))
        return (lines or 0) - len(self.before["audit_event"])

    def restore(self) -> None:
        """Put the world back to how it was built."""
        self.kept.put_back()

    def changed(self, *but: str) -> dict[str, list[str]]:
        """Return what is not as it was built, by table, leaving out some tables."""
        touched = self.kept.touched() - {*but}
        now = self.dump(*touched) if touched else {}
        return {
            table: sorted(set(now[table]) ^ set(self.before[table]))
            for table in now
            if now[table] != self.before[table]
        }


def fill(value: Any, known: Mapping[str, str]) -> Any:
    """Put what the world knows into the gaps of one value, or of each of several."""
    if isinstance(value, bytes):
        return value
    if isinstance(value, str):
        return value.format_map(known)
    return [fill(each, known) for each in value]
