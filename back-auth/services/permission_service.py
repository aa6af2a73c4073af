"""What a subject holds. Today by its built-in role; roles that administrators edit come from back-postgres later."""

from shared.security.permissions import ROLE_PERMISSIONS


def permissions_of(role: str) -> list[str]:
    """The permissions (`resource:action`) of `role`; of an unknown one none."""
    return sorted(ROLE_PERMISSIONS.get(role, ()))
