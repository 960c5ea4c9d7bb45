WITH counted AS (
    SELECT starttime, auction, count(*) AS num
    FROM (
        SELECT auction, unnest(range(
            time_bucket(INTERVAL 2 SECOND, dateTime) - INTERVAL 8 SECOND,
            time_bucket(INTERVAL 2 SECOND, dateTime) + INTERVAL 2 SECOND,
            INTERVAL 2 SECOND)) AS starttime
        FROM bid
    )
    GROUP BY starttime, auction
)
SELECT starttime, auction, num
FROM counted
WHERE num >= (SELECT max(other.num) FROM counted AS other WHERE other.starttime = counted.starttime)
