// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import io.millrace.table.Row;
import io.millrace.table.sink.ForeachWriter;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Gives every row that a query writes to a function. */
record EachRow(Consumer<Row> function) implements ForeachWriter<Row> {

    @Override
    public boolean open(long partition, long batch) {
        return true;
    }

    @Override
    public void process(Row row) {
        function.accept(row);
    }

    @Override
    public void close(@Nullable Throwable failure) {
        // there is nothing to be closed
    }
}
