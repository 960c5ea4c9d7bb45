-- How often people bid before they pause.
SELECT bidder, s.start AS starttime, s.end AS endtime, bids
FROM (
    SELECT bidder, session_window(dateTime, '100 milliseconds') AS s, count(*) AS bids
    FROM bid
    GROUP BY bidder, session_window(dateTime, '100 milliseconds')
)
