"""Where tools keep what they have fetched or built: below `.stack`, unless the environment says otherwise.

So HOME need not be writable, nor be there. Settings of the person's own (`~/.npmrc`, `~/.config/uv`, `~/.config/pip`) are read
as before.
"""

from collections.abc import Mapping

from stack.paths import CACHE

DEFAULTS = {
    "XDG_CACHE_HOME": CACHE,  # uv, pip, pyright, fontconfig, and the native libraries that Java unpacks
    "npm_config_cache": CACHE / "npm",
}


def settings(environment: Mapping[str, str]) -> dict[str, str]:
    """The variables that `environment` leaves open."""
    given = {name.lower() for name, value in environment.items() if value}
    return {name: str(folder) for name, folder in DEFAULTS.items() if name.lower() not in given}
