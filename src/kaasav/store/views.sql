-- For people looking with Datasette or any SQLite tool. Everything is read out of result.record and event; nothing is
-- stored here. span(a, b) and percent_span(a, b) stand for the expressions in schema.py.

-- One row per result: when it was recorded first and last, and whether its municipality has none newer in that round.
CREATE VIEW recordings AS
WITH recording AS (
    SELECT subject, min(seq) AS first_seq, max(seq) AS last_seq, count(*) AS times
    FROM event WHERE kind = 'result-recorded' GROUP BY subject
)
SELECT
    round, code, municipality,
    CASE WHEN last_seq = max(last_seq) OVER (PARTITION BY round, code) THEN 'yes' ELSE 'no' END AS latest,
    (SELECT at FROM event WHERE seq = last_seq) AS recorded_at,
    (SELECT at FROM event WHERE seq = first_seq) AS first_recorded_at,
    times AS times_recorded,
    hash AS result
FROM result JOIN recording ON subject = hash;

CREATE VIEW results AS
WITH known AS (
    SELECT recordings.*, record, status, catalogue, rules,
        json_extract(record, '$.result.total.lower') AS lower,
        json_extract(record, '$.result.total.upper') AS upper
    FROM recordings JOIN result ON hash = result
)
SELECT
    round, code, municipality, latest, status,
    percent_span(lower, upper) AS percent_shown,
    (SELECT group_concat(json_extract(value, '$.id') || ': ' || json_extract(value, '$.state'), ', ')
     FROM json_each(record, '$.result.tiers')) AS tiers,
    (SELECT group_concat(json_extract(value, '$.id'), ', ')
     FROM json_each(record, '$.result.tiers') WHERE json_extract(value, '$.guard')) AS guard,
    recorded_at, first_recorded_at, times_recorded, catalogue,
    json_extract(record, '$.wave') AS wave,
    rules,
    span(lower, upper) AS total,
    result
FROM known;

CREATE VIEW latest_results AS
SELECT round, code, municipality, status, percent_shown, tiers, guard, recorded_at, catalogue, wave, total, result
FROM results WHERE latest = 'yes';

CREATE VIEW tiers AS
SELECT
    recordings.round, recordings.code, recordings.municipality, latest,
    json_extract(tier.value, '$.id') AS tier,
    json_extract(tier.value, '$.state') AS state,
    CASE json_extract(tier.value, '$.guard') WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END AS guard,
    result
FROM recordings JOIN result ON hash = result,
        json_each(record, '$.result.tiers') AS tier;

CREATE VIEW conditions AS
WITH condition AS (
    SELECT
        recordings.*,
        json_extract(tier.value, '$.id') AS tier,
        json_extract(part.value, '$.id') AS id,
        json_extract(part.value, '$.state') AS state,
        json_extract(part.value, '$.lower') AS lower,
        json_extract(part.value, '$.upper') AS upper,
        json_extract(part.value, '$.threshold') AS threshold
    FROM recordings JOIN result ON hash = result,
        json_each(record, '$.result.tiers') AS tier,
        json_each(tier.value, '$.conditions') AS part
)
SELECT
    round, code, municipality, latest, tier, id AS condition, state,
    percent_span(lower, upper) AS percent_shown,
    percent_span(threshold, threshold) AS threshold_percent_shown,
    span(lower, upper) AS value,
    threshold,
    result
FROM condition;

CREATE VIEW dimensions AS
WITH dimension AS (
    SELECT
        recordings.*,
        json_extract(value, '$.id') AS id,
        json_extract(value, '$.lower') AS lower,
        json_extract(value, '$.upper') AS upper
    FROM recordings JOIN result ON hash = result,
        json_each(record, '$.result.dimensions')
)
SELECT
    round, code, municipality, latest, id AS dimension,
    percent_span(lower, upper) AS percent_shown,
    span(lower, upper) AS share,
    result
FROM dimension;

CREATE VIEW criteria AS
WITH criterion AS (
    SELECT
        recordings.*, value,
        json_extract(value, '$.rated.lower') AS rated_lower, json_extract(value, '$.rated.upper') AS rated_upper,
        json_extract(value, '$.supported.lower') AS supported_lower,
        json_extract(value, '$.supported.upper') AS supported_upper,
        json_extract(value, '$.counted.lower') AS counted_lower, json_extract(value, '$.counted.upper') AS counted_upper
    FROM recordings JOIN result ON hash = result,
        json_each(record, '$.result.criteria')
)
SELECT
    round, code, municipality, latest,
    json_extract(value, '$.dimension') AS dimension,
    json_extract(value, '$.id') AS criterion,
    CASE json_extract(value, '$.applicable') WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END AS applicable,
    span(rated_lower, rated_upper) AS rated,
    span(supported_lower, supported_upper) AS supported,
    span(counted_lower, counted_upper) AS counted,
    CASE json_extract(value, '$.held_back') WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END AS held_back_by_evidence,
    json_array_length(value, '$.uses') AS uses_of_evidence,
    result
FROM criterion;

CREATE VIEW evidence_uses AS
SELECT
    recordings.round, recordings.code, recordings.municipality, latest,
    json_extract(criterion.value, '$.id') AS criterion,
    json_extract(use.value, '$.item') AS item,
    json_extract(use.value, '$.state') AS state,
    (SELECT group_concat(value, ', ') FROM json_each(use.value, '$.reasons')) AS reasons,
    result
FROM recordings JOIN result ON hash = result,
        json_each(record, '$.result.criteria') AS criterion,
        json_each(criterion.value, '$.uses') AS use;

CREATE VIEW evidence_items AS
SELECT
    recordings.round, recordings.code, recordings.municipality, latest,
    json_extract(value, '$.item') AS item,
    json_extract(value, '$.state') AS state,
    json_extract(value, '$.type') AS type,
    json_extract(value, '$.size') AS bytes,
    json_extract(value, '$.pages') AS pages,
    json_extract(value, '$.sha256') AS sha256,
    result
FROM recordings JOIN result ON hash = result,
        json_each(record, '$.evidence');

CREATE VIEW inputs AS
SELECT round, code, municipality, latest, name AS file, size AS bytes, sha256, result
FROM recordings JOIN result_input USING (result) JOIN blob USING (sha256);

CREATE VIEW events AS
SELECT seq AS event, at, kind, result.round, result.code, result.municipality, result.status, data AS details, subject,
    event.hash
FROM event LEFT JOIN result ON result.hash = subject;
