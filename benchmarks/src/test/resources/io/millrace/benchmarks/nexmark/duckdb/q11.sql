WITH marked AS (
    SELECT bidder, dateTime,
        CASE WHEN dateTime <= lag(dateTime) OVER (PARTITION BY bidder ORDER BY dateTime) + INTERVAL 100 MILLISECOND
            THEN 0 ELSE 1 END AS begins
    FROM bid
), numbered AS (
    SELECT bidder, dateTime,
        sum(begins) OVER (PARTITION BY bidder ORDER BY dateTime RANGE UNBOUNDED PRECEDING) AS session
    FROM marked
)
SELECT bidder, min(dateTime) AS starttime, max(dateTime) + INTERVAL 100 MILLISECOND AS endtime, count(*) AS bids
FROM numbered
GROUP BY bidder, session
