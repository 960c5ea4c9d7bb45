// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.operator.Pair;
import io.millrace.operator.RecordOperator;
import io.millrace.operator.State;
import io.millrace.operator.Step;
import io.millrace.table.data.ColumnBatch;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** An operator with state as it stands in a plan: makes the tasks, on the engine or without. Holds nothing that changes. */
public interface StatefulDescription extends StatefulNode {

    /** What it does, such as {@code aggregate}: part of the name under which its state is kept, and what stands in figures. */
    String kind();

    /** Whether its rows have a column with the kind of change; see {@link Changes}. */
    boolean givesChanges();

    /** Sends the rows of an input, from 0, to the partitions of their keys. */
    RecordOperator<ColumnBatch, Pair<Shard, Part>> exchange(int input);

    /**
     * How the rows of the only input are folded in the task that has them, all of a batch together, before they travel; null if they are not. Then
     * they are sent by {@link FoldingExchange} in place of {@link #exchange}, which may ask for rows from further down: {@link
     * FoldingExchange#input}.
     */
    default @Nullable FoldingExchange folding() {
        return null;
    }

    /**
     * A task.
     *
     * @param partition which partition it is of, from 0
     * @param partitions how many there are
     * @param state what the partition remembers: values with a wire form
     * @param out takes what it gives
     */
    StatefulTask open(int partition, int partitions, State<GroupKey, Object> state, Step<QueryOutput> out);

    /**
     * A task that asks what time it is.
     *
     * @param nowMillis the time of the batch, in milliseconds since 1970
     */
    default StatefulTask open(
            int partition,
            int partitions,
            State<GroupKey, Object> state,
            LongSupplier nowMillis,
            Step<QueryOutput> out) {
        return open(partition, partitions, state, out);
    }
}
