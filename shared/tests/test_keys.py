"""Public keys in a file: a change of the file is seen without a restart, a broken one stops the boot."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from shared.security.jwt import public_jwk
from shared.security.keys import KeyFile

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048).public_key()


def write(path: Path, *kids: str) -> None:
    """As stack.secrets does: a new file in the place of the old one."""
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps({"keys": [public_jwk(KEY, kid) for kid in kids]}))
    fresh.replace(path)


def test_what_the_file_holds_now_is_known(tmp_path: Path):
    path = tmp_path / "token_keys.json"
    write(path, "k1")
    keys = KeyFile(path)
    for kids in (["k1", "k2"], ["k2"]):
        write(path, *kids)
        assert list(keys.known) == kids


@pytest.mark.parametrize("content", ["", "{", "[]", '{"keys": []}'])
def test_a_file_that_breaks_later_leaves_what_was_known(tmp_path: Path, content: str):
    path = tmp_path / "token_keys.json"
    write(path, "k1")
    keys = KeyFile(path)
    path.write_text(content)
    assert list(keys.known) == ["k1"]
    path.unlink()
    assert list(keys.known) == ["k1"]


@pytest.mark.parametrize("content", [None, "", "{", '{"keys": []}'])
def test_a_service_does_not_start_without_keys(tmp_path: Path, content: str | None):
    path = tmp_path / "token_keys.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(SystemExit, match=r"python -m stack\.secrets"):
        KeyFile(path)
