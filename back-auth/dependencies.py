"""Dependencies that all features share, from the running application."""

from typing import Annotated

from fastapi import Depends, Request

from resources import Resources


def resources_of(request: Request) -> Resources:
    """The resources that the lifespan created."""
    return request.app.state.resources


async def _address(request: Request) -> str:
    return resources_of(request).addresses.address_of(request)


CallingAddress = Annotated[str, Depends(_address)]
"""The address of the person, behind the gateway and the fronts' servers."""
