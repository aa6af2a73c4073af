"""Zones come from the package alone, without the disk at each check."""

import builtins
import json
from importlib.resources import files
from pathlib import Path

import pytest

from shared.models.profile import ProfileUpdate

ZONES = Path(__file__).parents[2] / "front-public" / "app" / "features" / "profile" / "zones.json"


def test_a_check_reads_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("read a file")

    monkeypatch.setattr(builtins, "open", never)
    monkeypatch.setattr("os.scandir", never)
    assert ProfileUpdate.model_validate({"time_zone": "Europe/Berlin"}).time_zone


def test_the_form_offers_the_current_name_of_each_zone() -> None:
    table = files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8").splitlines()
    current = sorted({line.split("\t")[2] for line in table if not line.startswith("#")})
    assert json.loads(ZONES.read_text(encoding="utf-8")) == current, f"write {current} to {ZONES}"
