// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sink;

import io.millrace.table.source.TableFormat;

/** Writes nothing; for measuring what a query costs. */
public final class NoopFormat implements TableFormat {

    /** The format. */
    public NoopFormat() {}

    @Override
    public String name() {
        return "noop";
    }

    @Override
    public TableSink sink(WriteRequest request) {
        return new TableSink() {
            @Override
            public String description() {
                return "NoopTable";
            }

            @Override
            public void write(SinkBatch batch) {
                // that is the point
            }
        };
    }
}
