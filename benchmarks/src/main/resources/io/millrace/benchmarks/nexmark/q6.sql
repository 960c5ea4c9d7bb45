-- For how much the last ten auctions of a seller that had bids closed on average.
SELECT seller, avg(final) AS average
FROM (
    SELECT id, seller, final, row_number() OVER (PARTITION BY seller ORDER BY expires DESC, id DESC) AS place
    FROM (
        SELECT A.id, A.seller, A.expires, max(B.price) AS final
        FROM auction AS A JOIN bid AS B ON A.id = B.auction
        WHERE B.dateTime BETWEEN A.dateTime AND A.expires
        GROUP BY A.id, A.seller, A.expires
    )
)
WHERE place <= 10
GROUP BY seller
