// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution.rank;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Rows in order, each as bytes, as one value of the state. */
final class RowList {

    private static final int LENGTH = 4;

    private RowList() {}

    static byte[] encode(List<byte[]> rows) {
        int length = 0;
        for (byte[] row : rows) {
            length = Math.addExact(length, LENGTH + row.length);
        }
        ByteBuffer out = ByteBuffer.allocate(length);
        rows.forEach(row -> out.putInt(row.length).put(row));
        return out.array();
    }

    static List<byte[]> decode(byte[] bytes) {
        List<byte[]> rows = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        while (in.hasRemaining()) {
            byte[] row = new byte[in.getInt()];
            in.get(row);
            rows.add(row);
        }
        return rows;
    }
}
