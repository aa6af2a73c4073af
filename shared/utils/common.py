"""What nearly every service uses, from one place (guide: "Troubleshooting"); each function lives in the module of its subject."""

from shared.utils.correlation import accept as accept_correlation_id
from shared.utils.correlation import current as current_correlation_id
from shared.utils.ids import is_id, new_id
from shared.utils.masking import masked
from shared.utils.texts import one_line

__all__ = ["accept_correlation_id", "current_correlation_id", "is_id", "masked", "new_id", "one_line"]
