"""Cassandra's class path out of Maven, each jar checked against cassandra-jars.lock (`--lock` writes that file anew)."""

import hashlib
import os
import sys
from pathlib import Path

from stack.errors import StackError
from stack.paths import CACHE, ROOT

ENDPOINT = "org.apache.cassandra:cassandra-all:5.0.9"
LOCK = ROOT / "stack" / "cassandra-jars.lock"
CLASSPATH = CACHE / "cassandra.classpath"


def resolve() -> list[Path]:
    os.environ["M2_REPO"] = str(CACHE / "m2")
    os.environ.setdefault("XDG_RUNTIME_DIR", str(CACHE))
    import jgo

    environment = jgo.build(ENDPOINT, cache_dir=CACHE / "jgo")
    return sorted(Path(jar) for jar in environment.all_jars)


def digests(jars: list[Path]) -> dict[str, str]:
    return {jar.name: hashlib.sha256(jar.read_bytes()).hexdigest() for jar in jars}


def verify(jars: list[Path], locked: dict[str, str]) -> None:
    """Raises StackError naming the first jar that differs from the lock; it is removed, so that the next run fetches it anew."""
    found = digests(jars)
    places = {jar.name: jar for jar in jars}
    for name in sorted(found.keys() | locked.keys()):
        if found.get(name) != locked.get(name):
            places.get(name, CLASSPATH).unlink(missing_ok=True)
            raise StackError(
                f"{name} differs from stack/cassandra-jars.lock: run the same command again to fetch it anew"
            )


def read_lock() -> dict[str, str]:
    lines = [line.split() for line in LOCK.read_text().splitlines() if line and not line.startswith("#")]
    return {name: digest for digest, name in lines}


def main() -> None:
    jars = resolve()
    if "--lock" in sys.argv:
        found = digests(jars)
        LOCK.write_text("".join(f"{digest}  {name}\n" for name, digest in sorted(found.items())))
    verify(jars, read_lock())
    CLASSPATH.write_text(os.pathsep.join(str(jar) for jar in jars))


if __name__ == "__main__":
    try:
        main()
    except StackError as error:
        sys.exit(str(error))
