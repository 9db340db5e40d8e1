"""Staff bring in a messy list: with mistakes in it first, corrected then, and once more for fun."""

import pytest

from portal.members.importing import batches
from portal.models import Affiliation, Organisation, Person
from portal.platform import jobs

STAFF = "medlem@cluster.example"
MESSY = """Medlemsliste 2027;;;;;;;
;;;;;;;
BEDRIFT;Org.nr;Poststed;Fornavn;Etternavn;E-post;Medlem fra år;Land
Blåskjell Ørland;923 609 016;Ørland;Åse;Nærø;Aase@blaaskjell.example ;2001;
Blåskjell Ørland;923609016,0;Ørland;Pål;Høyem;pal@blaaskjell.example;2001;

Sjøkart Ærfugl;974760674;Tromsø;Ida;Ås;ida@sjokart.example;2019;Norge
Tide Pictures;445790;Bristol;Ann;Reed;ann@tide.example;2021;Storbritannia
;;;Uten;Adresse;;2020;
"""
CORRECTED = MESSY.replace("974760674", "974760673").replace(
    "Adresse;;", "Adresse;u@sjokart.example;"
)


@pytest.fixture
def worker(app):
    """Do what waits for the worker."""

    def work():
        with app.app_context():
            jobs.drain()

    return work


def test_a_messy_list_is_brought_in(settled, make, known, visitors, worker, monkeypatch):
    monkeypatch.setattr(batches, "BATCH", 1)
    make.staff("membership", name="Marit Lund", email=STAFF, **known)
    settled.commit()
    visitor = visitors()
    visitor.sign_in(STAFF)
    visitor.go("/admin")
    visitor.follow("Import and download")
    visitor.follow("Import a list")

    upload(visitor, MESSY, worker)
    visitor.sees("What would happen")
    visitor.sees("923609016")
    visitor.sees("Org.nr: 974760674")
    assert settled.query(Organisation).count() == 0
    settled.rollback()
    visitor.page.locator("main form[action$=confirm] button").click()
    visitor.sees("The list is being written")
    worker()
    visitor.sees("What became of the list")
    visitor.look()

    visitor.go("/admin/imports/new")
    upload(visitor, CORRECTED, worker)
    visitor.choose("Which", "Unchanged")
    visitor.press("Show")
    visitor.sees("Åse")
    visitor.page.locator("main form[action$=confirm] button").click()
    worker()
    visitor.sees("What became of the list")

    numbers = {each.display_name: each.number for each in settled.query(Organisation)}
    assert numbers == {
        "Blåskjell Ørland": "923609016",
        "Sjøkart Ærfugl": "974760673",
        "Tide Pictures": "00445790",  # with the noughts that were lost
    }
    assert settled.query(Affiliation).count() == 4
    names = {person.name for person in settled.query(Person)}
    assert names == {"Marit Lund", "Åse Nærø", "Pål Høyem", "Ida Ås", "Ann Reed", "Uten Adresse"}
    visitor.go("/admin/imports")


def upload(visitor, text, worker):
    """Choose the list, take the columns as they were guessed, and wait for the preview."""
    file = {"name": "medlemmer.csv", "mimeType": "text/csv", "buffer": text.encode("cp1252")}
    visitor.press("Upload and go on")
    visitor.sees("Choose a file.")
    visitor.page.locator("input[type=file]").set_input_files(file)
    visitor.press("Upload and go on")
    visitor.sees("Where the list says nothing")
    visitor.press("Check the list")
    visitor.sees("The list is being checked")
    worker()
    visitor.sees("Row by row")
    visitor.look()
