"""`shared.utils.common` hands on functions of this package, and has none of its own."""

from shared.utils import common


def test_every_function_lives_in_the_module_of_its_subject():
    homes = {getattr(common, name).__module__ for name in common.__all__}

    assert len(homes) > 1
    assert all(home.startswith("shared.utils.") and home != common.__name__ for home in homes)
