// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.ingest;

import io.millrace.receiver.Delivery;
import io.millrace.runtime.block.Block;
import io.millrace.runtime.block.BlockInfo;
import io.millrace.runtime.block.RecordBlock;
import java.util.function.Consumer;

/** Makes blocks of single records as {@link RecordCutter} does, and leaves whole blocks as they are, in the order in which they come. */
final class DeliveryCutter implements Cutter<Delivery<?>> {

    private final RecordCutter singles;
    private final BlockNumbers numbers;
    private final Receipts receipts;
    private long lastRecords;

    /**
     * A cutter that has nothing yet.
     *
     * @param numbers counts whole blocks, and those that {@code singles} cuts
     */
    DeliveryCutter(RecordCutter singles, BlockNumbers numbers, Receipts receipts) {
        this.singles = singles;
        this.numbers = numbers;
        this.receipts = receipts;
    }

    @Override
    public long add(Delivery<?> delivery, long nowMicros, Consumer<Block> full) {
        if (delivery instanceof Delivery.Single<?> single) {
            lastRecords = 1;
            return singles.add(single.record(), nowMicros, full);
        }
        singles.seal(nowMicros, full);
        return add((Delivery.Whole<?>) delivery, nowMicros, nowMicros, full);
    }

    /** Takes a whole block whose records came at {@code firstMicros}. */
    long add(Delivery.Whole<?> whole, long firstMicros, long nowMicros, Consumer<Block> full) {
        lastRecords = whole.records().size();
        if (whole.records().isEmpty() && whole.ranges().isEmpty()) {
            receipts.tellReceived(whole.receipt());
            return 0;
        }
        long bytes = whole.records().stream().mapToLong(RecordCutter::size).sum();
        BlockInfo info =
                new BlockInfo(numbers.next(), bytes, whole.records().size(), firstMicros, nowMicros, 0, whole.ranges());
        receipts.expect(info.id(), whole.receipt());
        full.accept(new RecordBlock(info, whole.records().toArray()));
        return bytes;
    }

    @Override
    public long lastRecords() {
        return lastRecords;
    }

    @Override
    public void seal(long nowMicros, Consumer<Block> sealed) {
        singles.seal(nowMicros, sealed);
    }

    @Override
    public boolean isEmpty() {
        return singles.isEmpty();
    }
}
