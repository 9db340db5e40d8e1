"""What the environment may say, and the one sentence when it says something else."""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from portal.config import SettingError, Settings


@pytest.fixture
def read(tmp_path):
    return lambda **environ: Settings.from_environment(environ, tmp_path / "instance")


WRONG = [
    ({"PORT": "80x"}, "PORT is “80x”: write a whole number from 1 to 65535."),
    ({"PORT": "0"}, "PORT is “0”: write a whole number from 1 to 65535."),
    ({"WORKERS": "-1"}, "WORKERS is “-1”: write a whole number from 1 to 64."),
    ({"THREADS": "many"}, "THREADS is “many”: write a whole number from 1 to 256."),
    ({"TRUSTED_PROXIES": "11"}, "TRUSTED_PROXIES is “11”: write a whole number from 0 to 10."),
    ({"DEVELOPMENT": "maybe"}, "DEVELOPMENT is “maybe”: write 1 for yes or 0 for no."),
    ({"DEMO": "please"}, "DEMO is “please”: write 1 for yes or 0 for no."),
    ({"LOG_LEVEL": "loud"}, "LOG_LEVEL is “loud”: write debug, info, warning or error."),
    (
        {"SECRET_KEY": "short"},
        "SECRET_KEY has only 5 characters: write at least 32 random ones, or leave it out and the"
        " portal makes its own.",
    ),
    (
        {"DATABASE_URL": "mysql://root:hunter2@db/portal"},
        "DATABASE_URL is “mysql://root:…@db/portal”: write"
        " postgresql://user:password@host:5432/database or sqlite:////folder/file.db.",
    ),
    (
        {"DATABASE_URL": "sqlite://"},
        "DATABASE_URL is “sqlite://”: write postgresql://user:password@host:5432/database or"
        " sqlite:////folder/file.db.",
    ),
    (
        {"MAIL_URL": "smtp.example.org"},
        "MAIL_URL is “smtp.example.org”: write smtp://user:password@host:587,"
        " smtps://user:password@host:465, or file: to keep e-mails as files.",
    ),
    ({"FILES_URL": "s3://"}, "FILES_URL is “s3://”: write a folder, or s3://bucket/prefix."),
    (
        {"S3_ENDPOINT": "minio:9000"},
        "S3_ENDPOINT is “minio:9000”: write an address like https://example.org.",
    ),
    (
        {"PUBLIC_URL": "portal.example.org"},
        "PUBLIC_URL is “portal.example.org”: write an address like https://example.org.",
    ),
    (
        {"PUBLIC_URL": "https://example.org/portal"},
        "PUBLIC_URL is “https://example.org/portal”: write only the scheme and the host, like"
        " https://example.org.",
    ),
    (
        {"DEMO_PASSWORD": "demo"},
        "DEMO_PASSWORD has only 4 characters: write at least 12, as everybody must.",
    ),
    (
        {"DEMO": "1", "DATABASE_URL": "postgresql://db/portal"},
        "DEMO is on, but the demo is not loaded because DATABASE_URL is set: leave DEMO out.",
    ),
    (
        {"DEMO": "1", "PUBLIC_URL": "https://portal.example.org"},
        "DEMO is on, but the demo is not loaded because others than this machine can reach it:"
        " leave DEMO out.",
    ),
]


@pytest.mark.parametrize(("environ", "sentence"), WRONG)
def test_a_wrong_value_is_told_in_one_sentence(read, environ, sentence):
    with pytest.raises(SettingError) as wrong:
        read(**environ)
    assert str(wrong.value) == sentence


def test_without_any_setting_the_portal_keeps_to_itself(read, tmp_path):
    settings = read()
    assert settings.host == "127.0.0.1"
    assert settings.base_url == "http://127.0.0.1:8000"
    assert settings.database_url == f"sqlite:///{tmp_path}/instance/portal.db"
    assert settings.mail_folder == tmp_path / "instance" / "mail"
    assert settings.files_folder == tmp_path / "instance" / "files"
    assert settings.local
    assert settings.demo
    assert not settings.secure_cookies
    assert settings.hsts_seconds == 0
    assert not settings.development


def test_an_empty_value_counts_as_none(read):
    assert read(PORT="", DATABASE_URL=" ", DEMO="").port == 8000


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_may_be_named_in_the_usual_ways(read, scheme):
    settings = read(DATABASE_URL=f"{scheme}://u:p@db:5433/portal?sslmode=require")
    assert settings.database_url == "postgresql+psycopg://u:p@db:5433/portal?sslmode=require"
    assert not settings.embedded_database


def test_postgresql_may_be_on_a_socket_of_this_machine(read):
    assert read(DATABASE_URL="postgresql:///portal").database_url == "postgresql+psycopg:///portal"


@pytest.mark.parametrize(
    "environ",
    [
        {"DATABASE_URL": "postgresql://db/portal"},
        {"DEMO": "0"},
        {"LISTEN_ON": "0.0.0.0"},
        {"TRUSTED_PROXIES": "1"},
        {"PUBLIC_URL": "https://portal.example.org"},
    ],
)
def test_the_demo_is_never_loaded_where_it_could_do_harm(read, environ):
    assert not read(**environ).demo


def test_an_https_address_asks_for_secure_cookies_and_hsts(read):
    settings = read(PUBLIC_URL="https://portal.example.org/")
    assert settings.base_url == "https://portal.example.org"
    assert settings.secure_cookies
    assert settings.hsts_seconds == 31_536_000


def test_a_server_for_everybody_still_writes_links_that_open(read):
    assert read(LISTEN_ON="0.0.0.0", PORT="9000").base_url == "http://127.0.0.1:9000"
    assert read(LISTEN_ON="::1").base_url == "http://[::1]:8000"


def test_secrets_are_not_shown_when_settings_are_printed(read):
    shown = repr(
        read(
            SECRET_KEY="k" * 40,
            DATABASE_URL="postgresql://u:hunter2@db/portal",
            MAIL_URL="smtp://u:hunter2@mail:587",
        )
    )
    assert "hunter2" not in shown
    assert "kkk" not in shown


def test_the_secret_key_is_made_once_and_read_by_its_owner_alone(read, tmp_path):
    key = read().secret_key
    file = tmp_path / "instance" / "secret_key"
    assert len(key) == 64
    assert read().secret_key == key
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert [path.name for path in file.parent.iterdir()] == ["secret_key"]


def test_processes_that_start_at_once_share_one_secret_key(read):
    with ThreadPoolExecutor(16) as together:
        keys = {settings.secret_key for settings in together.map(lambda _: read(), range(64))}
    assert len(keys) == 1


def test_a_folder_that_cannot_be_written_is_told_in_one_sentence(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(SettingError, match=r"cannot be made \(.+\): set INSTANCE_DIR to a folder"):
        Settings.from_environment({}, tmp_path / "file" / "instance")
