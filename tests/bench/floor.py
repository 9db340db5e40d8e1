"""The floor: the least that a page with one row from a database can cost in Flask."""

import os

from flask import Flask
from sqlalchemy import column, create_engine, select, table

app = Flask("floor")
engine = create_engine(os.environ["FLOOR_DATABASE_URL"])
organisation = table("organisation", column("slug"), column("display_name"))


@app.get("/<slug>")
def show(slug: str) -> str:
    with engine.connect() as connection:
        by_key = select(organisation.c.display_name).where(organisation.c.slug == slug)
        return f"Hello {connection.execute(by_key).scalar_one()}"
