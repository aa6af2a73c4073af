"""Each rule over TypeScript bites on the smallest violation, and on nothing else."""

import pytest

from shared.contracts import boundaries
from tooling.tests.conftest import Break

PAGE = "front-public/app/features/profile/routes/page.tsx"
UI = "front-public/app/features/profile/ui/Form.tsx"
VIOLATIONS = [
    ("no-database-in-a-front", PAGE, 'import { Client } from "pg";\n'),
    ("no-database-in-a-front", PAGE, 'const driver = await import("cassandra-driver");\n'),
    ("no-database-in-a-front", "shared/front/api/x.server.ts", 'const redis = require("ioredis");\n'),
    ("no-tokens-made-in-a-front", PAGE, 'import jwt from "jsonwebtoken";\n'),
    ("no-tokens-made-in-a-front", PAGE, 'import {\n  SignJWT,\n} from "jose";\n'),
    ("no-passwords-hashed-in-a-front", PAGE, 'import bcrypt from "bcryptjs";\n'),
    ("no-payments-in-a-front", PAGE, 'import Stripe from "stripe";\n'),
    ("server-code-stays-on-the-server", UI, 'import { accounts } from "../accounts.server.ts";\n'),
    ("server-code-stays-on-the-server", UI, 'import { log } from "@dashboard/front/server/log.ts";\n'),
    ("server-code-stays-on-the-server", "shared/front/live/store.ts", 'import fs from "node:fs";\n'),
    ("ui-does-not-fetch", UI, 'const save = () => fetch("/api/profile");\n'),
    ("ui-does-not-fetch", "shared/front/ui/button.tsx", 'new WebSocket("/ws");\n'),
    ("no-signing-in-a-front", PAGE, "const key = await crypto.subtle.importKey(x);\n"),
    ("no-authentication-in-a-front", PAGE, "if (await verifyPassword(typed, user.hash)) return user;\n"),
    ("no-sql-in-a-front", PAGE, 'const query = "SELECT id, name FROM users";\n'),
    ("no-price-arithmetic-in-a-front", UI, "const total = price.amount_minor * seats;\n"),
    ("fronts-use-the-public-interface", PAGE, 'await client.get("/internal/users/1");\n'),
    ("front-imports-its-own-code", PAGE, 'import { x } from "../../../../../front-admin/app/x.ts";\n'),
    ("front-imports-its-own-code", PAGE, 'import { x } from "@dashboard/front-admin/x.ts";\n'),
    ("front-imports-its-own-code", PAGE, 'export * from "../../../../../back-api/x.ts";\n'),
    ("only-declared-peers", "front-public/app/x.server.ts", "const url = process.env.BACK_POSTGRES_URL;\n"),
]


@pytest.mark.parametrize(("rule", "path", "text"), VIOLATIONS)
def test_a_violation_is_found_where_it_stands(breaking: Break, rule: str, path: str, text: str):
    found = breaking(path, text)

    assert {violation.rule for violation in found} == {rule}
    assert {str(violation.path) for violation in found} == {path}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (PAGE, 'import { accounts } from "../accounts.server.ts";\nimport { useFetcher } from "react-router";\n'),
        (
            UI,
            'import type { Session } from "../session.server.ts";\nconst fetcher = useFetcher(); fetcher.load("/x");\n',
        ),
        (UI, '/** We never fetch("/api") here, nor import from "pg". */\n// import x from "pg"\nexport const a = 1;\n'),
        (UI, "const shown = format(price.amount_minor / 100);\n"),
        (UI, 'import { Button } from "@dashboard/front/ui/button.tsx";\nconst select = "Select one from the list";\n'),
        ("front-public/app/features/profile/ui/Form.test.tsx", 'import fs from "node:fs";\n'),
        ("shared/front/server/settings.ts", "const url = process.env.BACK_API_URL;\n"),
    ],
)
def test_what_is_allowed_passes(breaking: Break, path: str, text: str):
    assert breaking(path, text) == []


def test_every_front_rule_has_a_violation_that_it_finds():
    declared = boundaries.load()
    assert {rule.rule for rule in (*declared.front_imports, *declared.front_texts)} <= {
        rule for rule, _, _ in VIOLATIONS
    }


IMPORTS = """import a from "one";
export * from "two";
import type { T } from "erased";
import {
  b,
} from "three";
const c = await import("four"); const d = require('five');
/* import e from "no"; */ import f from "six";
// import g from "no"
const url = "http://no.example"; import("seven");
"""


def test_an_imports_line_is_the_one_of_what_is_imported(breaking: Break):
    """Each of them leads to another front."""
    other = "../../../../../front-admin/app"
    text = IMPORTS
    for number, name in enumerate(("one", "two", "three", "four", "five", "six", "seven", "no", "erased")):
        text = text.replace(f'"{name}"', f'"{other}/{number}.ts"').replace(f"'{name}'", f'"{other}/{number}.ts"')
    found = [one for one in breaking(PAGE, text) if one.rule == "front-imports-its-own-code"]
    assert [one.line for one in found] == [1, 2, 6, 7, 7, 8, 10]


def test_a_setting_of_a_service_that_may_not_be_called_is_reported(breaking: Break):
    text = "// BACK_POSTGRES_URL\n\nconst a = env.BACK_POSTGRES_URL;\nconst b = env.BACK_API_URL;\nconst c = X_URL;\n"
    (found,) = breaking("front-public/app/x.server.ts", text)
    assert (found.rule, found.line) == ("only-declared-peers", 3)
    assert found.what == "front-public reads BACK_POSTGRES_URL, but may not call back-postgres"


def test_what_is_written_is_quoted_up_to_sixty_letters(breaking: Break):
    (found,) = breaking(UI, "\n\nconst answer = fetch(\n);\n")
    assert found.line == 3
    assert found.what == "Form.tsx writes 'fetch('"
