SELECT B.auction, B.price, B.bidder, B.dateTime, B.extra
FROM bid AS B
JOIN (
    SELECT time_bucket(INTERVAL 10 SECOND, dateTime) AS starttime, max(price) AS most
    FROM bid
    GROUP BY starttime
) AS M
ON time_bucket(INTERVAL 10 SECOND, B.dateTime) = M.starttime AND B.price = M.most
