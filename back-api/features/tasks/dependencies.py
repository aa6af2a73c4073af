"""The dependencies of `api.py`: the domain over its adapters."""

from typing import Annotated

from dependencies import resources_of
from fastapi import Depends, Request

from .domain import TasksDomain
from .infrastructure import BackPostgresTasks


async def _domain(request: Request) -> TasksDomain:
    return TasksDomain(BackPostgresTasks(resources_of(request).back_postgres))


Domain = Annotated[TasksDomain, Depends(_domain)]
