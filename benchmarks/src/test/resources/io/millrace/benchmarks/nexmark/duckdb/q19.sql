SELECT auction, bidder, price, dateTime, place
FROM (
    SELECT *, row_number() OVER (PARTITION BY auction ORDER BY price DESC, dateTime, extra) AS place
    FROM bid
)
WHERE place <= 10
