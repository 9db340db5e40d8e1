"""The floor: the least that a page with one row from a database can cost in Flask."""

import os

from flask import Flask
from sqlalchemy import create_engine, text

app = Flask("floor")
engine = create_engine(os.environ["FLOOR_DATABASE_URL"])
BY_KEY = text("SELECT display_name FROM organisation WHERE slug = :slug")


@app.get("/<slug>")
def show(slug: str) -> str:
    with engine.connect() as connection:
        return f"Hello {connection.execute(BY_KEY, {'slug': slug}).scalar_one()}"
