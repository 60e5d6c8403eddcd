-- Version 1. Only what is computed from nothing else is written; every other column and row is derived from it.

-- The bytes of every input a result was computed from, each stored once.
CREATE TABLE blob (
    sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
    size INTEGER NOT NULL CHECK (size = length(content)),
    content BLOB NOT NULL
) STRICT;

-- One result of the rules; hash is the SHA-256 of record, a canonical JSON text without time, path or tool version.
CREATE TABLE result (
    hash TEXT NOT NULL PRIMARY KEY CHECK (length(hash) = 64 AND hash NOT GLOB '*[^0-9a-f]*'),
    round TEXT NOT NULL GENERATED ALWAYS AS (json_extract(record, '$.round')) STORED,
    code TEXT NOT NULL GENERATED ALWAYS AS (json_extract(record, '$.municipality.code')) STORED,
    municipality TEXT NOT NULL GENERATED ALWAYS AS (json_extract(record, '$.municipality.name')) STORED,
    catalogue TEXT NOT NULL GENERATED ALWAYS AS (json_extract(record, '$.catalogue')) STORED,
    rules INTEGER NOT NULL GENERATED ALWAYS AS (json_extract(record, '$.rules')) STORED,
    status TEXT NOT NULL GENERATED ALWAYS AS (json_extract(record, '$.result.status')) STORED,
    record TEXT NOT NULL CHECK (json_valid(record))
) STRICT;
CREATE INDEX result_place ON result (round, code);

-- Pins a result to its inputs' bytes; filled by the trigger below, never by hand.
CREATE TABLE result_input (
    result TEXT NOT NULL REFERENCES result (hash),
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES blob (sha256),
    PRIMARY KEY (result, name)
) STRICT, WITHOUT ROWID;

-- What happened, when, to what: each event carries the hash of the one before.
CREATE TABLE event (
    seq INTEGER NOT NULL PRIMARY KEY CHECK (seq > 0),
    at TEXT NOT NULL CHECK (at GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z'),
    kind TEXT NOT NULL CHECK (kind <> ''),
    subject TEXT NOT NULL,
    data TEXT NOT NULL CHECK (CASE WHEN json_valid(data) THEN json_type(data) = 'object' ELSE 0 END),
    previous TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64 AND hash NOT GLOB '*[^0-9a-f]*')
) STRICT;
CREATE INDEX event_subject ON event (subject, kind);

CREATE TRIGGER result_pins_inputs AFTER INSERT ON result BEGIN
    INSERT INTO result_input (result, name, sha256)
    SELECT new.hash, key, value FROM json_each(new.record, '$.inputs');
END;

CREATE TRIGGER event_follows BEFORE INSERT ON event
WHEN new.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM event)
    OR new.previous IS NOT coalesce((SELECT hash FROM event ORDER BY seq DESC LIMIT 1), '')
BEGIN
    SELECT raise(ABORT, 'an event must follow the last one');
END;

CREATE TRIGGER blob_kept BEFORE UPDATE ON blob BEGIN SELECT raise(ABORT, 'blob is append-only'); END;
CREATE TRIGGER blob_stays BEFORE DELETE ON blob BEGIN SELECT raise(ABORT, 'blob is append-only'); END;
CREATE TRIGGER result_kept BEFORE UPDATE ON result BEGIN SELECT raise(ABORT, 'result is append-only'); END;
CREATE TRIGGER result_stays BEFORE DELETE ON result BEGIN SELECT raise(ABORT, 'result is append-only'); END;
CREATE TRIGGER result_input_kept BEFORE UPDATE ON result_input BEGIN
    SELECT raise(ABORT, 'result_input is append-only');
END;
CREATE TRIGGER result_input_stays BEFORE DELETE ON result_input BEGIN
    SELECT raise(ABORT, 'result_input is append-only');
END;
CREATE TRIGGER event_kept BEFORE UPDATE ON event BEGIN SELECT raise(ABORT, 'event is append-only'); END;
CREATE TRIGGER event_stays BEFORE DELETE ON event BEGIN SELECT raise(ABORT, 'event is append-only'); END;
