"""Settings from the environment (docker-compose.yml) and secrets from files; a missing or wrong one stops the boot."""

import os
import sys
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict


class TracingSettings(BaseSettings):
    """Tracing: where spans are written and which share of them is kept. Traces that failed are always kept."""

    traces_dir: str = ""
    """Where spans are written; empty: nowhere."""
    traces_sample: float = Field(default=0.0, ge=0, le=1)
    """The share of requests whose trace is kept whatever their outcome; 1: all."""
    traces_per_second: float = Field(default=2.0, ge=0, le=1000)
    """How many of the other requests that begin in one process are kept per second, averaged over half a minute."""
    traces_slow_ms: int = Field(default=500, ge=1, le=3_600_000)
    """A request that takes this many milliseconds or more is kept as slow."""
    traces_background: float = Field(default=0.0, ge=0, le=1)
    """The share of background work (polls, the schedule) whose trace is kept."""


class ServiceSettings(TracingSettings):
    """The settings of every service. A field `x` comes from `X` or from the file `$SECRETS_DIR/x`."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True)

    host: str = "127.0.0.1"
    port: int
    environment: Literal["development", "production"] = "production"
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(str.upper)] = "INFO"
    secrets_dir: Path = Path("/run/secrets")

    @classmethod
    def load(cls) -> Self:
        """The settings of this process; exits with one line a problem when they are not complete."""
        try:
            return cls(_secrets_dir=os.environ.get("SECRETS_DIR"))  # pyright: ignore[reportCallIssue]
        except ValidationError as error:
            for problem in error.errors():
                name = ".".join(str(part) for part in problem["loc"])
                print(f"setting {name.upper()}: {problem['msg']}", file=sys.stderr)
            raise SystemExit(2) from None

    @property
    def development(self) -> bool:
        return self.environment == "development"


class RedisSettings(BaseSettings):
    """Mixin: the address of back-redis; the user name is the service's own."""

    redis_host: str
    redis_port: int = 6379
    redis_password: SecretStr


class CallerSettings(BaseSettings):
    """Mixin of a service that calls others: where back-auth issues its tokens, and for which secret."""

    back_auth_url: str
    service_secret: SecretStr
