// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import io.millrace.operator.PartitionTask;
import io.millrace.runtime.plan.PlanNode;
import io.millrace.runtime.state.FoldTable;
import io.millrace.runtime.state.PairBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operator on one partition, with what feeds it: rows that were exchanged, or records of the same chain.
 *
 * @param node the operator
 * @param task the operator at work
 * @param foldsFirst where records of the same chain are folded before the operator gets them; null if nothing is
 */
record PartitionRoot(
        PlanNode node,
        PartitionTask<Object, Object> task,
        @Nullable FoldTable<Object, Object, Object> foldsFirst) {

    void begin() throws Exception {
        if (foldsFirst != null) {
            foldsFirst.clear();
        }
        task.begin();
    }

    /** Rows of one input, put in order of arrival. */
    @SuppressWarnings("NullAway") // keys and values may be null if the user's are
    void feed(int input, List<PairBuffer> rows) throws Exception {
        List<PairBuffer.Segment> segments = PairBuffer.inOrder(rows);
        if (!rows.isEmpty() && rows.get(0).repeated() != null) {
            new RepeatedFeed(task, input, segments).feed();
            return;
        }
        for (PairBuffer.Segment segment : segments) {
            PairBuffer buffer = segment.buffer();
            for (int row = segment.from(); row < segment.to(); row++) {
                if (buffer.isKeyed()) {
                    task.add(input, buffer.key(row), buffer.hash(row), buffer.value(row));
                } else {
                    task.add(input, PartitionTask.NO_KEY, 0, buffer.value(row));
                }
            }
        }
    }

    void finish() throws Exception {
        if (foldsFirst != null) {
            for (int entry = 0; entry < foldsFirst.size(); entry++) {
                task.add(0, foldsFirst.key(entry), foldsFirst.hash(entry), foldsFirst.value(entry));
            }
            foldsFirst.clear();
        }
        task.finish();
    }
}
