"""Whatever lies in the tree, and whatever is asked: one message with the place and what to do, never a traceback."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tooling import openapi
from tooling.cli import app
from tooling.paths import CONTRACTS

CONTRACT = Path("shared", "contracts", "profile", "feature.yaml")
DECLARATION = Path("shared", "contracts", "boundaries.yaml")
COMPOSE = Path("docker-compose.yml")
GOOD = (CONTRACTS / "profile" / "feature.yaml").read_text(encoding="utf-8")
COMMANDS = (
    "contracts check --no-live",
    "contracts order",
    "contracts order profile",
    "contracts diff --base HEAD",
    "contracts diff --base HEAD --patch",
    "feature show profile",
)


def _run(command: str, root: Path, *options: str) -> Result:
    return CliRunner().invoke(app, [*command.split(), "--root", str(root), *options])


def _git(root: Path, *arguments: str) -> None:
    name = ["-c", "user.name=test", "-c", "user.email=test@example.com"]
    subprocess.run(["git", "-C", str(root), *name, *arguments], check=True, capture_output=True)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A repository with the declaration and one good contract."""
    for path in (CONTRACT, DECLARATION, COMPOSE):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(CONTRACTS.parents[1] / path, tmp_path / path)
    _git(tmp_path, "init", "-q")
    _git(tmp_path, "add", "-A")
    _git(tmp_path, "commit", "-q", "-m", "start")
    return tmp_path


