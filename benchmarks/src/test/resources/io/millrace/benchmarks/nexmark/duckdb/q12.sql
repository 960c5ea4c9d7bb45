SELECT bidder, time_bucket(INTERVAL 10 SECOND, dateTime) AS starttime,
    time_bucket(INTERVAL 10 SECOND, dateTime) + INTERVAL 10 SECOND AS endtime, count(*) AS bids
FROM bid
GROUP BY ALL
