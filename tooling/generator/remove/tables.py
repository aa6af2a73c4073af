"""The tables of a feature, out of the migrations: those that only its own repositories read and write."""

import re
from collections.abc import Collection, Iterator

from tooling.boundaries import sql
from tooling.generator.remove.tree import Files

_USED = re.compile(r"\b(?:FROM|INTO|UPDATE|JOIN)\s+(\w+)")
_FILLED = re.compile(r"\bINSERT INTO (\w+)")
_CQL = re.compile(r"CREATE TABLE (?:IF NOT EXISTS )?(\w+)", re.IGNORECASE)
_REFERS = re.compile(r"\bREFERENCES (\w+)", re.IGNORECASE)
MIGRATIONS = "back-postgres/migrations/"
CQL_MIGRATIONS = "back-cassandra/migrations/"


def owned(files: Files, own: Collection[str]) -> list[str]:
    """Of both stores: tables that its own files name in statements, and that no other repository does."""
    there = set(made(files)) | set(made_in_cassandra(files))
    mine = set[str]()
    others = set[str]()
    for path, text in files.texts.items():
        if path.endswith(".py") and "/repositories/" in path:
            (mine if path in own else others).update(_USED.findall(text))
    return sorted((mine & there) - others)


def filled(files: Files, own: Collection[str]) -> list[str]:
    """Tables of which only its own files make rows, whoever reads them."""
    mine = set[str]()
    others = set[str]()
    for path, text in files.texts.items():
        if path.endswith(".py") and "/repositories/" in path:
            (mine if path in own else others).update(_FILLED.findall(text))
    return sorted((mine & set(made(files))) - others)


def made(files: Files) -> list[str]:
    """The tables that are in back-postgres after all migrations, in the order in which they were made."""
    there = list[str]()
    for path in sorted(path for path in files.texts if path.startswith(MIGRATIONS)):
        for statement in sql.statements(files.texts[path]):
            if name := sql.made_table(statement):
                there.append(name)
            gone = sql.dropped_tables(statement)
            there = [name for name in there if name not in (gone or ())]
    return there


def made_in_cassandra(files: Files) -> list[str]:
    texts = [files.texts[path] for path in sorted(files.texts) if path.startswith(CQL_MIGRATIONS)]
    dropped = set(re.findall(r"DROP TABLE (?:IF EXISTS )?(\w+)", "\n".join(texts), re.IGNORECASE))
    return [name for text in texts for name in _CQL.findall(text) if name not in dropped]


def references(files: Files) -> Iterator[tuple[str, str]]:
    """Pairs of a table and one that it refers to, in back-postgres."""
    there = set(made(files))
    for path in sorted(path for path in files.texts if path.startswith(MIGRATIONS)):
        for statement in sql.statements(files.texts[path]):
            name = sql.made_table(statement) or next(
                iter(re.findall(r"ALTER TABLE (?:ONLY )?(\w+)", statement.text)), None
            )
            if name in there:
                yield from ((name, other) for other in _REFERS.findall(statement.text))


def undo(files: Files, feature: str, dropped: Collection[str]) -> None:
    """Writes the migrations that take the tables `dropped` away.

    In Cassandra a guardrail leaves DROP TABLE to the superuser: there the table is marked, and its rows expire as they do.
    """
    word = feature.replace("-", "_")
    gone = f"-- The feature {feature} was removed.\n\n"
    if relational := [name for name in made(files) if name in dropped]:
        _write(files, MIGRATIONS, f"{word}_removed.sql", f"{gone}DROP TABLE {', '.join(relational)};\n")
    if wide := [name for name in made_in_cassandra(files) if name in dropped]:
        comment = f"not used since the feature {feature} was removed"
        marked = "".join(f"ALTER TABLE {name} WITH comment = '{comment}';\n" for name in wide)
        _write(files, CQL_MIGRATIONS, f"{word}_removed.cql", f"{gone}{marked}")


def _write(files: Files, folder: str, name: str, text: str) -> None:
    numbers = [int(path.removeprefix(folder)[:4]) for path in files.paths if re.match(rf"{folder}\d{{4}}_", path)]
    (files.root / folder / f"{max(numbers) + 1:04}_{name}").write_text(text, encoding="utf-8")
