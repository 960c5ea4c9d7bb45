// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.operator.Exchange;
import io.millrace.operator.PartitionContext;
import io.millrace.operator.PartitionOperator;
import io.millrace.operator.PartitionTask;
import io.millrace.operator.Step;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Does something with all rows of a batch together, in one partition: sorts them, or takes the first.
 *
 * @param kind what it does
 * @param schema the columns of the rows
 * @param work what is done; keeps nothing
 */
record GatherOperator(String kind, Schema schema, UnaryOperator<ColumnBatch> work)
        implements PartitionOperator<ColumnBatch, Object, ColumnBatch, ColumnBatch> {

    @Override
    public Exchange exchange() {
        return Exchange.TO_ONE;
    }

    @Override
    public PartitionTask<Object, ColumnBatch> open(PartitionContext context, Step<ColumnBatch> out) {
        return new PartitionTask<>() {
            private final List<ColumnBatch> batches = new ArrayList<>();

            @Override
            public void begin() {
                batches.clear();
            }

            @Override
            public void add(int input, Object key, int hash, Object value) {
                batches.add((ColumnBatch) value);
            }

            @Override
            public void finish() throws Exception {
                if (!batches.isEmpty()) {
                    ColumnBatch all = work.apply(ColumnBatch.concat(schema, batches));
                    batches.clear();
                    if (all.rows() > 0) {
                        out.push(all);
                    }
                }
            }
        };
    }
}
