// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source;

import io.millrace.StreamingContext;
import io.millrace.receiver.Receiver;
import io.millrace.stream.DStream;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.type.Schema;
import java.util.List;
import java.util.function.Supplier;

/**
 * A source of what a receiver brings, each record of which becomes some rows, in the tasks of the job.
 *
 * @param description what stands in plans
 * @param schema the columns
 * @param receivers makes a receiver for each query
 * @param rows the rows of a record; perhaps none; called by several threads
 * @param <T> what the receiver brings
 */
public record ReceiverSource<T>(
        String description, Schema schema, Supplier<? extends Receiver<T>> receivers, Rows<T> rows)
        implements StreamSource {

    /**
     * Makes rows of a record.
     *
     * @param <T> what the receiver brings
     */
    @FunctionalInterface
    public interface Rows<T> {
        /** The rows of a record; the columns are those of the source. */
        ColumnBatch of(T record) throws Exception;

        /**
         * Makes only some columns of the rows.
         *
         * <p>Default: makes all and leaves out the others.
         *
         * @param columns their places, rising
         * @param schema these columns
         */
        default Rows<T> select(List<Integer> columns, Schema schema) {
            int[] places = columns.stream().mapToInt(column -> column).toArray();
            return record -> of(record).project(places, schema);
        }
    }

    @Override
    public StreamSource select(List<Integer> columns) {
        if (columns.size() == schema.size()) {
            return this;
        }
        Schema selected = schema.select(columns);
        return new ReceiverSource<>(description, selected, receivers, rows.select(columns, selected));
    }

    @Override
    public DStream<ColumnBatch> open(StreamingContext context) {
        return context.receiverStream(receivers.get()).apply(new ToRows<>(rows));
    }
}
