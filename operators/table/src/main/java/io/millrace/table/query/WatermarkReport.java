// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import io.millrace.table.execution.ClockState;
import io.millrace.table.execution.NewestRow;
import io.millrace.table.execution.QueryOutput;
import io.millrace.table.execution.WatermarkPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What windows and other state of a query wait for.
 *
 * @param watermark up to where everything is taken to be in; empty before there is one
 * @param inputs the watermarks it is made of
 */
public record WatermarkReport(Optional<Instant> watermark, List<Input> inputs) {

    /** Copies the list. */
    public WatermarkReport {
        inputs = List.copyOf(inputs);
    }

    /**
     * One watermark of the query.
     *
     * @param sources the inputs whose rows move it
     * @param column the column it is on
     * @param delay how late rows may come
     * @param latest the latest event time that came; empty if none did
     * @param lastRow the engine's time when a row came last; empty if none did
     * @param newest the row that has the latest event time: the block and record it came in, and what it says; empty if none came
     * @param holds whether it is the one that the query's watermark waits for
     */
    public record Input(
            List<String> sources,
            String column,
            Duration delay,
            Optional<Instant> latest,
            Optional<Instant> lastRow,
            Optional<NewestRow> newest,
            boolean holds) {

        /** Copies the list. */
        public Input {
            sources = List.copyOf(sources);
        }

        /** Of the row: what it says and where it came from. */
        private static String describe(NewestRow row) {
            String place = row.record() < 0
                    ? "through an exchange"
                    : "row " + row.row() + " of record " + row.record() + " of block " + row.block()
                            + (row.position().equals("-") ? "" : ", " + row.position());
            return " of " + row.text() + " (" + place + ")";
        }

        private String describe() {
            String name = String.join(", ", sources) + ", column " + column;
            return latest.map(time -> name + ": latest event time " + time
                            + newest.map(Input::describe).orElse("") + ", less " + delay + " is "
                            + time.minus(delay) + "; last row at "
                            + lastRow.map(Instant::toString).orElse("no time"))
                    .orElse(name + ": no row has come yet");
        }
    }

    /** What is known after a batch. */
    static WatermarkReport of(
            List<WatermarkInputs> inputs, Optional<QueryOutput.Watermarks> reached, WatermarkPolicy policy) {
        List<NewestRow> newest = reached.map(QueryOutput.Watermarks::newest).orElse(List.of());
        List<Input> described = new ArrayList<>();
        Optional<Integer> holder = reached.isEmpty() ? Optional.empty() : holder(inputs, reached.get(), policy);
        Optional<Instant> watermark = Optional.empty();
        for (WatermarkInputs input : inputs) {
            long millis = reached.isEmpty() ? ClockState.NONE : at(reached.get().nodes(), input.node());
            Optional<Instant> less =
                    millis == ClockState.NONE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
            boolean holds = holder.isPresent() ? holder.get() == input.node() : less.isEmpty();
            if (holds && holder.isPresent()) {
                watermark = less;
            }
            described.add(new Input(
                    input.sources(),
                    input.column(),
                    input.delay(),
                    less.map(time -> time.plus(input.delay())),
                    less.map(time ->
                            Instant.ofEpochMilli(at(reached.orElseThrow().heard(), input.node()))),
                    input.node() < newest.size()
                            ? Optional.of(newest.get(input.node())).filter(row -> !row.equals(NewestRow.NONE))
                            : Optional.empty(),
                    holds));
        }
        return new WatermarkReport(watermark, described);
    }

    private static long at(List<Long> values, int node) {
        return node < values.size() ? values.get(node) : ClockState.NONE;
    }

    /** The watermark that decides; empty if the query has none yet because some input has none. */
    private static Optional<Integer> holder(
            List<WatermarkInputs> inputs, QueryOutput.Watermarks reached, WatermarkPolicy policy) {
        Optional<Integer> holder = Optional.empty();
        long decisive = 0;
        for (WatermarkInputs input : inputs) {
            long millis = at(reached.nodes(), input.node());
            boolean first = holder.isEmpty();
            boolean further = policy == WatermarkPolicy.MIN ? millis < decisive : millis > decisive;
            if (first || further) {
                holder = Optional.of(input.node());
                decisive = millis;
            }
        }
        return decisive == ClockState.NONE ? Optional.empty() : holder;
    }

    /** In words: one line for the query, one for each watermark. */
    @Override
    public String toString() {
        if (inputs.isEmpty()) {
            return "the query has no watermark: nothing waits for one";
        }
        StringBuilder text = new StringBuilder(watermark
                .map(
                        time -> "the watermark is " + time
                                + ": what ends at or before it is closed, with the next batch at the latest; what ends later waits")
                .orElse("there is no watermark yet: nothing is closed"));
        for (Input input : inputs) {
            text.append('\n').append(input.holds() ? "* " : "  ").append(input.describe());
        }
        return inputs.stream().anyMatch(Input::holds)
                ? text.append("\n(* holds it)").toString()
                : text.toString();
    }
}
