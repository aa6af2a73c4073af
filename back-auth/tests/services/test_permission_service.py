from services.permission_service import permissions_of


def test_role_holds_its_permissions_and_an_unknown_one_none() -> None:
    assert permissions_of("support") == ["events:read", "figures:read", "traces:read", "users:read"]
    assert "roles:write" in permissions_of("admin")
    assert permissions_of("user") == permissions_of("nonsense") == []
