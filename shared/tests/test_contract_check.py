"""`python -m shared.contracts.check` finds each kind of mistake, names file and line, and never shows a traceback."""

from pathlib import Path

import pytest

from shared.contracts.check import check, main
from shared.tests.contracts_copy import Change, change, contracts, first, internal

__all__ = ["contracts"]


def _flag(**changed: object) -> dict[str, object]:
    return {"name": "profile", "default": True, "owner": "team-tools", "expires_on": "2027-05-31"} | changed


MISTAKES: list[tuple[Change, str]] = [
    (lambda c: c.update(name="profiles"), "lies in the folder profile"),
    (lambda c: c.update(version="1.0"), "version"),
    (lambda c: c.update(surprise=1), "surprise"),
    (lambda c: c.pop("summary"), "summary"),
    (lambda c: c["services"].append({"name": "back-office", "version": "1.0.0", "provides": ["x"]}), "back-office"),
    (lambda c: c["data_flow"].append("front-public → back-postgres"), "front-public → back-postgres is not a declared"),
    (lambda c: c["data_flow"].append("front-public"), "names no call"),
    (lambda c: c["services"].pop(1), "back-api takes part but is not listed"),
    (lambda c: c["dependencies"].update({"back-api": [{"back-postgres": ">=9.0.0"}]}), "but it is "),
    (lambda c: c["dependencies"].update({"back-api": [{"back-postgres": "newest"}]}), "not a version range"),
    (lambda c: c["dependencies"].update({"back-api": [{"back-websockets": ">=1.0.0"}]}), "which it may not call"),
    (lambda c: c["dependencies"].update({"back-postgres": [{"back-api": ">=1.0.0"}]}), "in a circle"),
    (lambda c: c["dependencies"].update(shared=">=9.0.0"), "wants shared >=9.0.0"),
    (lambda c: c["degradation"].pop("back-redis"), "while back-redis is down"),
    (lambda c: first(c).update(method="FETCH"), "endpoints.0.method"),
    (lambda c: first(c).update(auth="internal"), "`auth: internal` belongs to /internal/ paths"),
    (lambda c: internal(c).pop("callers"), "admits nobody"),
    (lambda c: internal(c).update(callers=["front-public"]), "front-public may not call back-postgres"),
    (lambda c: internal(c).update(callers=["back-office"]), "back-office may not call back-postgres"),
    (lambda c: internal(c)["errors"].remove(403), "can answer 403"),
    (lambda c: first(c).update(callers=["front-public"]), "is for users, but names"),
    (lambda c: first(c).update(auth="none", permission="users:read"), "asks nobody's permission"),
    (lambda c: first(c).update(permission="profiles:fly"), "no role holds profiles:fly"),
    (lambda c: first(c).update(errors=[400, 409, 413, 422, 503]), "can answer 401"),
    (lambda c: first(c)["errors"].append(418), "no error has status 418"),
    (lambda c: first(c).update(request="Portrait"), "the schema Portrait is missing"),
    (lambda c: c.update(schemas={"Portrait": {"type": "object"}}), "schemas stand in schemas.yaml"),
    (lambda c: c["examples"].update(Portrait=[]), "no schema is called Portrait"),
    (lambda c: c["endpoints"].append(dict(first(c))), "stands in the contract profile already"),
    (lambda c: c["events"]["published"][0].update(type="profile.dreamt"), "unknown event profile.dreamt"),
    (lambda c: c["events"]["published"].pop(1), "nobody publishes profile.updated"),
    (lambda c: c["events"]["published"].pop(0), "no contract publishes profile.created"),
    (lambda c: c.update(feature_flag="profile"), "feature_flag"),
    (lambda c: c.update(feature_flag=_flag(name="New Profile")), "feature_flag.name"),
    (lambda c: c.update(feature_flag=_flag(expires_on="soon")), "feature_flag.expires_on"),
    (lambda c: c.update(feature_flag={"name": "profile"}), "feature_flag.default"),
]


@pytest.mark.parametrize(("mistake", "text"), MISTAKES)
def test_a_mistake_in_a_contract_is_named_with_its_file(contracts: Path, mistake: Change, text: str):
    path = contracts / "profile" / "feature.yaml"
    change(path, mistake)

    found = [str(finding) for finding in check(contracts)]

    assert any(text in finding for finding in found), found
    assert all(str(contracts) in finding and "Fix: " in finding for finding in found)


def test_a_schema_that_nothing_names_is_reported_where_it_is_generated(contracts: Path):
    path = contracts / "profile" / "schemas.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "Portrait: {type: object}\n", encoding="utf-8")

    (found,) = check(contracts)

    assert (found.file, found.line) == (path, path.read_text(encoding="utf-8").count("\n"))
    assert "nothing refers to the schema Portrait" in found.text


BOUNDARY_MISTAKES: list[tuple[Change, str]] = [
    (lambda b: b["services"]["back-api"]["calls"].append("back-office"), "calls unknown 'back-office'"),
    (lambda b: b["services"]["back-api"].update(port=8101), "port 8101 is given twice"),
    (lambda b: b["services"]["back-postgres"]["calls"].append("back-redis"), "belong together"),
    (lambda b: b["imports"].append(b["imports"][0]), "two rules are called"),
    (lambda b: b["imports"][0].pop("only"), "needs `only` or `never`"),
    (lambda b: b["imports"][0].update(only=["back-office"]), "unknown service 'back-office'"),
    (lambda b: b["imports"][0].pop("why"), "imports.0.why"),
]


@pytest.mark.parametrize(("mistake", "text"), BOUNDARY_MISTAKES)
def test_a_mistake_in_the_boundaries_is_named(contracts: Path, mistake: Change, text: str):
    change(contracts / "boundaries.yaml", mistake)

    assert any(text in str(finding) for finding in check(contracts))


@pytest.mark.parametrize("content", [b"name: [", b"", b"- 1\n", b"\xff\xfe", b"name: !!python/object:os.system {}\n"])
@pytest.mark.parametrize("file", ["boundaries.yaml", "profile/feature.yaml", "profile/schemas.yaml"])
def test_a_file_that_is_no_manifest_is_one_message(contracts: Path, file: str, content: bytes):
    (contracts / file).write_bytes(content)

    found = check(contracts)

    assert found
    assert {finding.file for finding in found} >= {contracts / file}


def test_a_finding_names_the_line_tochange(contracts: Path):
    path = contracts / "profile" / "feature.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("method: DELETE", "method: REMOVE", 1), encoding="utf-8")
    line = text[: text.index("method: DELETE")].count("\n") + 1

    assert [finding.line for finding in check(contracts)] == [line]


def test_the_command_answers_with_its_exit_code(contracts: Path, capsys: pytest.CaptureFixture[str]):
    assert main([str(contracts)]) == 0
    (contracts / "profile" / "feature.yaml").write_text("name: [")
    assert main([str(contracts)]) == 1
    assert "is not YAML" in capsys.readouterr().out


def test_two_features_cannot_share_a_flag(contracts: Path):
    for feature in ("billing", "profile"):
        change(contracts / feature / "feature.yaml", lambda contract: contract.update(feature_flag=_flag()))

    [found] = [finding for finding in check(contracts) if finding.rule == "each-flag-once"]

    assert found.file == contracts / "profile" / "feature.yaml"
    assert "is that of billing already" in found.text
