-- The highest bids of every ten seconds.
SELECT B.auction, B.price, B.bidder, B.`dateTime`, B.extra
FROM (
    SELECT auction, price, bidder, `dateTime`, extra, window_start, window_end
    FROM TABLE(TUMBLE(TABLE bid, DESCRIPTOR(`dateTime`), INTERVAL '10' SECOND))
) AS B
JOIN (
    SELECT window_start, window_end, max(price) AS most
    FROM TABLE(TUMBLE(TABLE bid, DESCRIPTOR(`dateTime`), INTERVAL '10' SECOND))
    GROUP BY window_start, window_end
) AS M
ON B.window_start = M.window_start AND B.window_end = M.window_end AND B.price = M.most
