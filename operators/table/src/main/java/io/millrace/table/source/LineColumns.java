// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source;

import io.millrace.table.data.Column;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.LongColumn;
import io.millrace.table.data.Utf8Column;
import io.millrace.table.type.Schema;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Lines of text as columns, without a string per line. They travel as an array: eight bytes with the time at which they came, in
 * microseconds since 1970, then whole lines, each ended by a line feed.
 */
final class LineColumns {

    /** How many bytes stand before the lines. */
    static final int HEADER = Long.BYTES;

    private LineColumns() {}

    /** The array of some lines. */
    static byte[] pack(ByteBuffer lines, long micros) {
        byte[] packed = new byte[HEADER + lines.remaining()];
        ByteBuffer.wrap(packed).putLong(micros);
        lines.get(packed, HEADER, packed.length - HEADER);
        return packed;
    }

    /** The lines, without their ends, in the first column; with the time in the second if there is one. Bytes that are no UTF-8 stay. */
    static ColumnBatch of(byte[] packed, Schema schema) {
        int rows = 0;
        for (int i = HEADER; i < packed.length; i++) {
            rows += packed[i] == '\n' ? 1 : 0;
        }
        int[] starts = new int[rows];
        int[] lengths = new int[rows];
        int start = HEADER;
        int row = 0;
        for (int i = HEADER; i < packed.length; i++) {
            if (packed[i] == '\n') {
                int end = i > start && packed[i - 1] == '\r' ? i - 1 : i;
                starts[row] = start;
                lengths[row++] = end - start;
                start = i + 1;
            }
        }
        Column[] columns = new Column[schema.size()];
        columns[0] = new Utf8Column(packed, starts, lengths, false, null);
        if (columns.length > 1) {
            long[] times = new long[rows];
            Arrays.fill(times, ByteBuffer.wrap(packed).getLong());
            columns[1] = new LongColumn(times, null);
        }
        return new ColumnBatch(schema, columns, rows);
    }
}
