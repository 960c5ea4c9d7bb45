// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.ingest;

import io.millrace.runtime.block.Block;
import io.millrace.runtime.block.BlockInfo;
import io.millrace.runtime.block.RecordBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Cuts objects into blocks. Their size is an estimate: exact for text and byte arrays, a guess for others. */
final class RecordCutter implements Cutter<Object> {

    /** What an object of unknown size counts. */
    private static final int OBJECT_BYTES = 64;

    /** How many records are in a block at most if that is not set. */
    private static final int DEFAULT_RECORDS = 10_000;

    private final BlockNumbers numbers;
    private final int maxBytes;
    private final int maxRecords;
    private final List<Object> records = new ArrayList<>();
    private long bytes;
    private long firstMicros;

    /**
     * A cutter that has nothing yet.
     *
     * @param maxRecords how many records a block may have; {@link Integer#MAX_VALUE} if that is not set
     */
    RecordCutter(BlockNumbers numbers, int maxBytes, int maxRecords) {
        this.numbers = numbers;
        this.maxBytes = maxBytes;
        this.maxRecords = maxRecords == Integer.MAX_VALUE ? DEFAULT_RECORDS : maxRecords;
    }

    @Override
    public long add(Object record, long nowMicros, Consumer<Block> full) {
        if (isEmpty()) {
            firstMicros = nowMicros;
        }
        records.add(record);
        long size = size(record);
        bytes += size;
        if (records.size() >= maxRecords || bytes >= maxBytes) {
            seal(nowMicros, full);
        }
        return size;
    }

    @Override
    public long lastRecords() {
        return 1;
    }

    @Override
    public void seal(long nowMicros, Consumer<Block> sealed) {
        if (isEmpty()) {
            return;
        }
        BlockInfo info = new BlockInfo(numbers.next(), bytes, records.size(), firstMicros, nowMicros, 0);
        sealed.accept(new RecordBlock(info, records.toArray()));
        records.clear();
        bytes = 0;
    }

    @Override
    public boolean isEmpty() {
        return records.isEmpty();
    }

    /** What a record counts, in bytes. */
    static long size(Object record) {
        if (record instanceof CharSequence text) {
            return OBJECT_BYTES + 2L * text.length();
        }
        if (record instanceof byte[] array) {
            return OBJECT_BYTES + (long) array.length;
        }
        return OBJECT_BYTES;
    }
}
