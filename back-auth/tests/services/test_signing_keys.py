from pathlib import Path

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from services.signing_keys import SigningKeys, WrongKey


def write(folder: Path, kid: str, bits: int = 2048) -> None:
    key = ec.generate_private_key(ec.SECP256R1()) if bits == 0 else rsa.generate_private_key(65537, bits)
    folder.joinpath(f"{kid}.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )


async def test_newest_signs_and_all_are_published(tmp_path: Path) -> None:
    for kid in ("20261101T000000Z-a", "20261123T000000Z-b"):
        write(tmp_path, kid)
    keys = SigningKeys.load(tmp_path)
    token = keys.sign(user_id="u1", role="support", session_id="s1")
    assert jwt.get_unverified_header(token)["kid"] == "20261123T000000Z-b"
    published = (await keys.published())["keys"]
    assert [key["kid"] for key in published] == ["20261123T000000Z-b", "20261101T000000Z-a"]
    assert {frozenset(key) for key in published} == {frozenset({"kty", "n", "e", "kid", "use", "alg", "key_ops"})}


def test_boot_stops_without_a_good_key(tmp_path: Path) -> None:
    with pytest.raises(WrongKey, match="no signing key"):
        SigningKeys.load(tmp_path)
    write(tmp_path, "ec", bits=0)
    with pytest.raises(WrongKey, match="not an RSA key"):
        SigningKeys.load(tmp_path)
    (tmp_path / "ec.pem").write_text("nonsense")
    with pytest.raises(WrongKey, match="not a private key"):
        SigningKeys.load(tmp_path)
