// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.flink;

import io.millrace.benchmarks.NexmarkOptions;
import io.millrace.benchmarks.nexmark.NexmarkEvents;
import io.millrace.benchmarks.nexmark.NexmarkEvents.Kind;
import java.io.Serial;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.table.data.RowData;

/**
 * The events of one kind, made by the tasks of a source in turn: with two tasks, one makes every other event. Flink's generator source
 * gives each task a range of numbers of its own, of which only the offset counts here.
 */
final class FlinkEvents implements GeneratorFunction<Long, RowData> {

    /** What the numbers of all tasks together are below. */
    static final long NUMBERS = 1L << 40;

    private static final int NOTED_EVERY = 256;

    @Serial
    private static final long serialVersionUID = 1;

    /** By kind and task, the number of the event that was made last. */
    private static final Map<Kind, AtomicLongArray> MADE = new ConcurrentHashMap<>();

    private final Kind kind;
    private final long seed;
    private final double perSecond;
    private final int tasks;
    private final int columns;

    private transient NexmarkEvents events = new NexmarkEvents(0, 1);
    private transient int task;
    private transient long next;
    private transient AtomicLongArray made = new AtomicLongArray(0);

    FlinkEvents(Kind kind, NexmarkOptions options, int tasks) {
        this.kind = kind;
        this.seed = options.seed();
        this.perSecond = options.perSecond();
        this.tasks = tasks;
        this.columns = FlinkViews.columns(kind).getFieldCount();
    }

    /** How many events have gone by in all, of whatever kind; of several kinds asked for, the one that is behind. */
    static long gone() {
        return MADE.values().stream().mapToLong(FlinkEvents::furthest).min().orElse(0);
    }

    private static long furthest(AtomicLongArray made) {
        long sum = 0;
        for (int i = 0; i < made.length(); i++) {
            sum += made.get(i);
        }
        return sum / made.length();
    }

    @Override
    public void open(SourceReaderContext context) {
        events = new NexmarkEvents(seed, perSecond);
        task = context.getIndexOfSubtask();
        next = task;
        made = MADE.computeIfAbsent(kind, any -> new AtomicLongArray(tasks));
    }

    @Override
    public RowData map(Long ignored) {
        long event = NexmarkEvents.nth(kind, next);
        if (next / tasks % NOTED_EVERY == 0) {
            made.lazySet(task, event);
        }
        next += tasks;
        return new FlinkRow(events.row(kind, event), columns);
    }
}
