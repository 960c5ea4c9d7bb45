-- The auctions with most bids of the last ten seconds, every two seconds.
SELECT counted.window_start AS starttime, counted.auction, counted.num
FROM (
    SELECT window_start, window_end, auction, count(*) AS num
    FROM TABLE(HOP(TABLE bid, DESCRIPTOR(`dateTime`), INTERVAL '2' SECOND, INTERVAL '10' SECOND))
    GROUP BY window_start, window_end, auction
) AS counted
JOIN (
    SELECT window_start, window_end, max(num) AS most
    FROM (
        SELECT window_start, window_end, auction, count(*) AS num
        FROM TABLE(HOP(TABLE bid, DESCRIPTOR(`dateTime`), INTERVAL '2' SECOND, INTERVAL '10' SECOND))
        GROUP BY window_start, window_end, auction
    )
    GROUP BY window_start, window_end
) AS greatest
ON counted.window_start = greatest.window_start AND counted.window_end = greatest.window_end
    AND counted.num >= greatest.most
