// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputOperator;
import io.millrace.table.sink.TableSink;
import io.millrace.table.sink.TransactionalTableSink;
import java.util.List;

/** Writes what a query gives to a sink that may be told a batch twice. */
class SinkOutput implements OutputOperator<Object> {

    /** Makes a batch of the sink of what a batch of the engine gave, if it is one of the query. */
    @FunctionalInterface
    interface Batches {
        boolean write(BatchTime time, List<?> records, QueryRun.Writing sink) throws Exception;
    }

    /**
     * One of the sinks of a query.
     *
     * @param run the query
     * @param kind names the output, so that what it has is known in the next run
     * @param sink where the rows go
     * @param batches what it is given
     * @param onlyRows whether a batch without rows is nothing to it
     */
    record Target(QueryRun run, String kind, TableSink sink, Batches batches, boolean onlyRows) {}

    final Target target;

    SinkOutput(Target target) {
        this.target = target;
    }

    /** What writes to a target: as surely as its sink can take it. */
    static SinkOutput of(Target target) {
        if (target.sink() instanceof TransactionalTableSink exact) {
            return new ExactSinkOutput(target, exact);
        }
        return target.run().spec().checkpoint().isPresent() ? new RepeatedSinkOutput(target) : new SinkOutput(target);
    }

    @Override
    public final String kind() {
        return target.kind();
    }

    @Override
    public void write(BatchTime time, List<Object> records) throws Exception {
        target.batches().write(time, records, batch -> {
            if (batch.count() > 0 || !target.onlyRows()) {
                target.sink().write(batch);
            }
            return true;
        });
    }

    @Override
    public final void close() {
        target.sink().close();
    }
}
