// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import io.millrace.operator.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the records that a task has for one output. */
final class OutputCollector implements Step<Object> {

    private final int output;
    private final int level;
    private final int limit;
    private final List<Collected> collected = new ArrayList<>();
    private List<@Nullable Object> current = new ArrayList<>();
    private int ordinal;
    private int taken;

    OutputCollector(int output, int level, int limit) {
        this.output = output;
        this.level = level;
        this.limit = limit;
    }

    void begin() {
        collected.clear();
        current = new ArrayList<>();
        taken = 0;
    }

    /** From here on records come from this block or partition. */
    void mark(int newOrdinal) {
        flush();
        ordinal = newOrdinal;
    }

    @Override
    public void push(Object record) {
        if (taken < limit) {
            taken++;
            current.add(record);
        }
    }

    void drainTo(List<Collected> target) {
        flush();
        target.addAll(collected);
        collected.clear();
    }

    private void flush() {
        if (!current.isEmpty()) {
            collected.add(new Collected(output, level, ordinal, current));
            current = new ArrayList<>();
        }
    }
}
