-- The auctions with most bids of the last ten seconds, every two seconds.
SELECT counted.w.start AS starttime, counted.auction, counted.num
FROM (
    SELECT window(dateTime, '10 seconds', '2 seconds') AS w, auction, count(*) AS num
    FROM bid
    GROUP BY window(dateTime, '10 seconds', '2 seconds'), auction
) AS counted
JOIN (
    SELECT w, max(num) AS most
    FROM (
        SELECT window(dateTime, '10 seconds', '2 seconds') AS w, auction, count(*) AS num
        FROM bid
        GROUP BY window(dateTime, '10 seconds', '2 seconds'), auction
    )
    GROUP BY w
) AS greatest
ON counted.w = greatest.w AND counted.num >= greatest.most
