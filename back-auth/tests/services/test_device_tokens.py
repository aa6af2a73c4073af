from services.device_tokens import MOST_ACCOUNTS, VALID_SECONDS, DeviceTokens

ANN = "ann@example.com"
BOB = "bob@example.com"
tokens = DeviceTokens(b"k" * 32)


def test_device_is_known_to_whoever_has_logged_in_on_it() -> None:
    token = tokens.after_login("", ANN)
    assert tokens.device(token, ANN)
    assert tokens.device(token, BOB) is None
    assert tokens.device(token, ANN) != tokens.device(tokens.after_login("", ANN), ANN)


def test_people_share_a_device_and_the_newest_five_are_kept() -> None:
    token = tokens.after_login("", ANN)
    shared = tokens.after_login(token, BOB)
    assert tokens.device(shared, ANN) == tokens.device(shared, BOB) == tokens.device(token, ANN)
    for n in range(MOST_ACCOUNTS - 1):
        shared = tokens.after_login(shared, f"n{n}@example.com")
    assert (tokens.device(shared, ANN), tokens.device(shared, BOB) is None) == (None, False)
    assert len(shared) < 400


def test_what_is_not_signed_here_is_no_device() -> None:
    token = tokens.after_login("", ANN)
    flipped = token[:-1] + ("0" if token[-1] != "0" else "1")
    for other in ("", "x", token + "0", token.upper(), flipped, token + "\n", f"0{token[1:]}"[:-64] + token[-64:]):
        assert other == token or tokens.device(other, ANN) is None
    assert DeviceTokens(b"x" * 32).device(token, ANN) is None
    assert tokens.device(tokens.after_login("nonsense", BOB), ANN) is None


def test_token_says_nobody_s_address_and_ends_after_a_year() -> None:
    seconds = 1_800_000_000.0
    token = DeviceTokens(b"k" * 32, lambda: seconds).after_login("", ANN)
    assert "ann" not in token
    late = DeviceTokens(b"k" * 32, lambda: seconds + VALID_SECONDS)
    assert late.device(token, ANN) is None
