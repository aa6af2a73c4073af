"""Words that a name must not be, because a language or the chassis has them for itself."""

import keyword


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PYTHON = frozenset(keyword.kwlist)
TYPESCRIPT = _words(
    """
    any arguments as async await boolean break case catch class const constructor continue debugger declare default
    delete do else enum eval export extends false finally for from function get if implements import in instanceof
    interface let module namespace never new null number object of package private protected public return set static
    string super switch symbol this throw true try type typeof undefined unknown var void while with yield
    """
) - {"from", "get", "number", "object", "of", "package", "set", "symbol", "type", "module"}
"""ECMAScript 2026 and TypeScript without those that may name a variable or property everywhere."""
SQL = _words(
    """
    all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation
    column concurrently constraint create cross current_catalog current_date current_role current_schema current_time
    current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign freeze
    from full grant group having ilike in initially inner intersect into is isnull join lateral leading left like limit
    localtime localtimestamp natural not notnull null offset on only or order outer overlaps placing primary references
    returning right select session_user similar some symmetric system_user table tablesample then to trailing true
    union unique user using variadic verbose when where window with
    """
)
"""Reserved in PostgreSQL 18 (its appendix C), also as names of functions and types."""
FIELDS = _words(
    """
    construct copy created_at cursor dict fields id intent json limit model_config parse_file parse_obj parse_raw
    schema updated_at user_id validate version
    """
)
"""Every entity has them, a form or a list uses them, or pydantic's `BaseModel` does."""
FEATURES = _words(
    """
    api app auth base dashboard dependencies docs events example examples features front health internal main metrics models openapi
    page pages public resources routes settings shared static stack test tests tooling ui version
    """
)
"""Folders, modules and paths of the house."""
CLASSES = _words(
    """
    Annotated Array Batch Boolean Database Date Day Document Element Email Entity Error Event EventData FewFields Field
    File Form Function Items Line Lines Literal Map Name Number Object Page Password Problem Promise Record Request
    Response Row Set Stripped String Symbol Text Timestamp VisibleLines WebAddress Window
    """
)
"""What the models import, and globals of TypeScript."""
