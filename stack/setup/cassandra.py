"""The step that fetches Cassandra's jars; the work itself needs the virtual environment (stack.native.jars)."""

from stack.paths import CACHE, PYTHON, ROOT
from stack.setup.steps import Step, execute

LOCK = ROOT / "stack" / "cassandra-jars.lock"
DOING = "fetching Cassandra's jars"

STEP = Step(
    "cassandra",
    DOING,
    [LOCK, ROOT / "stack" / "native" / "jars.py"],
    [CACHE / "cassandra.classpath"],
    lambda: execute(DOING, [PYTHON, "-m", "stack.native.jars"]),
)
