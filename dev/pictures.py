"""`pictures`: start the demo in a folder of its own and take the pictures that the README shows."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from dev import environment, running, testing
from dev.environment import DEVELOP, PYTHON, ROOT, CannotGoOn
from tests.support import chromium

PICTURES = ROOT / "docs" / "pictures"
WIDTH, HEIGHT = 1280, 900
WHO, PASSWORD = "programmes@demo.example", "pictures-of-the-demo"
PATIENCE = 120.0
#: What would make the portal another one than the demo with this script's password.
OTHERWISE = {"DATABASE_URL", "DEMO", "FILES_URL", "LISTEN_ON", "MAIL_URL", "PUBLIC_URL"}


def pictures(arguments: Sequence[str]) -> int:
    """Take docs/pictures/home.png and docs/pictures/desk.png from a demo that was loaded now."""
    environment.ensure(DEVELOP)
    browser = testing.browser()
    with tempfile.TemporaryDirectory(prefix="portal-pictures-") as folder, demo(folder) as address:
        variables = dict(os.environ, PORTAL_CHROMIUM=str(browser))
        return environment.run(PYTHON, "-m", "dev.pictures", address, env=variables)


@contextmanager
def demo(folder: str) -> Iterator[str]:
    """Run the portal on a free port until the pictures are taken."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if name not in OTHERWISE}
    given = {"PORT": str(port), "INSTANCE_DIR": folder, "DEMO_PASSWORD": PASSWORD}
    line = [sys.executable, "dev", "run"]
    process = subprocess.Popen(
        line, cwd=ROOT, env=kept | given | {"LOG_LEVEL": "warning"}, stdout=subprocess.DEVNULL
    )
    try:
        wait(process, address := f"http://127.0.0.1:{port}")
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def wait(process: subprocess.Popen[bytes], address: str) -> None:
    """Wait until the demo answers."""
    until = time.monotonic() + PATIENCE
    while not running.answers(f"{address}/healthz"):
        if process.poll() is not None or time.monotonic() > until:
            raise CannotGoOn("The demo did not start, so there are no pictures; see above.")
        time.sleep(0.2)


def take(address: str, folder: Path) -> None:
    """Look at the demo as a visitor does, and as the programme team does in the morning."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - in the portal's own Python

    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=chromium.arguments()
        )
        page = browser.new_page(
            viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light", locale="en-GB"
        )
        page.goto(address)
        page.screenshot(path=folder / "home.png")
        page.goto(f"{address}/sign-in")
        page.locator("[name=email]").fill(WHO)
        page.locator("[name=password]").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/desk")
        page.screenshot(path=folder / "desk.png")
        browser.close()


if __name__ == "__main__":
    take(sys.argv[1], PICTURES)
