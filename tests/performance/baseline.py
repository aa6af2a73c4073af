"""The named baseline: one FastAPI process without any boundary that verifies the token and reads the row itself.

Started by `bench.py` with `POSTGRES_DSN`, `JWKS_URL` and `PORT`; it does what GET /api/profile does over three services.
"""

import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Annotated, Any

import asyncpg
import jwt
import uvicorn
from fastapi import FastAPI, Header, HTTPException

from shared.models.profile import Profile
from shared.security import constants

SELECT = "SELECT * FROM profiles WHERE user_id = $1"


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
    """One pool and the signing keys."""
    app.state.keys = jwt.PyJWKClient(os.environ["JWKS_URL"])
    app.state.pool = await asyncpg.create_pool(  # pyright: ignore[reportUnknownMemberType]
        os.environ["POSTGRES_DSN"], min_size=4, max_size=16
    )
    yield
    await app.state.pool.close()


app = FastAPI(lifespan=lifespan)


@app.get("/api/profile")
async def profile(authorization: Annotated[str, Header()]) -> Profile:
    """The caller's profile."""
    token = authorization.removeprefix("Bearer ")
    key = app.state.keys.get_signing_key_from_jwt(token).key
    claims: dict[str, Any] = jwt.decode(
        token, key, algorithms=["RS256"], audience=constants.JWT_AUDIENCE, issuer=constants.JWT_ISSUER
    )
    row = await app.state.pool.fetchrow(SELECT, claims["sub"])
    if row is None:
        raise HTTPException(404)
    avatar = row.get("avatar_id")
    fields = dict(row) | {"avatar_url": f"/api/avatars/{avatar}" if avatar else None}
    return Profile.model_validate(
        {name: str(value) if name in ("id", "user_id") else value for name, value in fields.items()}
    )


if __name__ == "__main__":
    uvicorn.run(
        app, port=int(os.environ["PORT"]), loop="uvloop", http="httptools", log_level="warning", access_log=False
    )
