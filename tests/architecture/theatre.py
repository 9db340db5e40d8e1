"""The stage of the matrix: one world, visited by everybody, put back after a deed that worked."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import func, select, text
from werkzeug.test import Client, TestResponse

from portal.extensions import db
from portal.models import AuditEvent, Base
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
        self.rows = self.every_row()
        if stage.file:
            stage.seal(stage.file)
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

    def dump(self) -> Dump:
        """Read every row of every table, as text in no order."""
        found: dict[str, list[str]] = {table: [] for table in self.columns}
        with self.app.app_context(), db.engine.connect() as connection:
            for statement in self.everything(connection.dialect.name):
                for table, *row in connection.exec_driver_sql(statement):
                    found[table].append(repr(row))
        return {table: sorted(rows) for table, rows in found.items()}

    def everything(self, dialect: str) -> Iterator[str]:
        """Write what reads every row: table by table in a file, at once from a server."""
        parts = []
        for table, names in self.columns.items():
            listed = ", ".join(f'"{name}"' for name in names)
            listed = f"ROW({listed})::text" if dialect == "postgresql" else listed
            parts.append(f"SELECT '{table}', {listed} FROM \"{table}\"")  # noqa: S608 - our names
        yield from [" UNION ALL ".join(parts)] if dialect == "postgresql" else parts

    def deeds(self) -> int:
        """Count the lines of the audit that were not there when the world was built."""
        with self.app.app_context(), db.engine.connect() as connection:
            lines = connection.scalar(select(func.count()).select_from(AuditEvent))
        return (lines or 0) - len(self.before["audit_event"])

    def every_row(self) -> dict[str, list[dict[str, Any]]]:
        """Read every table as it will be put back."""
        with self.app.app_context(), db.engine.connect() as connection:
            return {
                table.name: [dict(row) for row in connection.execute(table.select()).mappings()]
                for table in Base.metadata.sorted_tables
            }

    def restore(self) -> None:
        """Put the world back to how it was built."""
        if self.stage.file:
            self.stage.clear()
            return
        now = self.dump()
        changed = [t for t in Base.metadata.sorted_tables if now[t.name] != self.before[t.name]]
        with self.app.app_context(), db.engine.begin() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            for table in changed:
                connection.execute(table.delete())
                if self.rows[table.name]:
                    connection.execute(table.insert(), self.rows[table.name])

    def changed(self, *but: str) -> dict[str, list[str]]:
        """Return what is not as it was built, by table, leaving out some tables."""
        now = self.dump()
        return {
            table: sorted(set(now[table]) ^ set(self.before[table]))
            for table in now
            if table not in but and now[table] != self.before[table]
        }


def fill(value: Any, known: Mapping[str, str]) -> Any:
    """Put what the world knows into the gaps of one value, or of each of several."""
    if isinstance(value, bytes):
        return value
    if isinstance(value, str):
        return value.format_map(known)
    return [fill(each, known) for each in value]
