// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.table.data.Column;
import io.millrace.table.data.LongColumn;
import io.millrace.table.data.StructColumn;
import io.millrace.table.type.Schema;
import java.util.List;

/** The column of a schema that carries the watermark: a timestamp, or a window, whose end counts. */
public final class EventTimeColumn {

    /** The time of a row that has none: it is never late and never goes. */
    public static final long NEVER = Long.MAX_VALUE;

    private EventTimeColumn() {}

    /** The first of some columns that carries the watermark, or -1. */
    public static int of(Schema schema, List<Integer> columns) {
        for (int column : columns) {
            if (schema.field(column).eventTime()) {
                return column;
            }
        }
        return -1;
    }

    /** The time of a row in microseconds since 1970. */
    public static long micros(Column column, int row) {
        if (column.isNull(row)) {
            return NEVER;
        }
        Column times = column instanceof StructColumn window ? window.fields()[1] : column;
        return times.isNull(row) ? NEVER : ((LongColumn) times).values()[row];
    }

    /** When state of a time goes, as the timer of an entry: it fires once the watermark, which is in whole milliseconds, is at or past it. */
    public static long timer(long micros) {
        return micros == NEVER ? NEVER : -Math.floorDiv(-micros, 1000L);
    }

    /** The time up to which timers fire at a watermark. */
    public static long due(long watermarkMicros) {
        return watermarkMicros == Long.MAX_VALUE ? Long.MAX_VALUE - 1 : Math.floorDiv(watermarkMicros, 1000L);
    }
}
