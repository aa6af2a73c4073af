"""placeholder"""


class Containers: ...


def why_not() -> str:
    return "x"
