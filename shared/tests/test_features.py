"""Features are found by their manifest; a wrong one stops the boot and says where it is wrong."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.chassis.features import load_features
from shared.contracts.service_manifest import WrongManifest, read_manifest
from shared.tests.app import calling, make_app

API = """
from fastapi import APIRouter
from .domain import greet
router = APIRouter()

@router.get("/api/user-greeting")
async def read() -> str:
    return greet()
"""
MANIFEST = """
name: user-greeting
version: 1.0.0
service: back-test
endpoints:
  - {path: /api/user-greeting, method: GET, auth_required: false}
"""


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A service folder with one feature, whose name has a hyphen."""
    feature = tmp_path / "features" / "user-greeting"
    feature.mkdir(parents=True)
    (feature / "__init__.py").touch()
    (feature / "domain.py").write_text('def greet() -> str:\n    return "hello"\n')
    (feature / "api.py").write_text(API)
    (feature / "feature.yaml").write_text(MANIFEST)
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    yield tmp_path
    for name in [name for name in sys.modules if name.partition(".")[0] == "features"]:
        del sys.modules[name]


async def test_a_feature_is_mounted_and_tagged(service: Path):
    app = make_app()

    manifests = load_features(app, service)

    async with calling(app) as client:
        answer = await client.get("/api/user-greeting")
    assert [manifest.name for manifest in manifests] == ["user-greeting"]
    assert answer.json() == "hello"
    assert app.openapi()["paths"]["/api/user-greeting"]["get"]["tags"] == ["user-greeting"]


DIRECT = """
from shared.chassis.direct_route import DirectRoute
from starlette.responses import PlainTextResponse

async def read_directly(request):
    return PlainTextResponse("directly")

direct_routes = (DirectRoute("/api/user-greeting", read_directly),)
"""


async def test_direct_routes_of_a_feature_come_first(service: Path):
    api = service / "features" / "user-greeting" / "api.py"
    api.write_text(API + DIRECT)
    app = make_app()

    load_features(app, service)

    async with calling(app) as client:
        assert (await client.get("/api/user-greeting")).text == "directly"


def test_a_manifest_need_not_repeat_the_endpoints_of_the_contract(service: Path):
    path = service / "features" / "user-greeting" / "feature.yaml"
    path.write_text(MANIFEST.partition("endpoints:")[0])

    assert [manifest.endpoints for manifest in load_features(make_app(), service)] == [None]


def test_a_folder_without_a_manifest_is_no_feature(service: Path):
    (service / "features" / "draft").mkdir()

    assert len(load_features(make_app(), service)) == 1


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("name: user-greeting", "name: greeting", "but lies in back-test/user-greeting"),
        ("service: back-test", "service: back-other", "says back-other/user-greeting"),
        ("version: 1.0.0", "version: one", "version"),
        ("version: 1.0.0", "version: 1.0.0\nsurprise: 1", "surprise"),
        ("method: GET", "method: POST", "endpoints differ"),
        ("endpoints:", "endpoints: []\nothers:", "others"),
        ("name: user-greeting", "name: [", "expected"),
    ],
)
def test_a_wrong_manifest_is_refused_by_name(service: Path, old: str, new: str, problem: str):
    path = service / "features" / "user-greeting" / "feature.yaml"
    path.write_text(MANIFEST.replace(old, new))

    with pytest.raises(WrongManifest) as refused:
        load_features(make_app(), service)

    assert problem in str(refused.value)
    assert str(path) in str(refused.value)


def test_a_manifest_is_read_with_its_defaults(service: Path):
    manifest = read_manifest(service / "features" / "user-greeting" / "feature.yaml", "back-test")

    assert manifest.endpoints
    assert manifest.endpoints[0].permission is None
    assert manifest.dependencies == []
