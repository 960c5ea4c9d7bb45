// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.operator.Exchange;
import io.millrace.operator.PartitionContext;
import io.millrace.operator.PartitionOperator;
import io.millrace.operator.PartitionTask;
import io.millrace.operator.StableHash;
import io.millrace.operator.State;
import io.millrace.operator.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * The {@link QueryClock} on the engine: in one partition, with its state in the engine's.
 *
 * @param clock what decides
 */
record ClockOperator(QueryClock clock) implements PartitionOperator<QueryControl, Object, QueryControl, QueryOutput> {

    private static final String KEY = "clock";

    /** Apart from the clock's state, which decides: this is for people only. */
    private static final String NEWEST = "newest";

    @Override
    public String kind() {
        return "queryClock";
    }

    @Override
    public Exchange exchange() {
        return Exchange.TO_ONE;
    }

    @Override
    public boolean stateful() {
        return true;
    }

    @Override
    public PartitionTask<Object, QueryControl> open(PartitionContext context, Step<QueryOutput> out) {
        return new Task(clock, context, out);
    }

    private static final class Task implements PartitionTask<Object, QueryControl> {

        private final QueryClock clock;
        private final PartitionContext context;
        private final State<String, Object> state;
        private final Step<QueryOutput> out;
        private final List<QueryControl> controls = new ArrayList<>();

        Task(QueryClock clock, PartitionContext context, Step<QueryOutput> out) {
            this.clock = clock;
            this.context = context;
            this.state = context.state();
            this.out = out;
        }

        @Override
        public void begin() {
            controls.clear();
        }

        @Override
        public void add(int input, Object key, int hash, Object value) {
            controls.add((QueryControl) value);
        }

        @Override
        public void finish() throws Exception {
            long now = context.batchTime().millis();
            int hash = StableHash.of(KEY);
            int entry = state.find(KEY, hash);
            ClockState before = entry < 0 ? clock.first(now) : (ClockState) state.value(entry);
            QueryClock.Decision decision = clock.step(before, controls, now);
            List<NewestRow> newest = decision.frame().isPresent() ? newest() : List.of();
            controls.clear();
            if (entry < 0) {
                state.insert(KEY, hash, decision.state());
            } else if (!decision.state().equals(before)) {
                state.set(entry, decision.state());
            }
            if (decision.frame().isPresent()) {
                out.push(new QueryOutput.Began(decision.frame().get()));
                ClockState after = decision.state();
                out.push(new QueryOutput.Watermarks(after.nodes(), after.heard(), newest));
            }
        }

        /** The rows the watermarks hang on after this batch of the query. */
        private List<NewestRow> newest() {
            int hash = StableHash.of(NEWEST);
            int entry = state.find(NEWEST, hash);
            List<NewestRow> before = entry < 0 ? List.of() : ((NewestRow.All) state.value(entry)).rows();
            List<NewestRow> after = NewestRow.after(before, controls);
            if (after.isEmpty() || after.equals(before)) {
                return after;
            }
            if (entry < 0) {
                state.insert(NEWEST, hash, new NewestRow.All(after));
            } else {
                state.set(entry, new NewestRow.All(after));
            }
            return after;
        }
    }
}
