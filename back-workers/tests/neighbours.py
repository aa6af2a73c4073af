"""What the workers meet in fault tests: back-cassandra, back-api and back-auth over HTTP, and a mail server; all of them remember."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_string, policy
from email.message import EmailMessage
from typing import Any

import aiohttp
from aiohttp import web

from tests.served import served
from tests.service_callers import Signing


@dataclass
class Neighbours:
    """`notifications` by id; `stored` counts how often each was stored, `told` the same for each (user, id)."""

    url: str = ""
    back_postgres: str = ""
    """Address of the real one, which the back-api here bills chunks over."""
    smtp_port: int = 0
    notifications: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    stored: dict[str, int] = field(default_factory=dict[str, int])
    notified: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])
    mails: list[EmailMessage] = field(default_factory=list[EmailMessage])
    smtp_faults: dict[str, str] = field(default_factory=dict[str, str])
    """What the mail server answers in place of what it should: to a command (`MAIL`), or to one that concerns a recipient
    (`RCPT ann@example.com`, `DATA ...`): a reply, `drop` or `stall`."""
    flags: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    """The feature flags that were changed."""
    sick: set[str] = field(default_factory=set[str])
    """Users for whom storing a notification is answered with `sick_status`."""
    sick_status: int = 500

    def mails_to(self, address: str) -> list[EmailMessage]:
        return [mail for mail in self.mails if mail["To"] == address]


@asynccontextmanager
async def running(signing: Signing) -> AsyncGenerator[Neighbours]:
    known = Neighbours()

    async def store(request: web.Request) -> web.Response:
        items = (await request.json())["items"]
        if known.sick & {item["user_id"] for item in items}:
            return web.Response(status=known.sick_status)
        for item in items:
            known.notifications.setdefault(item["id"], item)
            known.notified[item["user_id"], item["id"]] += 1
            known.stored[item["id"]] = known.stored.get(item["id"], 0) + 1
        return web.Response(status=204)

    async def feature_flags(_: web.Request) -> web.Response:
        return web.json_response({"items": known.flags})

    async def bill_chunk(request: web.Request) -> web.Response:
        headers = signing.headers("back-api", "back-postgres")
        async with aiohttp.ClientSession(known.back_postgres, headers=headers) as back_postgres:
            return await _bill_chunk(back_postgres, request.match_info["run_id"], await request.json())

    async def issue(request: web.Request) -> web.Response:
        token = signing.token("back-workers", str((await request.post())["audience"]))
        return web.json_response({"access_token": token, "token_type": "Bearer", "expires_in": 300})

    app = web.Application(client_max_size=16 * 1024 * 1024)
    app.router.add_post("/internal/notifications", store)
    app.router.add_get("/internal/feature-flags", feature_flags)
    app.router.add_post("/internal/billing/runs/{run_id}/chunks", bill_chunk)
    app.router.add_post("/internal/service-tokens", issue)
    async with mail_server(known), served(app) as known.url:
        yield known


@asynccontextmanager
async def mail_server(known: Neighbours) -> AsyncGenerator[None]:
    smtp = await asyncio.start_server(lambda reader, writer: _serve(known, reader, writer), "127.0.0.1", 0)
    known.smtp_port = smtp.sockets[0].getsockname()[1]
    try:
        yield
    finally:
        smtp.close()


async def _bill_chunk(back_postgres: aiohttp.ClientSession, run_id: str, chunk: dict[str, Any]) -> web.Response:
    """As back-api does it, at one price."""
    path = f"/internal/billing-runs/{run_id}"
    before = "2026-12-01"
    query = {"before": before, "limit": chunk["limit"]} | ({"after": chunk["after"]} if chunk["after"] else {})
    async with back_postgres.get(f"{path}/due", params=query) as answer:
        found = (await answer.json())["items"]
    if not found:
        return web.json_response({})
    drafts = [draft(each, chunk["period"]) for each in found]
    batch = {"worker": chunk["worker"], "due_before": before, "year": 2026, "invoices": drafts}
    async with back_postgres.post(f"{path}/invoices", json=batch) as answer:
        run = await answer.json()
        if answer.status != 200:
            return web.json_response(run, status=answer.status)
    return web.json_response({"run": run, "through": found[-1]["id"], "failed": []})


def draft(subscription: dict[str, Any], period: str) -> dict[str, Any]:
    """The invoice of a subscription."""
    line = {"description": "Pro", "quantity": 1, "unit_amount_minor": 1200, "amount_minor": 1200}
    kept = {name: subscription[name] for name in ("user_id", "plan", "currency")}
    fixed = {"amount_minor": 1200, "lines": [line], "next_due_on": "2027-01-01"}
    return {"subscription_id": subscription["id"], "period": period} | kept | fixed


async def _serve(known: Neighbours, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """As little of SMTP (RFC 5321) as a client needs to hand over a mail; `known.smtp_faults` says what goes wrong."""
    writer.write(_line(known.smtp_faults.get("connect", "220 here")))
    recipient = ""
    while line := await reader.readline():
        command = line[:4].decode().upper()
        if command == "RCPT":
            recipient = line.decode().partition("<")[2].partition(">")[0]
        fault = known.smtp_faults.get(command) or known.smtp_faults.get(f"{command} {recipient}", "")
        if fault == "drop":
            break
        if fault == "stall":
            await asyncio.Event().wait()
        if fault:
            writer.write(_line(fault))
            continue
        match command:
            case "DATA":
                writer.write(b"354 go on\r\n")
                mail = await reader.readuntil(b"\r\n.\r\n")
                known.mails.append(message_from_string(mail.decode(), policy=policy.default))
                writer.write(b"250 taken\r\n")
            case "QUIT":
                writer.write(b"221 bye\r\n")
                break
            case _:
                writer.write(b"250 fine\r\n")
    writer.close()


def _line(reply: str) -> bytes:
    return f"{reply}\r\n".encode()
