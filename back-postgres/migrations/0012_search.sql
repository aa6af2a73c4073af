-- Whatever is typed into the search of accounts is found by an index. pg_trgm's needs three letters or digits in a row, so that "ab", "@e" or
-- "a.b" read the whole table; single characters and pairs of them, whichever they are, do not. The release before searches by LIKE, which goes on to work.

CREATE FUNCTION search_grams(value text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN string_to_array(value, NULL) || ARRAY(
    SELECT one || next FROM unnest(string_to_array(value, NULL), (string_to_array(value, NULL))[2:]) AS pair (one, next)
    WHERE next IS NOT NULL
);

CREATE INDEX users_search_grams ON users USING gin (search_grams(search));
DROP INDEX users_search;

-- Those that are shown, newest first.
CREATE INDEX outbox_dead_newest ON outbox (id) WHERE dead_at IS NOT NULL;
DROP INDEX outbox_dead;
