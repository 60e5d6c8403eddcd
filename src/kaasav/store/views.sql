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
SELECT
    recordings.round, recordings.code, recordings.municipality, latest,
    json_extract(value, '$.id') AS condition,
    json_extract(value, '$.state') AS state,
    CASE json_extract(value, '$.guard') WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END AS guard,
    json_extract(value, '$.gate.state') AS survey,
    json_extract(value, '$.gate.reason') AS survey_reason,
    json_array_length(value, '$.parts') AS parts,
    result
FROM recordings JOIN result ON hash = result,
        json_each(record, '$.result.conditions');

-- What each condition looks at: a criterion's level, a dimension's or the total's share, against its threshold.
CREATE VIEW condition_parts AS
WITH part AS (
    SELECT
        recordings.*,
        json_extract(condition.value, '$.id') AS condition,
        json_extract(condition.value, '$.type') AS type,
        json_extract(part.value, '$.id') AS id,
        json_extract(part.value, '$.state') AS state,
        json_extract(part.value, '$.lower') AS lower,
        json_extract(part.value, '$.upper') AS upper,
        json_extract(part.value, '$.threshold') AS threshold
    FROM recordings JOIN result ON hash = result,
        json_each(record, '$.result.conditions') AS condition,
        json_each(condition.value, '$.parts') AS part
)
SELECT
    round, code, municipality, latest, condition, id AS part, state,
    CASE WHEN type <> 'mandatory' THEN percent_span(lower, upper) END AS percent_shown,
    CASE WHEN type <> 'mandatory' THEN percent_span(threshold, threshold) END AS threshold_percent_shown,
    span(lower, upper) AS value,
    threshold,
    result
FROM part;

CREATE VIEW dimensions AS
WITH dimension AS (
    SELECT
        recordings.*,
        json_extract(value, '$.id') AS id,
        json_extract(value, '$.weight') AS weight,
        json_extract(value, '$.share.lower') AS lower,
        json_extract(value, '$.share.upper') AS upper
    FROM recordings JOIN result ON hash = result,
        json_each(record, '$.result.dimensions')
)
SELECT
    round, code, municipality, latest, id AS dimension, weight,
    percent_span(lower, upper) AS percent_shown,
    span(lower, upper) AS share,
    result
FROM dimension;

CREATE VIEW criteria AS
WITH criterion AS (
    SELECT
        recordings.*, value,
        json_extract(value, '$.rated.levels.lower') AS rated_lower,
        json_extract(value, '$.rated.levels.upper') AS rated_upper,
        json_extract(value, '$.support.supported.lower') AS supported_lower,
        json_extract(value, '$.support.supported.upper') AS supported_upper,
        json_extract(value, '$.counted.lower') AS counted_lower,
        json_extract(value, '$.counted.upper') AS counted_upper
    FROM recordings JOIN result ON hash = result,
        json_each(record, '$.result.criteria')
)
SELECT
    round, code, municipality, latest,
    json_extract(value, '$.dimension') AS dimension,
    json_extract(value, '$.id') AS criterion,
    CASE json_extract(value, '$.applies') WHEN 1 THEN 'yes' WHEN 0 THEN 'no' ELSE 'unsettled' END AS applies,
    json_extract(value, '$.rated.basis') AS rated_by,
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
    json_extract(use.value, '$.kind') AS kind,
    json_extract(use.value, '$.check') AS "check",
    (SELECT group_concat(json_extract(value, '$.code'), ', ') FROM json_each(use.value, '$.reasons')) AS reasons,
    json_extract(use.value, '$.lower') AS counts_at_least,
    json_extract(use.value, '$.upper') AS counts_at_most,
    result
FROM recordings JOIN result ON hash = result,
        json_each(record, '$.result.criteria') AS criterion,
        json_each(criterion.value, '$.uses') AS use;

CREATE VIEW evidence_items AS
SELECT
    recordings.round, recordings.code, recordings.municipality, latest,
    json_extract(value, '$.item') AS item,
    json_extract(value, '$.facts.state') AS state,
    json_extract(value, '$.facts.type') AS type,
    json_extract(value, '$.facts.size') AS bytes,
    json_extract(value, '$.facts.pages') AS pages,
    json_extract(value, '$.facts.sha256') AS sha256,
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
