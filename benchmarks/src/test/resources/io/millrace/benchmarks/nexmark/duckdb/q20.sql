SELECT B.auction, B.bidder, B.price, B.channel, B.dateTime AS bidTime, A.itemName, A.dateTime AS auctionTime, A.expires,
    A.seller, A.category
FROM bid AS B JOIN auction AS A ON B.auction = A.id
WHERE A.category = 10
