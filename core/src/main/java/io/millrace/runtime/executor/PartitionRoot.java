// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import io.millrace.operator.PartitionTask;
import io.millrace.runtime.plan.PlanNode;
import io.millrace.runtime.state.FoldTable;
import io.millrace.runtime.state.PairBuffer;
import io.millrace.runtime.state.RepeatedRows;
import java.util.Arrays;
import java.util.IdentityHashMap;
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
        IdentityHashMap<PairBuffer, int[]> known = new IdentityHashMap<>();
        for (PairBuffer.Segment segment : PairBuffer.inOrder(rows)) {
            PairBuffer buffer = segment.buffer();
            RepeatedRows repeated = buffer.repeated();
            if (repeated != null) {
                feed(input, segment, repeated, known.computeIfAbsent(buffer, b -> unknown(repeated.distinct())));
            } else if (buffer.isKeyed()) {
                for (int row = segment.from(); row < segment.to(); row++) {
                    task.add(input, buffer.key(row), buffer.hash(row), buffer.value(row));
                }
            } else {
                for (int row = segment.from(); row < segment.to(); row++) {
                    task.add(input, PartitionTask.NO_KEY, 0, buffer.value(row));
                }
            }
        }
    }

    @SuppressWarnings("NullAway") // keys and values may be null if the user's are
    private void feed(int input, PairBuffer.Segment segment, RepeatedRows rows, int[] known) throws Exception {
        int to = segment.to();
        for (int row = segment.from(); row < to; row++) {
            int number = rows.number(row);
            int place = known[number];
            known[number] = place >= 0
                    ? task.addKnown(input, rows.key(number), rows.value(row), place)
                    : task.addFirst(input, rows.key(number), rows.hash(number), rows.value(row));
        }
    }

    private static int[] unknown(int keys) {
        int[] known = new int[keys];
        Arrays.fill(known, PartitionTask.UNKNOWN);
        return known;
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
