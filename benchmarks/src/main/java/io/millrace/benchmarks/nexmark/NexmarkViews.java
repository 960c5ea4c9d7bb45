// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.nexmark;

import io.millrace.table.Row;
import io.millrace.table.TableSession;
import io.millrace.table.source.StreamSource;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The views that the questions are asked of. */
public final class NexmarkViews {

    private static final int SIDE_ROWS = 100;
    private static final String LATENESS = "4 seconds";

    private NexmarkViews() {}

    /** Makes the first events known as finished tables. */
    public static void finished(TableSession session, NexmarkEvents events, long count) {
        for (NexmarkEvents.Kind kind : NexmarkEvents.Kind.values()) {
            List<Row> rows = new ArrayList<>();
            for (long event = 0; event < count; event++) {
                if (NexmarkEvents.kind(event) == kind) {
                    rows.add(Row.of(NexmarkRows.values(events, kind, event).toArray()));
                }
            }
            session.fromRows(NexmarkRows.schema(kind), rows).createOrReplaceTempView(NexmarkRows.table(kind));
        }
        side(session);
    }

    /**
     * Makes the events known as streams with a watermark.
     *
     * @param perBatch how many events a batch has
     * @param blocks into how many parts each stream's part of it is cut
     */
    public static void streaming(TableSession session, NexmarkEvents events, long perBatch, int blocks) {
        streaming(session, kind -> NexmarkStream.of(events, kind, perBatch, blocks));
    }

    /** Makes streams of the events of each kind known, with a watermark. */
    static void streaming(TableSession session, Function<NexmarkEvents.Kind, StreamSource> sources) {
        for (NexmarkEvents.Kind kind : NexmarkEvents.Kind.values()) {
            session.createTable(sources.apply(kind))
                    .withWatermark("dateTime", LATENESS)
                    .createOrReplaceTempView(NexmarkRows.table(kind));
        }
        side(session);
    }

    private static void side(TableSession session) {
        Schema schema = new Schema(List.of(Field.of("key", AtomicType.LONG), Field.of("value", AtomicType.STRING)));
        List<Row> rows = new ArrayList<>();
        for (long key = 0; key < SIDE_ROWS; key++) {
            rows.add(Row.of(key, "value " + key));
        }
        session.fromRows(schema, rows).createOrReplaceTempView("side_input");
    }
}
