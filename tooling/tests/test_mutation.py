"""`make test-mutation`: what is mutated, what is left alone, and that nobody's files are touched."""

import subprocess
import sys
from pathlib import Path

import pytest

from tooling.mutation import python_runs
from tooling.mutation.copying import copied
from tooling.mutation.mutants import mutants_of
from tooling.mutation.parts import NoPart, Part, parts


def changes(source: str) -> list[tuple[str, str]]:
    return [(mutant.before, mutant.after) for mutant in mutants_of("a.py", source.encode())]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a < b", [("a < b", "a <= b"), ("a < b", "a >= b")]),
        ("a == b", [("a == b", "a != b")]),
        ("a is not b", [("a is not b", "a is b")]),
        ("a in b", [("a in b", "a not in b")]),
        ("a and b", [("a and b", "(a or b)")]),
        ("not a", [("not a", "(a)")]),
        ("a + b", [("a + b", "(a - b)")]),
        ("x = f(True)", [("True", "False")]),
        ("x = f(0.5)", [("0.5", "1.5")]),
        ("await f()", [("await f()", "pass")]),
        ("a += b", [("a += b", "pass")]),
        ("raise a", [("raise a", "pass")]),
        ("x = {1: f(2)}", [("1", "2"), ("2", "3")]),
    ],
)
def test_a_small_fault_of_each_kind(source: str, expected: list[tuple[str, str]]) -> None:
    assert changes(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        '"""A text."""',
        "LEASE_SECONDS = 20",
        "ROOM = 64 * 1024",
        "task_acks_late = True",
        "OPTIONS = {'interval_max': 3, 'pauses': [0.5, 1]}",
        "@dataclass(frozen=True)\nclass A: ...",
        "x = zip(a, b, strict=True)",
        "class A:\n    attempts: int = 5",
        "class A:\n    x = Field(default=5)",
        "log.info('done', count=1)",
        "assert a == 1",
        "def f(a: Literal[1]) -> Literal[2]: ...",
        "if TYPE_CHECKING:\n    f()",
        "x = f'{a == 1}'",
    ],
)
def test_names_texts_and_log_lines_are_left_alone(source: str) -> None:
    assert changes(source) == []


def test_a_mutant_replaces_its_own_bytes_and_says_where() -> None:
    source = "é = 'ü'\nif (é ==\n    'ö'): f()\n".encode()
    mutant = mutants_of("folder/a.py", source)[0]
    assert mutant.applied(source).decode() == "é = 'ü'\nif (é != 'ö'): f()\n"
    assert str(mutant) == "folder/a.py:2  é == 'ö'  →  é != 'ö'"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """With a service that has a test for one of its two comparisons."""
    root = tmp_path / "clone"
    (root / "back-api" / "tests").mkdir(parents=True)
    (root / "back-api" / "features" / "profile").mkdir(parents=True)
    (root / "back-api" / "ages.py").write_text(
        "def adult(age):\n    return age > 17\n\n\ndef old(age):\n    return age > 99\n"
    )
    (root / "back-api" / "features" / "profile" / "domain.py").write_text("")
    (root / "back-api" / "tests" / "test_ages.py").write_text(
        "from ages import adult\n\n\ndef test_adult():\n    assert adult(18) and not adult(17)\n"
    )
    (root / "front-public").mkdir()
    (root / "front-public" / "a.test.ts").write_text("")
    (root / "front-public" / "a.ts").write_text("")
    (root / "ignored.log").write_text("")
    (root / ".gitignore").write_text("*.log\n")
    subprocess.run(["git", "-C", str(root), "init", "-q"], check=True)
    return root


def test_survivors_are_reported_and_the_tree_is_as_it_was(repository: Path) -> None:
    (part,) = parts(repository, "back-api")
    before = (repository / "back-api" / "ages.py").read_bytes()
    with copied(repository) as copy:
        found = list(python_runs.survivors(copy, part, 20, seed=1))
        assert (copy / "back-api" / "ages.py").read_bytes() == before
    assert {(mutant.line, seen) for mutant, seen in found} == {(2, True), (6, False)}
    assert (repository / "back-api" / "ages.py").read_bytes() == before


