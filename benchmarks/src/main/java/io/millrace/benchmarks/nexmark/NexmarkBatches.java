// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.nexmark;

import io.millrace.table.data.Column;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ColumnBuilder;
import io.millrace.table.data.LongColumn;
import io.millrace.table.data.Utf8Builder;
import io.millrace.table.data.Utf8Column;
import io.millrace.table.source.ReceiverSource;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.Schema;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The events of one kind in a range of numbers as columns, of which only those asked for are made, one after the other.
 *
 * @param events which events
 * @param kind which of them
 * @param columns the places of the columns in the table of the kind
 * @param schema these columns
 */
record NexmarkBatches(NexmarkEvents events, NexmarkEvents.Kind kind, List<Integer> columns, Schema schema)
        implements ReceiverSource.Rows<byte[]> {

    /** All columns. */
    static NexmarkBatches of(NexmarkEvents events, NexmarkEvents.Kind kind) {
        Schema schema = NexmarkRows.schema(kind);
        return new NexmarkBatches(
                events, kind, IntStream.range(0, schema.size()).boxed().toList(), schema);
    }

    @Override
    public NexmarkBatches select(List<Integer> places, Schema selected) {
        return new NexmarkBatches(
                events, kind, places.stream().map(columns::get).toList(), selected);
    }

    @Override
    public ColumnBatch of(byte[] range) {
        ByteBuffer bounds = ByteBuffer.wrap(range);
        return of(bounds.getLong(), bounds.getLong());
    }

    /** Those among the events from one number, in, to another, out. */
    ColumnBatch of(long from, long to) {
        long[] numbers = NexmarkEvents.numbers(kind, from, to);
        Column[] made = new Column[columns.size()];
        for (int i = 0; i < made.length; i++) {
            made[i] = schema.field(i).type() == AtomicType.STRING
                    ? texts(numbers, columns.get(i))
                    : new LongColumn(numbers(numbers, columns.get(i)), null);
        }
        return new ColumnBatch(schema, made, numbers.length);
    }

    private long[] numbers(long[] numbers, int column) {
        long[] values = new long[numbers.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = events.row(kind, numbers[i]).number(column);
        }
        return values;
    }

    /** Texts that are parts of one array stay where they are; others are copied into one. */
    private Column texts(long[] numbers, int column) {
        int[] starts = new int[numbers.length];
        int[] lengths = new int[numbers.length];
        byte[] shared = new byte[0];
        for (int i = 0; i < numbers.length; i++) {
            Ascii text = events.row(kind, numbers[i]).text(column);
            if (i > 0 && text.bytes() != shared) {
                return copied(numbers, column);
            }
            shared = text.bytes();
            starts[i] = text.offset();
            lengths[i] = text.length();
        }
        return new Utf8Column(shared, starts, lengths, false, null);
    }

    private Column copied(long[] numbers, int column) {
        Utf8Builder builder = (Utf8Builder) ColumnBuilder.of(AtomicType.STRING, numbers.length);
        for (long number : numbers) {
            Ascii text = events.row(kind, number).text(column);
            builder.appendBytes(text.bytes(), text.offset(), text.length());
        }
        return builder.build();
    }
}
