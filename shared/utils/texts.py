"""Which characters a text may hold: what nobody sees can deceive, and what ends a line can forge the next one.

Refused are controls (Cc), format characters (Cf: bidirectional overrides, zero-width spaces, tags) but the joiners that
emoji and several scripts need, and the separators of lines and paragraphs (Zl, Zp). Lone surrogates are no text at all.
The ranges are written out, so that they are the same on every Python, in the JSON Schemas and in browsers.
"""

import re

_JOINERS = "\u200c\u200d"
_CONTROLS = r"\x00-\x1f\x7f-\x9f"
_CONTROLS_BUT_TAB_AND_NEWLINE = r"\x00-\x08\x0b-\x1f\x7f-\x9f"
_INVISIBLE = (
    r"\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f"
    r"\ufeff\ufff9-\ufffb"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f"
)
"""Cf, Zl and Zp of Unicode 17 without the joiners. Above U+FFFF as they are: ECMAScript and Rust write escapes differently."""
_BLANK = (
    r"\u0020\u00a0\u034f\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180d\u180f\u2000-\u200a\u200c\u200d\u202f\u205f\u2800\u3000"
    r"\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0100-\U000e01ef"
)
"""Spaces, joiners, fillers and variation selectors: a text of nothing else cannot be seen."""

ONE_LINE = f"^[^{_CONTROLS}{_INVISIBLE}]*$"
"""Empty or one line."""
ONE_VISIBLE_LINE = f"^[{_BLANK}]*[^{_CONTROLS}{_INVISIBLE}{_BLANK}][^{_CONTROLS}{_INVISIBLE}]*$"
"""One line in which there is something to see."""
LINES = f"^[^{_CONTROLS_BUT_TAB_AND_NEWLINE}{_INVISIBLE}]*$"
"""Empty or several lines, with tabs."""
VISIBLE_LINES = rf"^[\t\n{_BLANK}]*[^{_CONTROLS}{_INVISIBLE}{_BLANK}][^{_CONTROLS_BUT_TAB_AND_NEWLINE}{_INVISIBLE}]*$"
"""Several lines in which there is something to see."""
WEB_ADDRESS = rf"^https?://[^/?#\\{_CONTROLS}{_INVISIBLE}{_BLANK}][^{_CONTROLS}{_INVISIBLE}{_BLANK}]*$"
"""An address that a link may lead to: http or https, a host, nothing that cannot be seen."""
SLUG = r"^[a-z][a-z0-9-]*$"
"""A name in addresses and files: `feature-flags`."""
LANGUAGE_TAG = r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$"
"""Language, script and region (BCP 47)."""
_REFUSED = re.compile(f"[{_CONTROLS}{_INVISIBLE}\ud800-\udfff]+")


def one_line(text: str) -> str:
    """`text` from a source that cannot be refused (a header, an older row), with a space for what no line may hold."""
    return _REFUSED.sub(" ", text)
