-- The highest bids of every ten seconds. A stream of Spark's has one column of event time at most: a sum is none.
SELECT B.auction, B.price, B.bidder, B.dateTime, B.extra
FROM (SELECT auction, price, bidder, dateTime + INTERVAL 0 SECONDS AS dateTime, extra, window(dateTime, '10 seconds') AS w FROM bid) AS B
JOIN (
    SELECT window(dateTime, '10 seconds') AS w, max(price) AS most
    FROM bid
    GROUP BY window(dateTime, '10 seconds')
) AS M
ON B.w = M.w AND B.price = M.most
