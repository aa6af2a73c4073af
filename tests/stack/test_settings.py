"""A setting that cannot be is refused by its name and bound before anything starts; every one that a developer may set is checked."""

import importlib.util
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from annotated_types import Ge, Gt, Le, Lt
from pydantic_settings import BaseSettings

from shared.chassis.settings import ServiceSettings
from stack import settings
from stack.errors import StackError
from stack.interpolation import variables
from stack.setting_rules import RULES, UNCHECKED, rule_of
from tooling.paths import ROOT


@pytest.mark.parametrize(
    ("name", "value", "bound"),
    [
        ("LOG_LEVEL", "verbose", "DEBUG, INFO, WARNING, ERROR"),
        ("ENVIRONMENT", "staging", "development or production"),
        ("BACK_GATEWAY_RATE_LIMIT_SCALE", "1000000", "from 0.001 to 999,999"),
        ("BACK_GATEWAY_RATE_LIMIT_SCALE", "0", "from 0.001"),
        ("BACK_GATEWAY_RATE_LIMIT_SCALE", "nan", "from 0.001"),
        ("OUTBOX_LEASE_SECONDS", "5", "from 6 to 300"),
        ("AUDIT_DAYS", "1.5", "a number from 1 to 3,650"),
        ("TRACES_SAMPLE", "2", "from 0 to 1"),
        ("BACK_WEBSOCKETS_REPLICAS", "9", "from 1 to 3"),
        ("BACK_API_PORT", "70000", "from 1 to 65,535"),
        ("BACK_API_PORT", "-1", "from 1"),
        ("PORT_OFFSET", "60000", "up to 65535"),
        ("PUBLIC_URL", "localhost:8000", "a URL"),
        ("PUBLIC_URL", "http://localhost:99999", "a URL"),
        ("ALLOWED_ORIGINS", "http://a.example,b.example", "URLs with commas"),
        ("BACK_API_HOST", "a host", "a host name"),
    ],
)
def test_a_wrong_setting_is_refused_by_name_with_its_bound(name: str, value: str, bound: str):
    with pytest.raises(StackError) as refused:
        settings.load({name: value})

    named = "_PORT" if name == "PORT_OFFSET" else name
    assert named in str(refused.value)
    assert bound in str(refused.value)


def test_all_wrong_settings_are_reported_at_once():
    with pytest.raises(StackError, match=r"AUDIT_DAYS(.|\n)*LOG_LEVEL"):
        settings.load({"LOG_LEVEL": "x", "AUDIT_DAYS": "x"})


@pytest.mark.parametrize("level", ["debug", "Warning", "INFO", ""])
def test_a_level_is_taken_in_any_case(level: str):
    settings.load({"LOG_LEVEL": level})
    if level:
        assert ServiceSettings.model_validate({"port": 1, "log_level": level}).log_level == level.upper()


def test_each_variable_of_the_compose_file_is_checked_or_is_known_to_be_free_text():
    names = variables(settings.COMPOSE.read_text())

    assert {name for name in names if rule_of(name) is None} == UNCHECKED & names


def _fields() -> list[tuple[str, Any]]:
    """Each setting of each service, with its field."""
    found: list[tuple[str, Any]] = []
    for path in sorted(ROOT.glob("back-*/settings.py")):
        spec = importlib.util.spec_from_file_location(f"settings_of_{path.parent.name.replace('-', '_')}", path)
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module
        spec.loader.exec_module(module)
        for kind in vars(module).values():
            if isinstance(kind, type) and issubclass(kind, BaseSettings):
                found += [(name.upper(), field) for name, field in kind.model_fields.items()]
    return found


def test_what_is_let_through_here_is_taken_by_the_services():
    for name, field in _fields():
        for bound in field.metadata if name in RULES else ():
            beyond = {Ge: -0.001, Gt: 0, Le: 0.001, Lt: 0}
            edge = next(
                (
                    getattr(bound, kind.__name__.lower()) + step
                    for kind, step in beyond.items()
                    if isinstance(bound, kind)
                ),
                None,
            )
            if edge is not None:
                assert RULES[name](str(edge)), f"{name}: {edge} passes here, but not {bound}"


def test_a_low_soft_limit_of_open_files_is_raised_by_whatever_serves():
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    code = "import sys, resource; from shared.utils.open_files import raise_open_files; raise_open_files();"
    code += "import subprocess; subprocess.run(['sh', '-c', 'ulimit -Sn'])"
    printed = subprocess.run(
        ["sh", "-c", f'ulimit -Sn 256; exec "{sys.executable}" -c "{code}"'],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert int(printed.stdout) == hard


@pytest.mark.parametrize("file", ["stack/runner/__main__.py", "shared/chassis/serve.py"])
def test_both_who_start_servers_raise_it(file: str):
    assert "raise_open_files()" in Path(ROOT, file).read_text()
