async def test_smoke(api):
    r = await api.post(
        "/users/register", json={"email": "A@example.com", "password_hash": "x", "attempted_at": "2026-11-23T00:00:00Z"}
    )
    print(r.status_code, r.text)
    uid = r.json()["user_id"]
    for m, p, j in [
        ("GET", f"/users/{uid}", None),
        ("GET", "/users?q=EXAM", None),
        ("POST", "/users/credentials", {"email": "a@EXAMPLE.com"}),
        ("POST", f"/profiles/{uid}", {"name": "Ada"}),
        ("GET", f"/profiles/{uid}", None),
        ("PATCH", f"/profiles/{uid}", {"changes": {"bio": "hi"}, "version": 1}),
        ("PATCH", f"/profiles/{uid}", {"changes": {"bio": "hi"}, "version": 1}),
        ("GET", "/profiles/nope", None),
        ("GET", "/plans", None),
        ("POST", f"/subscriptions/{uid}", {"plan": "pro"}),
        ("PATCH", f"/subscriptions/{uid}", {"changes": {"seats": 3}, "version": 1}),
        ("POST", "/billing-runs", {"period": "2026-11"}),
        ("POST", "/billing-runs", {"period": "2026-11"}),
        ("GET", "/billing-runs", None),
        ("GET", "/invoices", None),
        ("POST", "/outbox/claim", {"relay": "r"}),
        ("POST", "/outbox/wait?timeout=0.1", None),
        ("POST", "/processed-events", {"consumer": "c", "event_id": "e"}),
        ("GET", "/users?cursor=abc", None),
        ("GET", "/users?q=%00", None),
        ("GET", "/invoices?user_id=abc", None),
        ("PATCH", f"/profiles/{uid}", {"changes": {"bio": "hi"}, "version": 99999999999}),
    ]:
        r = await api.request(m, p, json=j)
        print(m, p, r.status_code, r.text[:600])
