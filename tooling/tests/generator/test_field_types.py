"""A field is the same in model, column and form, and what cannot be one is refused in one sentence."""

from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from pydantic import Field as PydanticField
from pydantic import TypeAdapter, ValidationError, create_model

from shared.models import base
from shared.models.base import Request
from tooling.boundaries import columns
from tooling.boundaries.tree import Tree
from tooling.generator.field_types import Field, parse
from tooling.generator.names import Refused
from tooling.paths import ROOT

EVERY_TYPE = "title:line(200) note:text(500)? url:url(2000) mail:email done:bool count:int(0,100)? due:date level:choice(low,high)"
HOME = {"Annotated": Annotated, "Literal": Literal, "Field": PydanticField} | vars(base)


def model_of(fields: tuple[Field, ...]) -> type[Request]:
    kinds: dict[str, Any] = {}
    for field in fields:
        of_request = eval(field.definition, HOME)
        default = ... if field.default is None else eval(field.default)
        kinds[field.name] = (of_request | None if field.optional else of_request, default)
    return create_model("ThingCreate", __base__=Request, **kinds)


@pytest.mark.parametrize("field", parse(EVERY_TYPE), ids=lambda field: field.kind)
def test_the_samples_fit_the_model_and_the_wrong_ones_do_not(field: Field) -> None:
    model = TypeAdapter(model_of((field,)))
    for sample in field.samples:
        model.validate_python({field.name: sample})
    assert field.samples[0] != field.samples[1]
    assert field.wrong
    for wrong in field.wrong:
        with pytest.raises(ValidationError):
            model.validate_python({field.name: wrong})


def test_a_column_takes_what_its_model_lets_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fields = parse(EVERY_TYPE)
    model = model_of(fields)

    def schema(_: str) -> dict[str, Any]:
        return model.model_json_schema()

    monkeypatch.setattr(columns.models, "by_name", lambda: {"ThingCreate": model})
    monkeypatch.setattr(columns.models, "schema", schema)
    migrations = tmp_path / columns.MIGRATIONS
    migrations.mkdir(parents=True)
    made = ",\n".join(field.column for field in fields)
    (migrations / "0001_things.sql").write_text(f"CREATE TABLE things (\n{made}\n);\n")
    assert list(columns.check(Tree(tmp_path, Tree.at(ROOT).boundaries))) == []
    narrower = made.replace("AND 200", "AND 199").replace("'high'", "'most'")
    (migrations / "0001_things.sql").write_text(f"CREATE TABLE things (\n{narrower}\n);\n")
    assert [found.what.split()[0] for found in columns.check(Tree(tmp_path, Tree.at(ROOT).boundaries))] == [
        "things.title",
        "things.level",
    ]


def test_what_a_field_is_in_each_place() -> None:
    title, count, done = parse("title:str(80) count:int(1,9)? done:bool")
    assert title.definition == "Annotated[Line, Field(min_length=1, max_length=80), Stripped]"
    assert title.column == "title text NOT NULL CHECK (length(title) BETWEEN 1 AND 80)"
    assert (title.attributes, title.label) == ({"required": "", "maxLength": "{80}"}, "Title")
    assert count.column == "count integer CHECK (count BETWEEN 1 AND 9)"
    assert (count.typescript, count.default) == ("number | null", "None")
    assert (done.column, done.is_bare) == ("done boolean NOT NULL DEFAULT false", True)
    assert title.imports == (
        ("typing", "Annotated"),
        ("shared.models.base", "Line"),
        ("pydantic", "Field"),
        ("shared.models.base", "Stripped"),
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "There has to be a field"),
        ("title", "is no field: write name:type"),
        ("title:line(200", "is no field"),
        ("title:line(200)!", "is no field"),
        ("title:varchar", "The type 'varchar' of 'title' is not known"),
        ("title:line title:text", "there is one of that name already"),
        ("owner:line", "there is one of that name already"),
        ("order:int", "keyword of SQL"),
        ("title:line(0)", "may have 1 to 2000 characters, not 0"),
        ("title:line(9999)", "may have 1 to 2000 characters, not 9999"),
        ("title:line(-5)", "may have 1 to 2000 characters, not -5"),
        ("title:line(many)", "must be 1 whole number, such as"),
        ("title:line(1,2)", "must be 1 whole number, such as"),
        ("count:int(5)", "must be 2 whole numbers"),
        ("count:int(9,1)", "must rise"),
        ("count:int(0,99999999999)", "must rise and lie between"),
        ("due:date(3)", "takes no bounds"),
        ("done:bool?", "leave out the question mark"),
        ("level:choice", "needs two to 20 different values"),
        ("level:choice(low)", "needs two to 20 different values"),
        ("level:choice(low,low)", "needs two to 20 different values"),
        ("level:choice(low,it's)", "cannot be a value"),
        ("b" * 80 + ":line", "it has 80 characters"),
    ],
)
def test_what_is_no_field_is_refused_in_one_sentence(text: str, why: str) -> None:
    with pytest.raises(Refused, match=why.replace("?", r"\?").replace("(", r"\(")) as refused:
        parse(text, {"owner"})
    assert "\n" not in str(refused.value)
