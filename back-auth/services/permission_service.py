"""The permissions of a subject, by its built-in role. Editable roles would come from back-postgres."""

from shared.security.permissions import ROLE_PERMISSIONS


def permissions_of(role: str) -> list[str]:
    """The permissions (`resource:action`) of `role`; of an unknown one none."""
    return sorted(ROLE_PERMISSIONS.get(role, ()))
