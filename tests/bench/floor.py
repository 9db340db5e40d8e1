"""The floor: the least that a page with one row from a database can cost in Flask."""

import os
from typing import Any

from flask import Flask
from sqlalchemy import column, create_engine, event, select, table, update

URL = os.environ["FLOOR_DATABASE_URL"]
app = Flask("floor")
engine = create_engine(URL, **({} if URL.startswith("sqlite") else {"pool_size": 8}))
organisation = table("organisation", column("slug"), column("display_name"))
place = table("floor_place", column("size"), column("held"))


if URL.startswith("sqlite"):

    @event.listens_for(engine, "connect")
    def connect(connection: Any, _entry: object) -> None:
        """Keep what is written as the portal does, whose file it is."""
        connection.execute("PRAGMA synchronous = NORMAL")


@app.get("/<slug>")
def show(slug: str) -> str:
    with engine.connect() as connection:
        by_key = select(organisation.c.display_name).where(organisation.c.slug == slug)
        return f"Hello {connection.execute(by_key).scalar_one()}"


@app.post("/place")
def take() -> str:
    """Take a place if there is one, as barely as that can be done."""
    with engine.begin() as connection:
        free = update(place).where(place.c.held < place.c.size).values(held=place.c.held + 1)
        return "Yours" if connection.execute(free).rowcount else "Full"


@app.post("/warm")
def warm() -> str:
    """Do the same for none, before it counts."""
    with engine.begin() as connection:
        none = update(place).where(place.c.held < 0).values(held=place.c.held + 1)
        return str(connection.execute(none).rowcount)
