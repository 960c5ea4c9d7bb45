-- What comes in goes out.
SELECT auction, bidder, price, `dateTime`, extra FROM bid
