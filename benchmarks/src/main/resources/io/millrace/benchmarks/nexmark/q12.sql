-- How often people bid in ten seconds. Event time stands for the time of processing, so that the answer is always the same.
SELECT bidder, w.start AS starttime, w.end AS endtime, bids
FROM (
    SELECT bidder, window(dateTime, '10 seconds') AS w, count(*) AS bids
    FROM bid
    GROUP BY bidder, window(dateTime, '10 seconds')
)
