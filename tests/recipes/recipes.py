"""The recipes of CONTRIBUTING as edits of the sample feature greetings (tests/violations/sample): what one writes by hand.

Each `Edit` says with which words the checks ask for it when it alone is left out; nobody asks for a flag.
"""

from dataclasses import dataclass
from pathlib import Path

CONTRACT = "shared/contracts/greetings/feature.yaml"
WORKERS = "back-workers/features/greetings"


@dataclass(frozen=True)
class Edit:
    """`text` goes behind `after` in the file at `path`, or to its end; a file that is not there is written."""

    path: str
    text: str
    left_out: str
    after: str = ""

    def make(self, tree: Path) -> None:
        file = tree / self.path
        file.parent.mkdir(parents=True, exist_ok=True)
        old = file.read_text(encoding="utf-8") if file.exists() else ""
        assert old.count(self.after) == 1 or not self.after, f"{self.path} has no single {self.after!r}"
        new = old.replace(self.after, self.after + self.text) if self.after else old + self.text
        file.write_text(new, encoding="utf-8")


@dataclass(frozen=True)
class Recipe:
    """`given` is there before. `asks` is the check that reports what is missing: the contracts' check, with the live OpenAPI of back-api or
    without, or what back-workers finds of its features."""

    edits: tuple[Edit, ...]
    asks: str = "contracts"
    given: tuple[Edit, ...] = ()