def test_tests_that_fail_already_see_nothing(repository: Path) -> None:
    (repository / "back-api" / "tests" / "test_ages.py").write_text("def test_a():\n    assert False\n")
    (part,) = parts(repository, "back-api")
    with copied(repository) as copy, pytest.raises(NoPart, match="fail before anything was mutated"):
        list(python_runs.survivors(copy, part, 1, seed=1))


def test_only_the_tests_that_run_a_line_are_run_for_it(repository: Path) -> None:
    """Another test, of which nobody knows why, fails beside each mutant."""
    (repository / "back-api" / "tests" / "test_watch.py").write_text(
        "from pathlib import Path\n\n\ndef test_watch():\n"
        "    assert 'age > 99' in (Path(__file__).parents[1] / 'ages.py').read_text()\n"
    )
    (part,) = parts(repository, "back-api")
    with copied(repository) as copy:
        answer = list(python_runs.survivors(copy, part, 20, seed=1))
    assert {(mutant.line, seen) for mutant, seen in answer} == {(2, True), (6, False)}


def test_a_line_that_runs_on_import_is_everybodys(repository: Path) -> None:
    (repository / "back-api" / "ages.py").write_text("OLD = int('9') + 9\n\n\ndef adult(age):\n    return age > 17\n")
    (repository / "back-api" / "tests" / "test_old.py").write_text(
        "import ages\n\n\ndef test_old():\n    assert ages.OLD == 18\n"
    )
    (part,) = parts(repository, "back-api")
    with copied(repository) as copy:
        answer = list(python_runs.survivors(copy, part, 20, seed=1))
    assert [mutant.line for mutant, seen in answer if not seen] == []
    assert {mutant.line for mutant, _ in answer} == {1, 5}


def test_the_same_seed_gives_the_same_sample(repository: Path) -> None:
    (part,) = parts(repository, "back-api")
    first, again, every = (python_runs.sample(repository, part, count, seed=1) for count in (2, 2, 40))
    assert first == again
    assert len(first) == 2
    assert len(every) == 6
    assert every == sorted(every, key=lambda mutant: mutant.start)


def test_a_copy_has_what_git_knows_and_what_is_new_and_goes_with_the_block(repository: Path) -> None:
    with copied(repository) as copy:
        assert (copy / "back-api" / "ages.py").is_file()
        assert not (copy / "ignored.log").exists()
    assert not copy.exists()


def test_a_copy_goes_with_who_is_interrupted(repository: Path, tmp_path: Path) -> None:
    program = (
        "import sys\nfrom pathlib import Path\nfrom tooling.mutation.copying import copied\n"
        "with copied(Path(sys.argv[1])) as copy:\n    print(copy, flush=True)\n    raise KeyboardInterrupt\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(repository)],
        capture_output=True,
        text=True,
        check=False,
        env={"TMPDIR": str(tmp_path), "PYTHONPATH": ":".join(sys.path)},
    )
    assert done.stdout.startswith(str(tmp_path))
    assert not Path(done.stdout.strip()).exists()


def test_a_part_is_a_service_or_all_code_of_a_feature(repository: Path) -> None:
    assert parts(repository, "back-api") == [
        Part("back-api", ["back-api/ages.py", "back-api/features/profile/domain.py"])
    ]
    assert parts(repository, "front-public") == [Part("front-public", ["front-public/a.ts"])]
    assert parts(repository, feature="profile") == [Part("back-api", ["back-api/features/profile/domain.py"])]
    assert parts(repository, "back-api", below="ages") == [Part("back-api", ["back-api/ages.py"])]


@pytest.mark.parametrize(
    ("service", "feature", "why"),
    [
        ("back-nothing", "", "choose one of"),
        ("", "", "name what is to be mutated"),
        ("", "nothing", "no code is of nothing"),
    ],
)
def test_what_is_no_part_is_refused_with_a_sentence(repository: Path, service: str, feature: str, why: str) -> None:
    with pytest.raises(NoPart, match=why):
        parts(repository, service, feature)
