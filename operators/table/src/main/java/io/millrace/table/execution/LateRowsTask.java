// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.operator.PartitionTask;
import io.millrace.operator.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One partition of an operator with state whose late rows are asked for: gives each late row on as it came, and then everything to the
 * operator, whose results and figures are the same as without.
 */
final class LateRowsTask implements PartitionTask<Shard, Object> {

    private record Waiting(int input, Shard key, int hash, Part part) {}

    private final StatefulTask task;
    private final int operator;
    private final List<LateInput> inputs;
    private final Step<QueryOutput> out;
    private final List<Waiting> waiting = new ArrayList<>();
    private @Nullable BatchFrame frame;

    LateRowsTask(StatefulTask task, int operator, List<LateInput> inputs, Step<QueryOutput> out) {
        this.task = task;
        this.operator = operator;
        this.inputs = List.copyOf(inputs);
        this.out = out;
    }

    @Override
    public void begin() {
        frame = null;
        waiting.clear();
        task.begin();
    }

    @Override
    public void add(int input, Shard key, int hash, Object value) {
        if (value instanceof BatchFrame began) {
            frame = began;
            task.add(input, key, hash, value);
        } else {
            waiting.add(new Waiting(input, key, hash, (Part) value));
        }
    }

    @Override
    public void finish() throws Exception {
        for (Waiting one : waiting) {
            LateInput late = lateInput(one.input - 1);
            if (late == null) {
                task.add(one.input, one.key, one.hash, one.part);
                continue;
            }
            if (frame != null) {
                QueryOutput.Late rows = late.late(one.part, frame.lateMicros().get(operator));
                if (rows != null) {
                    out.push(rows);
                }
            }
            task.add(one.input, one.key, one.hash, late.folded(one.part));
        }
        waiting.clear();
        task.finish();
    }

    private @Nullable LateInput lateInput(int input) {
        for (LateInput late : inputs) {
            if (late.input() == input) {
                return late;
            }
        }
        return null;
    }
}
