// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution.join;

import io.millrace.table.data.RowEncoder;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Rows of one side that begin to wait under one key, in the form of {@link WaitingRows}. Used again for the next key. For one thread. */
final class NewRows {

    private byte[] bytes = new byte[256];
    private int size;
    private int count;
    private long dueMicros = Long.MAX_VALUE;

    /** No rows. */
    void clear() {
        size = 0;
        count = 0;
        dueMicros = Long.MAX_VALUE;
    }

    /**
     * A further row.
     *
     * @param due the least watermark at which it is forgotten
     * @param met whether it was met
     * @param row the last that this has written
     */
    void add(long due, boolean met, RowEncoder row) {
        int needed = Math.addExact(size, Math.addExact(WaitingRows.ROW_HEAD, row.size()));
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, (int) Math.min(Integer.MAX_VALUE - 8L, 2L * bytes.length)));
        }
        ByteBuffer head = ByteBuffer.wrap(bytes, size, WaitingRows.ROW_HEAD);
        WaitingRows.putHead(head, due, met, row.size());
        row.copyTo(bytes, size + WaitingRows.ROW_HEAD);
        size = needed;
        count++;
        dueMicros = Math.min(dueMicros, due);
    }

    int count() {
        return count;
    }

    /** How many bytes they have. */
    int size() {
        return size;
    }

    /** The least watermark at which one of them is forgotten. */
    long dueMicros() {
        return dueMicros;
    }

    void copyTo(ByteBuffer target) {
        target.put(bytes, 0, size);
    }
}