ENDPOINT = """
  - method: GET
    path: /api/greetings/{greeting_id}
    service: back-api
    auth: user
    idempotent: true
    response: {200: Profile}
    errors: [401, 404, 503]
"""
FUNCTION = """

@router.get("/api/greetings/{greeting_id}", responses=problems(404))
async def greeting(greeting_id: str, user: CurrentUser) -> Profile:
    raise Conflict(f"{user.user_id}, {greeting_id}")
"""
DATA = '''"""Greetings."""

from shared.models.events import EventData


class GreetingSent(EventData, event="greeting.sent", shown="id", hidden="words"):
    id: str
    words: str
'''
PUBLISHED = """
events:
  published:
    - {type: greeting.sent, service: back-postgres, data: GreetingSent}
"""
UNCONSUMED = PUBLISHED.replace("GreetingSent}", "GreetingSent, unconsumed: Nobody has to know of it.}")
EMITTER = """

def emit(write):
    write("greeting.sent")
"""
EVENT = (
    Edit("shared/models/greeting.py", DATA, "has no model GreetingSent"),
    Edit(CONTRACT, UNCONSUMED, "greeting.sent"),
    Edit("back-postgres/repositories/greeting_repository.py", EMITTER, "no code of back-postgres writes greeting.sent"),
)
TAKEN_BY_WORKERS = (
    Edit(CONTRACT, "\n  - {name: back-workers, provides: [audit]}", "", "provides: [data-persistence]}"),
    Edit(CONTRACT, "\n  - back-postgres ⇢ back-workers → back-postgres", "", "→ back-api → back-postgres"),
    Edit(
        CONTRACT, '\n  back-workers:\n    - back-postgres: ">=1.0.0"', "", '  back-api:\n    - back-postgres: ">=1.0.0"'
    ),
    Edit(
        CONTRACT,
        "\n  back-workers: Greetings are told later.",
        "",
        "back-api: The page says that greetings cannot be loaded.",
    ),
    Edit(
        CONTRACT,
        "\n  back-redis: Greetings are told later.",
        "",
        "back-api: The page says that greetings cannot be loaded.",
    ),
)
TEST = Edit(
    "back-workers/tests/features/greetings/test_greetings.py", "# one\n", "no test of back-workers bears the name"
)
GIVEN_EVENT = (EVENT[0], Edit(CONTRACT, PUBLISHED, ""), EVENT[2], *TAKEN_BY_WORKERS, TEST)
CONSUMED = """  consumed:
    - type: greeting.sent
      service: back-workers
      consumer: GROUP
      effect: Something happens once.
"""
CONSUMER = """from events.consumer import Consumer, handles

from shared.models.greeting import GreetingSent


def consumer(peers):
    async def greet(event, data): ...

    return Consumer(group="greetings", idempotency="natural", handlers=(handles(GreetingSent, greet),))
"""
AUDIT = """from features.audit.rule import AuditRule

from shared.models.greeting import GreetingSent

AUDIT_RULES = {GreetingSent: AuditRule("greeting", ("id",))}
"""
KIND = """from shared.models.notification_preferences import DefaultPreference

NOTIFICATION_KIND = DefaultPreference("greeting")
"""
MESSAGE = """from features.notifications.message import MessageModel


class GreetingMessage(MessageModel):
    key = "greeting"
    kind = "greeting"
    words: str
"""
TEXT = """greeting:
  title: "{{ words }}"
  body: You were greeted.
  mail: {subject: Hello, heading: Hello, paragraphs: ["{{ words }}"], button: Look, why: You asked for it.}
"""
TASK = """import celery

def send() -> None: ...


celery.current_app.task(name="greetings.send")(send)
"""
TIME = """
beat_schedule["send greetings"] = {"task": "greetings.send", "schedule": 60.0}
"""
PAGE = "  - path: /app/greetings/sent\n    module: sent.tsx\n"
FLAG = """
feature_flag:
  name: greetings
  default: true
  owner: team-tools
  expires_on: 2027-05-31
"""
CONTRACT_PAGE = "\n  - {path: /app/greetings/sent, front: front-public, calls: [GET /api/greetings]}"
RECIPES = {
    "an endpoint": Recipe(
        (
            Edit(CONTRACT, ENDPOINT, "back-api: GET /api/greetings/{}: in no contract", "endpoints:"),
            Edit(
                "back-api/features/greetings/api.py",
                FUNCTION,
                "GET /api/greetings/{greeting_id}: back-api does not have it",
            ),
        ),
        "live",
    ),
    "an event": Recipe(EVENT),
    "a consumer": Recipe(
        (
            Edit(CONTRACT, CONSUMED.replace("GROUP", "greetings"), "back-workers's greetings takes greeting.sent"),
            Edit(f"{WORKERS}/consumer.py", CONSUMER, "no consumer greetings of back-workers takes greeting.sent"),
        ),
        given=GIVEN_EVENT,
    ),
    "an audit entry": Recipe(
        (
            Edit(CONTRACT, CONSUMED.replace("GROUP", "audit"), "back-workers's audit takes greeting.sent"),
            Edit(f"{WORKERS}/audit.py", AUDIT, "no consumer audit of back-workers takes greeting.sent"),
        ),
        given=GIVEN_EVENT,
    ),
    "a notification kind": Recipe(
        (
            Edit("shared/models/greeting.py", KIND, "greeting has no default"),
            Edit(f"{WORKERS}/messages.py", MESSAGE, "nothing tells greeting"),
            Edit(f"{WORKERS}/texts/en.yaml", TEXT, "greeting"),
            Edit(f"{WORKERS}/texts/de.yaml", TEXT, "de.yaml: greeting is missing"),
        ),
        "workers",
    ),
    "a task": Recipe(
        (
            Edit(f"{WORKERS}/tasks.py", TASK, "nobody does greetings.send"),
            Edit("back-workers/celeryconfig.py", TIME, "greetings.send has no time"),
        ),
        "workers",
    ),
    "a feature flag": Recipe((Edit(CONTRACT, FLAG, "", "so that no case hangs on a real one.\n"),)),
    "a page": Recipe(
        (
            Edit(
                "front-public/app/features/greetings/feature.yaml", PAGE, "front-public has no page /app/greetings/sent"
            ),
            Edit(CONTRACT, CONTRACT_PAGE, "no contract has the page /app/greetings/sent", "pages:"),
            Edit("front-public/app/features/greetings/routes/sent.tsx", "export {};\n", "routes/sent.tsx is not there"),
        )
    ),
}
