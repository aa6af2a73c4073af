"""The dependencies of `api.py`: the calling device, and the domains over their adapters."""

from dataclasses import replace
from typing import Annotated

from fastapi import Depends, Header, Request

from dependencies import resources_of
from resources import Resources
from services.users import Users
from shared.utils.texts import one_line

from .domain.login import LoginDomain
from .domain.ports import Device
from .domain.renewal import RenewalDomain
from .infrastructure import RedisLoginThrottle, RedisSessions

MAX_USER_AGENT = 256
MAX_DEVICE_TOKEN = 512
DEVICE_HEADER = "X-Device-Token"


async def _device(request: Request) -> Device:
    addresses = resources_of(request).addresses
    return Device(
        ip=addresses.address_of(request), user_agent=one_line(request.headers.get("user-agent", ""))[:MAX_USER_AGENT]
    )


CallingDevice = Annotated[Device, Depends(_device)]


async def _device_with_token(
    device: CallingDevice,
    token: Annotated[str, Header(alias=DEVICE_HEADER, description="The one of this device's last login.")] = "",
) -> Device:
    return replace(device, token=token if len(token) <= MAX_DEVICE_TOKEN else "")


def _throttle(resources: Resources) -> RedisLoginThrottle:
    return RedisLoginThrottle(resources.limiter, resources.budgets, resources.devices)


async def _logins(request: Request) -> LoginDomain:
    resources = resources_of(request)
    return LoginDomain(
        directory=Users(resources.back_postgres),
        passwords=resources.hashing,
        throttle=_throttle(resources),
        devices=resources.devices,
        sessions=RedisSessions(resources.sessions),
        tokens=resources.keys,
        events=resources.events,
    )


async def _renewals(request: Request) -> RenewalDomain:
    resources = resources_of(request)
    return RenewalDomain(
        directory=Users(resources.back_postgres),
        throttle=_throttle(resources),
        sessions=RedisSessions(resources.sessions),
        tokens=resources.keys,
        events=resources.events,
    )


LoginDevice = Annotated[Device, Depends(_device_with_token)]
Logins = Annotated[LoginDomain, Depends(_logins)]
Renewals = Annotated[RenewalDomain, Depends(_renewals)]