DEEP = "a: " + "[" * 5000 + "]" * 5000
BROKEN: dict[str, tuple[str | bytes, int, str]] = {
    "not closed": ("name: profile\nversion: [\n", 3, "is not YAML"),
    "a tab": ("name: profile\nversion:\n\t- 1\n", 3, "is not YAML"),
    "a NUL": (b"name: \x00\n", 1, "control characters are not allowed"),
    "code": ("a: !!python/object/apply:os.system ['true']\n", 1, "could not determine a constructor"),
    "no date": ("a: 1\nb: 2026-13-01\n", 2, "month must be in 1..12"),
    "no number": ("a: 1\nb:\n  - !!int many\n", 3, "invalid literal for int()"),
    "a key twice": (GOOD.replace("version:", "name: again\nversion:", 1), 0, "'name' stands there twice"),
    "two documents": ("name: a\n---\nname: b\n", 2, "is not YAML"),
    "many levels": (DEEP, 1, "Field required"),
    "in a circle": ("&a\nname: profile\nservices: *a\n", 1, "Field required"),
    "empty": ("", 1, "the file: "),
    "only a comment": ("# later\n", 1, "the file: "),
    "a list": ("- a\n- b\n", 1, "the file: "),
    "a word": ("hello\n", 1, "the file: "),
    "a version that is a number": (GOOD.replace("version: ", "version: 1. #", 1), 0, "version: "),
    "an unknown field": (GOOD + "\ncolour: red\n", 0, "colour: Extra inputs are not permitted"),
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_contract_is_reported_by_every_command_that_reads_it(clone: Path, kind: str, command: str):
    content, line, says = BROKEN[kind]
    (clone / CONTRACT).write_bytes(content if isinstance(content, bytes) else content.encode())
    result = _run(command, clone)

    assert result.exit_code == (1 if "check" in command else 2), result.output
    assert isinstance(result.exception, SystemExit)
    assert says in result.output
    assert f"{CONTRACT}:{line or ''}" in result.output
    assert "fix" in result.output.lower()


@pytest.mark.parametrize("kind", BROKEN.keys() - {"a version that is a number"})
def test_a_broken_declaration_is_reported_by_every_command_that_reads_it(clone: Path, kind: str):
    content, _, _ = BROKEN[kind]
    (clone / DECLARATION).write_bytes(content if isinstance(content, bytes) else content.encode())
    for command, code in {
        "boundaries check": 1,
        "contracts check --no-live": 1,
        "boundaries graph": 2,
        "contracts order profile": 2,
        "feature show profile": 2,
    }.items():
        result = _run(command, clone)
        assert result.exit_code == code, (command, result.output)
        assert isinstance(result.exception, SystemExit)
        assert f"{DECLARATION}:" in result.output


def test_a_mistake_in_a_huge_file_is_reported_at_once_and_briefly(clone: Path):
    (clone / CONTRACT).write_text("".join(f"x{n}: y\n" for n in range(20_000)))
    result = _run("contracts check --no-live", clone, "--json")

    assert result.exit_code == 1
    assert 0 < len(json.loads(result.stdout)["found"]) < 50


@pytest.mark.parametrize(
    ("path", "content", "line"),
    [
        ("back-api/features/x/domain.py", b"# fine\nx = 'pr\xf6file'\n", 2),
        ("front-public/app/x.ts", b"\n\nconst x = '\xff';\n", 3),
        ("back-api/nul.py", b"x = 1\x00\n", 1),
        ("back-api/deep.py", b"x = " + b"(" * 3000 + b")" * 3000, 1),
        ("back-api/minus.py", b"x = " + b"-" * 100_000 + b"1\n", 1),
        ("back-api/half.py", b"def f(:\n", 1),
    ],
)
def test_source_that_cannot_be_read_is_reported_with_its_line(tree: Path, path: str, content: bytes, line: int):
    (tree / path).parent.mkdir(parents=True, exist_ok=True)
    (tree / path).write_bytes(content)
    result = _run("boundaries check", tree, "--json")

    assert result.exit_code == 1, result.output
    assert ("readable", path, line) in {
        (one["rule"], one["path"], one["line"]) for one in json.loads(result.stdout)["found"]
    }


def test_a_link_to_nowhere_is_one_message(tree: Path):
    (tree / "back-api" / "gone.py").symlink_to("nowhere")
    result = _run("boundaries check", tree)

    assert result.exit_code == 2
    assert "back-api/gone.py" in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("command", [*COMMANDS, "boundaries check", "boundaries graph", "check", "traces check"])
def test_a_root_that_is_none_is_one_message(tmp_path: Path, command: str):
    (tmp_path / "file").touch()
    for root in ("nowhere", "file"):
        result = _run(command, tmp_path / root)
        assert result.exit_code == 2
        assert f"{root} is no folder" in result.stderr
        assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("command", ["contracts diff --released", "check"])
def test_a_shallow_clone_without_tags_does_not_pass_for_one_without_releases(clone: Path, tmp_path: Path, command: str):
    (clone / "more").touch()
    _git(clone, "add", "more")
    _git(clone, "commit", "-q", "-m", "more")
    _git(clone, "tag", "v1.0.0", "HEAD~1")
    shallow = tmp_path / "shallow"
    _git(clone, "clone", "-q", "--depth=1", "--no-tags", f"file://{clone}", str(shallow))
    result = _run(command, shallow)

    assert result.exit_code == 2
    assert "this clone is shallow, so its tags may be missing: git fetch --unshallow --tags" in result.stderr


def test_without_git_it_says_so(clone: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", str(clone))
    for command in ("contracts diff", "contracts diff --released", "contracts order"):
        result = _run(command, clone)
        assert result.exit_code == 2
        assert "git cannot be run" in result.stderr


def test_without_a_repository_nothing_is_released(tree: Path):
    result = _run("contracts diff --released", tree)

    assert (result.exit_code, result.stdout) == (0, "nothing is released yet that could break\n")


def test_a_feature_that_is_named_twice_goes_out_once(clone: Path):
    document = json.loads(_run("contracts order profile profile", clone, "--json").stdout)

    assert document["features"] == ["profile"]


def test_a_service_that_does_not_end_is_reported(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(openapi, "SECONDS", 0.01)
    (document,) = openapi.documents_of(["back-api"]).values()

    assert str(document) == "back-api: not made within 0.01 s"
