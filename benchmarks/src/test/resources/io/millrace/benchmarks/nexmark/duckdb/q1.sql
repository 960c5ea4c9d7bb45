SELECT auction, bidder, 0.908::DECIMAL(4, 3) * price::DECIMAL(20, 0) AS price, dateTime, extra FROM bid
