from collections.abc import Callable

import httpx
from tests.callers import ANN, BOB
from tests.conftest import Peers

from back_redis.live_envelope import unpack
from shared.models.notification import LiveMessage
from shared.utils.ids import new_id

Headers = Callable[..., dict[str, str]]


async def test_the_own_ones_are_listed_counted_and_marked(
    api: httpx.AsyncClient, peers: Peers, as_user: Headers
) -> None:
    first = peers.cassandra.add(ANN)
    _ = peers.cassandra.add(ANN)
    assert (await api.get("/api/notifications/unread-count", headers=as_user())).json() == {"count": 2}
    read = await api.post(f"/api/notifications/{first}/read", headers=as_user())
    assert (read.status_code, read.content) == (204, b"")
    unread = await api.get("/api/notifications", params={"unread": True, "limit": 5}, headers=as_user())
    assert (len(unread.json()["items"]), unread.json()["next_cursor"]) == (1, None)
    assert (await api.post("/api/notifications/read-all", headers=as_user())).status_code == 204
    assert (await api.get("/api/notifications/unread-count", headers=as_user())).json() == {"count": 0}


async def test_another_user_s_notification_is_neither_seen_nor_marked(
    api: httpx.AsyncClient, peers: Peers, as_user: Headers
) -> None:
    ann_s = peers.cassandra.add(ANN)
    bob = as_user(BOB)
    assert (await api.get("/api/notifications", headers=bob)).json()["items"] == []
    for target in (ann_s, new_id(), "not-an-id"):
        assert (await api.post(f"/api/notifications/{target}/read", headers=bob)).status_code == 404
    await api.post("/api/notifications/read-all", headers=bob)
    assert peers.cassandra.rows[0]["read_at"] is None


async def test_what_was_read_can_be_unread_again_by_its_owner(
    api: httpx.AsyncClient, peers: Peers, as_user: Headers
) -> None:
    one = peers.cassandra.add(ANN)
    await api.post(f"/api/notifications/{one}/read", headers=as_user())
    for target, caller in ((one, as_user(BOB)), (new_id(), as_user()), ("not-an-id", as_user())):
        assert (await api.post(f"/api/notifications/{target}/unread", headers=caller)).status_code == 404
    assert (await api.get("/api/notifications/unread-count", headers=as_user())).json() == {"count": 0}
    for _ in range(2):
        unread = await api.post(f"/api/notifications/{one}/unread", headers=as_user())
        assert (unread.status_code, unread.content) == (204, b"")
        assert (await api.get("/api/notifications/unread-count", headers=as_user())).json() == {"count": 1}


async def test_without_back_cassandra_only_notifications_fail(
    api: httpx.AsyncClient, peers: Peers, as_user: Headers
) -> None:
    peers.cassandra.down = True
    answer = await api.get("/api/notifications", headers=as_user())
    assert (answer.status_code, answer.json()["dependency"]) == (503, "back-cassandra")
    assert answer.json()["detail"].startswith("Your notifications are not available")
    assert (await api.post("/api/profile", json={"name": "Ann"}, headers=as_user())).status_code == 201


async def test_one_is_deleted_and_a_kind_is_listed(api: httpx.AsyncClient, peers: Peers, as_user: Headers) -> None:
    gone = peers.cassandra.add(ANN)
    invoice = peers.cassandra.add(ANN, "invoice")
    assert (await api.delete(f"/api/notifications/{gone}", headers=as_user(BOB))).status_code == 404
    assert (await api.delete(f"/api/notifications/{gone}", headers=as_user())).status_code == 204
    assert (await api.delete(f"/api/notifications/{gone}", headers=as_user())).status_code == 404
    peers.cassandra.add(ANN)
    listed = await api.get("/api/notifications", params={"kind": "invoice"}, headers=as_user())
    assert [item["id"] for item in listed.json()["items"]] == [invoice]
    assert (await api.get("/api/notifications", params={"kind": "gossip"}, headers=as_user())).json()["items"] == []
    assert (await api.get("/api/notifications", params={"kind": "Gossip!"}, headers=as_user())).status_code == 422


async def test_other_tabs_hear_of_what_was_read_and_deleted(
    api: httpx.AsyncClient, peers: Peers, as_user: Headers
) -> None:
    one = peers.cassandra.add(ANN)
    await api.post(f"/api/notifications/{one}/read", headers=as_user())
    await api.post(f"/api/notifications/{one}/unread", headers=as_user())
    await api.post("/api/notifications/read-all", headers=as_user())
    await api.delete(f"/api/notifications/{one}", headers=as_user())
    published = [unpack(payload) for _, payload in peers.redis.published]
    messages = [LiveMessage.model_validate_json(each.text) for each in published]
    assert {each.user_ids for each in published} == {(ANN,)}
    assert [(message.type, message.data) for message in messages] == [
        ("notification.read", {"id": one}),
        ("notification.unread", {"id": one}),
        ("notification.read", {"all": True}),
        ("notification.deleted", {"id": one}),
    ]


async def test_without_back_redis_reading_works_all_the_same(
    api: httpx.AsyncClient, peers: Peers, as_user: Headers
) -> None:
    one = peers.cassandra.add(ANN)
    peers.redis.down = True
    assert (await api.post(f"/api/notifications/{one}/read", headers=as_user())).status_code == 204
