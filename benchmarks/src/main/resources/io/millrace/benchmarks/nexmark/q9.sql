-- The bid that wins an auction: the highest, of equal ones the first.
SELECT id, itemName, category, seller, auction, bidder, price, bidTime
FROM (
    SELECT A.id, A.itemName, A.category, A.seller, B.auction, B.bidder, B.price, B.dateTime AS bidTime,
        row_number() OVER (PARTITION BY A.id ORDER BY B.price DESC, B.dateTime, B.bidder) AS place
    FROM auction AS A JOIN bid AS B ON A.id = B.auction
    WHERE B.dateTime BETWEEN A.dateTime AND A.expires
)
WHERE place <= 1
