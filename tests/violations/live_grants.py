# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
"""What the catalogs of running servers say that each login may, compared with boundaries.yaml."""

from collections.abc import Iterator
from typing import Any

from shared.contracts import boundaries
from shared.contracts.source import Finding, Source, read
from stack.native.servers import Place
from tests.violations import logins
from tests.violations.logins import SUPERUSER

RULE = "grants-as-declared"
SYSTEM = frozenset({"postgres", "cassandra", "tests", "default"})
"""Logins of the servers themselves and of these tests."""
ON_TABLES = """
SELECT c.relname, CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(a.grantee) END, lower(a.privilege_type)
FROM pg_class c CROSS JOIN LATERAL (
    SELECT * FROM aclexplode(coalesce(c.relacl, acldefault('r', c.relowner)))
    UNION ALL SELECT x.* FROM pg_attribute t CROSS JOIN LATERAL aclexplode(t.attacl) x WHERE t.attrelid = c.oid
) a WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
"""
ROLES = """
SELECT rolname, rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls OR rolreplication OR EXISTS
    (SELECT FROM pg_auth_members m WHERE m.member = r.oid)
FROM pg_roles r WHERE rolcanlogin
"""


def _finding(where: list[str], text: str, fix: str) -> Finding:
    source = read(boundaries.PATH)
    assert isinstance(source, Source)
    return source.finding(where, text, f"{fix}; or declare it here", RULE)


def _compare(
    where: list[str], who: str, place: str, found: frozenset[str], declared: frozenset[str]
) -> Iterator[Finding]:
    for rights, rights_text, verb in ((found - declared, "may", "REVOKE"), (declared - found, "may not", "GRANT")):
        if rights:
            names = ", ".join(sorted(rights)).upper()
            yield _finding(where, f"{who} {rights_text} {names} on {place}", f"{verb} {names} ON {place}")


def postgres_findings(place: Place) -> Iterator[Finding]:
    service = ["services", "back-postgres", "roles"]
    roles = boundaries.load().services["back-postgres"].roles
    for name, powerful in logins.postgres(place, SUPERUSER, ROLES):
        if name not in SYSTEM and (powerful or name not in roles):
            text = f"the role {name} {'may more than log in' if name in roles else 'is not declared'}"
            yield _finding([*service, name], text, f"DROP or ALTER ROLE {name}")
    granted: dict[tuple[str, str], set[str]] = {}
    for table, name, right in logins.postgres(place, SUPERUSER, ON_TABLES):
        granted.setdefault((name, table), set()).add(right)
    tables = {table for _, table in granted}
    for name in {name for name, _ in granted} - SYSTEM | roles.keys():
        for table in sorted(tables):
            if name not in roles or not roles[name].owner:
                declared = roles[name].rights(table) if name in roles else frozenset[str]()
                yield from _compare([*service, name], name, table, frozenset(granted.get((name, table), ())), declared)


def cassandra_findings(place: Place) -> Iterator[Finding]:
    service = ["services", "back-cassandra", "roles"]
    roles = boundaries.load().services["back-cassandra"].roles
    with logins.cassandra(place, SUPERUSER) as session:
        logins_there = list(session.execute("SELECT role, is_superuser, member_of FROM system_auth.roles"))
        rights = list(session.execute("SELECT role, resource, permissions FROM system_auth.role_permissions"))
    for row in logins_there:
        if row.role not in SYSTEM and (row.is_superuser or row.member_of or row.role not in roles):
            text = f"the role {row.role} {'may more than log in' if row.role in roles else 'is not declared'}"
            yield _finding([*service, row.role], text, f"DROP or ALTER ROLE {row.role}")
    granted = {(row.role, row.resource): frozenset(right.lower() for right in row.permissions) for row in rights}
    for name, role in roles.items():
        own = granted.pop((name, "data/dashboard"), frozenset[str]())
        yield from _compare([*service, name], name, "KEYSPACE dashboard", own, frozenset(role.may))
    for (name, resource), found in granted.items():
        if name not in SYSTEM and not (name in roles and roles[name].owner and resource.startswith("data/dashboard/")):
            yield from _compare([*service, name], name, resource, found, frozenset())


def redis_findings(place: Place) -> Iterator[Finding]:
    """Each user is compared with a user made from the declaration, so that both are in the server's words."""
    services = {name: each.redis for name, each in boundaries.load().services.items() if each.redis}
    with logins.back_redis(place, SUPERUSER) as server:
        for name in sorted({str(user) for user in server.acl_users()} - SYSTEM):
            where = ["services", name, "redis"]
            rights = services.get(name)
            if rights is None:
                yield _finding(where, f"the user {name} is not declared", f"ACL DELUSER {name}")
                continue
            words = [*(f"~{key}" for key in rights.keys), *(f"%R~{key}" for key in rights.read_keys)]
            words += [*(f"&{channel}" for channel in rights.channels), "-@all", *rights.commands]
            server.execute_command("ACL", "SETUSER", "tests-declared", "reset", "resetchannels", *words)
            declared, found = (_rights(server, user) for user in ("tests-declared", name))
            server.acl_deluser("tests-declared")
            for what, rights_text in found.items():
                if rights_text != declared[what]:
                    text = f"{name} has {what} {rights_text}, declared are {declared[what]}"
                    yield _finding([*where, what], text, "make users.acl anew (python -m stack.secrets), ACL LOAD")


def _rights(server: Any, user: str) -> dict[str, list[str]]:
    rights_text: dict[str, Any] = server.acl_getuser(user)
    return {what: sorted(map(str, rights_text[what])) for what in ("keys", "channels", "commands", "categories")}
