"""Each place that a new field changes, alone."""

import pytest

from tooling.generator import form_row
from tooling.generator.field import edits, python_classes, samples
from tooling.generator.field.add import default_of
from tooling.generator.field.target import Target, find
from tooling.generator.field_table import Field
from tooling.generator.field_types import parse
from tooling.generator.names import Refused
from tooling.paths import ROOT

PROFILE = find(ROOT, "profile")
MODELS = '''"""Things."""

from typing import Annotated

from pydantic import Field

from shared.models.base import Entity, Line, Request

Name = Annotated[Line, Field(max_length=80)]


class ThingCreate(Request):
    """One."""

    name: Name


class ThingUpdate(Request):
    name: Name | None = None

    def changes(self) -> dict[str, str]:
        return {}


class Thing(Entity):
    id: str
    name: str
    version: int
'''
THINGS = Target(PROFILE.contract, PROFILE.models, "ThingCreate", "ThingUpdate", "Thing", "things", None)
CONTRACT = """name: things
examples:
  ThingCreate:
    - {name: A}
    - {name: B, on: "2026-11-30"}
  Thing:
    - id: "1"
      name: A

events: {}
"""


def field(spec: str) -> Field:
    (found,) = parse(spec)
    return found


def test_a_profile_is_found_by_its_contract_and_the_house_s_conventions():
    assert (PROFILE.create, PROFILE.update, PROFILE.entity) == ("ProfileCreate", "ProfileUpdate", "Profile")
    assert (str(PROFILE.models), PROFILE.table) == ("shared/models/profile.py", "profiles")
    assert str(PROFILE.form) == "front-public/app/features/profile/fields.ts"


@pytest.mark.parametrize(
    ("feature", "entity", "why"),
    [
        ("profil", None, "There is no feature 'profil'; there are account, "),
        ("presence", None, "Nobody makes an entity of presence by POST at back-api"),
        ("profile", "Person", "profile makes no entity 'Person' by POST at back-api; it makes Profile."),
        ("billing", None, "has to be added by hand"),
    ],
)
def test_what_has_no_fields_to_add_to_is_refused(feature: str, entity: str | None, why: str):
    with pytest.raises(Refused, match=why):
        find(ROOT, feature, entity)


def test_models_get_the_field_where_it_is_made_changed_and_shown():
    text = edits.models(MODELS, THINGS, field("company:line(100)?"))
    classes = {name: list(python_classes.fields(one)) for name, one in python_classes.classes(text).items()}
    assert classes == {
        "ThingCreate": ["name", "company"],
        "ThingUpdate": ["name", "company"],
        "Thing": ["id", "name", "company", "version"],
    }
    assert "Company = Annotated[Line, Field(min_length=1, max_length=100), Stripped]\n" in text
    assert "from shared.models.base import Stripped\n" in text
    assert text.count("company: Company | None = None") == 2
    assert "company: str | None = None" in text


@pytest.mark.parametrize(
    ("spec", "default", "line", "column"),
    [
        ("open:bool", False, "open: bool = False", "open boolean NOT NULL DEFAULT false"),
        ("rank:int(1,5)", 3, "rank: int = 3", "rank integer NOT NULL DEFAULT 3 CHECK (rank BETWEEN 1 AND 5)"),
        ("motto:text", 'It\'s "so"', 'motto: str = "It\'s \\"so\\""', "motto text NOT NULL DEFAULT 'It''s \"so\"'"),
        ("due:date?", None, "due: Day | None = None", "due date;"),
        ("tone:choice(low,high)", "low", 'tone: Tone = "low"', "DEFAULT 'low' CHECK (tone IN ('low', 'high'))"),
    ],
)
def test_a_default_is_written_as_each_language_does(spec: str, default: object, line: str, column: str):
    text = edits.models(MODELS, THINGS, field(spec), default)
    compile(text, "things.py", "exec")
    assert line in text.partition("class Thing(Entity)")[2]
    assert column in edits.column("things", field(spec), default)


def test_a_name_that_the_module_has_already_is_not_bound_twice():
    text = edits.models(MODELS, THINGS, field("entity:line?"))
    assert "\nEntity = " not in text
    assert "entity: Annotated[Line, Field(min_length=1, max_length=200), Stripped] | None = None" in text


def test_examples_of_a_contract_show_the_field():
    text = samples.with_example(CONTRACT, "ThingCreate", "company", "Big company")
    text = samples.with_example(text, "Thing", "rank", 3)
    assert '    - {name: A}\n    - {name: B, on: "2026-11-30", company: Big company}\n' in text
    assert '    - id: "1"\n      name: A\n      rank: 3\n\nevents: {}\n' in text
    assert samples.with_example(CONTRACT, "Nothing", "rank", 3) == CONTRACT


@pytest.mark.parametrize(
    ("spec", "parts"),
    [
        ("a:line(9)", ['initial: ""', "read: trimmed", "{ required: true, maxLength: 9 }"]),
        (
            "a:text(9)?",
            ["initial: null", "orNone(asItIs)", '{ as: "textarea", rows: 4, optional: true, maxLength: 9 }'],
        ),
        ("a:bool", ["initial: false", "read: checked", '{ as: "checkbox" }']),
        ("a:int(2,3)", ["initial: 2", "read: number", '{ type: "number", required: true, min: 2, max: 3 }']),
        ("a:date?", ["orNone(trimmed)", '{ type: "date", optional: true }']),
        ("a:choice(x,y)?", ["orNone(chosen)", 'options: ["x", "y"] }']),
    ],
)
def test_a_form_asks_by_type(spec: str, parts: list[str]):
    row = form_row.row(field(spec))
    assert [part for part in parts if part not in row] == []


def test_a_form_gets_its_row_and_what_the_row_reads_with():
    text = (ROOT / "front-public/app/features/profile/fields.ts").read_text(encoding="utf-8")
    changed = edits.form(text, field("rank:int(1,5)"), 3)
    assert '  rank: {\n    label: "Rank",\n    initial: 3,\n    read: number,\n' in changed
    assert (
        'import { asItIs, type FormField, number, orNone, trimmed } from "@dashboard/front/forms/fields.ts";' in changed
    )


@pytest.mark.parametrize(
    ("spec", "expected", "why"),
    [
        ("a:line", None, "make it optional \\(a question mark\\), or give a default"),
        ("a:line?", "x", "leave out the default"),
        ("a:line(3)", "long", "The default 'long' does not fit 'a'"),
        ("a:int(1,3)", "4", "does not fit"),
        ("a:int(1,3)", "two", "does not fit"),
        ("a:date", "2026-02-30", "does not fit"),
        ("a:choice(x,y)", "z", "does not fit"),
        ("a:bool", "yes", "does not fit"),
    ],
)
def test_a_default_that_is_missing_or_does_not_fit_is_refused(spec: str, expected: str | None, why: str):
    with pytest.raises(Refused, match=why):
        default_of(field(spec), expected)


@pytest.mark.parametrize(
    ("spec", "expected", "value"), [("a:bool", None, False), ("a:bool", "true", True), ("a:int", "7", 7)]
)
def test_a_default_is_read_by_type(spec: str, expected: str | None, value: object):
    assert default_of(field(spec), expected) == value
