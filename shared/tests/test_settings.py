"""A missing or wrong setting stops the boot with one line; secrets come from files and are never shown."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from shared.chassis.settings import RedisSettings, ServiceSettings, TracingSettings


class Settings(ServiceSettings, RedisSettings):
    peer_url: str


@pytest.fixture(autouse=True)
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A complete environment; answers the folder of the secrets."""
    (tmp_path / "redis_password").write_text("hunter2\n")
    for name, value in {
        "PORT": "8100",
        "PEER_URL": "http://x",
        "REDIS_HOST": "y",
        "SECRETS_DIR": str(tmp_path),
    }.items():
        monkeypatch.setenv(name, value)
    for name in ("ENVIRONMENT", "LOG_LEVEL", "HOST"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_a_complete_environment_is_read():
    settings = Settings.load()

    assert (settings.port, settings.peer_url, settings.redis_port) == (8100, "http://x", 6379)
    assert settings.redis_password.get_secret_value() == "hunter2"
    assert not settings.development


def test_a_secret_is_not_shown():
    assert "hunter2" not in repr(Settings.load())


@pytest.mark.parametrize("missing", ["PORT", "PEER_URL", "REDIS_HOST"])
def test_a_missing_setting_stops_the_boot(
    missing: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.delenv(missing)

    with pytest.raises(SystemExit) as stopped:
        Settings.load()

    assert stopped.value.code == 2
    assert capsys.readouterr().err == f"setting {missing}: Field required\n"


def test_a_missing_secret_stops_the_boot(environment: Path, capsys: pytest.CaptureFixture[str]):
    (environment / "redis_password").unlink()

    with pytest.raises(SystemExit):
        Settings.load()

    assert "setting REDIS_PASSWORD: Field required" in capsys.readouterr().err


@pytest.mark.parametrize(("name", "value"), [("PORT", "http"), ("ENVIRONMENT", "staging"), ("LOG_LEVEL", "LOUD")])
def test_a_wrong_setting_stops_the_boot(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv(name, value)

    with pytest.raises(SystemExit):
        Settings.load()

    assert capsys.readouterr().err.startswith(f"setting {name}: ")


@pytest.mark.parametrize(
    ("name", "least", "most", "step"),
    [
        ("traces_sample", 0, 1, 0.01),
        ("traces_per_second", 0, 1000, 0.01),
        ("traces_slow_ms", 1, 3_600_000, 1),
        ("traces_background", 0, 1, 0.01),
    ],
)
def test_a_tracing_setting_has_bounds(name: str, least: float, most: float, step: float):
    for value in (least, most):
        assert getattr(TracingSettings.model_validate({name: value}), name) == value
    for value in (least - step, most + step):
        with pytest.raises(ValidationError):
            TracingSettings.model_validate({name: value})


def test_what_belongs_to_others_is_ignored(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SOMETHING_ELSE", "1")

    assert Settings.load().port == 8100
