-- The highest bids of every ten seconds.
SELECT B.auction, B.price, B.bidder, B.dateTime, B.extra
FROM (SELECT auction, price, bidder, dateTime, extra, window(dateTime, '10 seconds') AS w FROM bid) AS B
JOIN (
    SELECT window(dateTime, '10 seconds') AS w, max(price) AS most
    FROM bid
    GROUP BY window(dateTime, '10 seconds')
) AS M
ON B.w = M.w AND B.price = M.most
