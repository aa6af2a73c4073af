-- One profile a user, and the image that it shows.

CREATE TABLE profiles (
    id           uuid PRIMARY KEY DEFAULT uuidv7(),
    user_id      uuid NOT NULL UNIQUE REFERENCES users ON DELETE CASCADE,
    name         text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
    display_name text CHECK (length(display_name) BETWEEN 1 AND 80),
    bio          text NOT NULL DEFAULT '' CHECK (length(bio) <= 1000),
    avatar_id    uuid,
    time_zone    text NOT NULL DEFAULT 'UTC' CHECK (length(time_zone) <= 64),
    locale       text NOT NULL DEFAULT 'en' CHECK (length(locale) <= 16),
    theme        text NOT NULL DEFAULT 'system' CHECK (theme IN ('system', 'light', 'dark')),
    version      integer NOT NULL DEFAULT 1,
    created_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now()
);

-- A new image gets a new id, so that what an id names never changes and can be cached for ever.
CREATE TABLE avatars (
    id         uuid PRIMARY KEY,
    profile_id uuid NOT NULL UNIQUE REFERENCES profiles ON DELETE CASCADE,
    content    bytea NOT NULL CHECK (octet_length(content) BETWEEN 1 AND 1048576),
    created_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE avatars ALTER COLUMN content SET STORAGE EXTERNAL;  -- WebP does not compress further

GRANT SELECT, INSERT, UPDATE, DELETE ON profiles, avatars TO dashboard_app;
