"""The steps that fetch Cassandra's jars and record its classes; the work itself needs the virtual environment."""

from stack.paths import CACHE, PYTHON, ROOT
from stack.setup.steps import Step, execute

NATIVE = ROOT / "stack" / "native"
LOCK = ROOT / "stack" / "cassandra-jars.lock"
FETCHING = "fetching Cassandra's jars"
RECORDING = "recording Cassandra's classes"

JARS = Step(
    "cassandra",
    FETCHING,
    [LOCK, NATIVE / "jars.py"],
    [CACHE / "cassandra.classpath"],
    lambda: execute(FETCHING, [PYTHON, "-m", "stack.native.jars"]),
)
# Makes each later start of Cassandra about two seconds shorter.
ARCHIVE = Step(
    "cassandra-archive",
    RECORDING,
    [LOCK, NATIVE / "java.py", NATIVE / "cassandra.py", ROOT / "uv.lock"],
    [CACHE / "cassandra.jsa"],
    lambda: execute(RECORDING, [PYTHON, "-m", "stack.native.cassandra", "--archive"]),
)
