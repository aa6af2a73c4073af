"""Whether a file is called after a feature, whatever its service makes of the name."""


def plain(name: str) -> str:
    """`Reading_List` and `reading-list` alike."""
    return name.replace("-", "").replace("_", "").lower()


def stem(path: str) -> str:
    """What a file is about: `profile` of `tests/test_profile.py` and of `profile_repository.py`."""
    name = path.rpartition("/")[2].partition(".")[0]
    return plain(name.removeprefix("test_").removesuffix("_repository"))


def is_about(path: str, feature: str) -> bool:
    """Whether the name of the file is that of `feature`, in the singular or the plural."""
    return stem(path).rstrip("s") == plain(feature).rstrip("s")
