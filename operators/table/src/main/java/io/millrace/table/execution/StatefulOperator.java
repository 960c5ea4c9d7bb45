// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.operator.Combiner;
import io.millrace.operator.Exchange;
import io.millrace.operator.PartitionContext;
import io.millrace.operator.PartitionOperator;
import io.millrace.operator.PartitionTask;
import io.millrace.operator.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operator with state on the engine. Its records in are pairs of a {@link Shard} and a {@link BatchFrame} (input 0) or a {@link Part} or
 * {@link FoldingExchange.Raw} (the other inputs).
 *
 * @param description makes its tasks
 * @param number its number
 * @param late the inputs whose late rows are asked for
 */
record StatefulOperator(StatefulDescription description, int number, List<LateInput> late)
        implements PartitionOperator<Object, Shard, Object, QueryOutput> {

    @Override
    public String kind() {
        return description.kind();
    }

    @Override
    public Exchange exchange() {
        return Exchange.BY_KEY;
    }

    @Override
    public boolean stateful() {
        return true;
    }

    @Override
    public @Nullable Combiner<Object, Object> combiner() {
        FoldingExchange folding = late.isEmpty() ? description.folding() : null;
        return folding == null ? null : folding.combiner();
    }

    @Override
    public PartitionTask<Shard, Object> open(PartitionContext context, Step<QueryOutput> out) {
        StatefulTask task = description.open(
                context.partition(),
                context.partitions(),
                context.state(),
                () -> context.batchTime().millis(),
                out);
        return late.isEmpty() ? task : new LateRowsTask(task, number, late, out);
    }
}
