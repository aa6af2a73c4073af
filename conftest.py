"""What holds for the tests of every part."""

from hypothesis import HealthCheck, settings

# An example may take as long as a loaded machine needs for it.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")
