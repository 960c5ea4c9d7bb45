// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.conformance.naive;

import io.millrace.table.conformance.StructuredCase;
import io.millrace.table.conformance.StructuredCase.Node;
import io.millrace.table.conformance.naive.Relation.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Answers a case batch by batch: the query is computed over all that has come in so far, and what differs from the batch before is what the
 * output mode gives.
 */
public final class Recomputation {

    private final StructuredCase structuredCase;
    private final List<Frame> frames = new ArrayList<>();
    private final NaiveQuery query;
    private final Map<String, Long> watermarks = new HashMap<>();
    private long watermark;

    private Recomputation(StructuredCase structuredCase) {
        this.structuredCase = structuredCase;
        this.query = new NaiveQuery(structuredCase, frames);
    }

    /**
     * A batch of the right answer.
     *
     * @param step its step, from 0
     * @param watermark the one in force, in ms since 1970
     * @param rows what must come out, in order if the query sorts
     * @param touched what may come out in update mode: rows that something was done for, but that are as they were
     */
    public record Answer(int step, long watermark, List<List<Object>> rows, List<List<Object>> touched) {}

    /**
     * The batches of a case.
     *
     * @throws io.millrace.table.conformance.UnsupportedCaseException if it says what is not known here
     */
    public static List<Answer> of(StructuredCase structuredCase) {
        return new Recomputation(structuredCase).answers();
    }

    /** What a query does, as far as rules ask for it. */
    public record Traits(long statefulOperators, boolean nullKeysMeet, boolean nullsWithoutWatermark) {}

    /** What can be said of a query without running it. */
    public static Traits traits(StructuredCase structuredCase) {
        NaiveQuery query = new NaiveQuery(structuredCase, new ArrayList<>());
        boolean full = false;
        boolean silent = false;
        for (Node node : query.nodes()) {
            if (node.op().equals("join") && query.stateful(node)) {
                String type = node.text("type");
                full |= type.equals("full_outer");
                silent |= outer(type, "left") && silent(query, node, 0);
                silent |= outer(type, "right") && silent(query, node, 1);
            }
        }
        return new Traits(query.nodes().stream().filter(query::stateful).count(), full, silent);
    }

    private static boolean outer(String type, String side) {
        return type.equals(side + "_outer") || type.equals("full_outer");
    }

    /** Whether a side has an end by the watermark of the other, but carries none itself: Spark never lets its rows go. */
    private static boolean silent(NaiveQuery query, Node join, int side) {
        JoinSide closing = query.side(join, side);
        return closing.time() >= 0
                && !query.rows(join.in().get(side), -1)
                        .columns()
                        .get(closing.time())
                        .eventTime();
    }

    private List<Answer> answers() {
        List<Answer> answers = new ArrayList<>();
        for (int step = 0; step < structuredCase.steps(); step++) {
            if (query.brings(step)) {
                query.add(step, frames.size());
                answers.add(batch(step));
            }
            while (!frames.isEmpty()
                    && watermark > last().watermark()
                    && query.nodes().stream().anyMatch(this::hasMore)) {
                answers.add(batch(step));
            }
        }
        return answers;
    }

    private Frame last() {
        return frames.get(frames.size() - 1);
    }

    private boolean hasMore(Node node) {
        return query.closes(node)
                && query.behind(node.in().get(0), watermark)
                        > query.behind(node.in().get(0), last().watermark());
    }

    private Answer batch(int step) {
        int batch = frames.size();
        frames.add(new Frame(step, frames.isEmpty() ? 0 : last().watermark(), watermark));
        List<Row> now = query.rows(query.root(), batch).rows();
        List<Row> before =
                batch == 0 ? List.of() : query.rows(query.root(), batch - 1).rows();
        List<List<Object>> rows = new ArrayList<>();
        List<List<Object>> touched = new ArrayList<>();
        if (structuredCase.outputMode().equals("complete")) {
            now.forEach(row -> rows.add(row.values()));
        } else if (structuredCase.outputMode().equals("append")) {
            now.stream().filter(row -> row.batch() == batch).forEach(row -> rows.add(row.values()));
        } else {
            List<List<Object>> old = new ArrayList<>();
            before.forEach(row -> old.add(row.values()));
            for (Row row : now) {
                if (!old.remove(row.values())) {
                    rows.add(row.values());
                } else if (row.batch() == batch) {
                    touched.add(row.values());
                }
            }
        }
        observe(batch);
        return new Answer(step, frames.get(batch).watermark(), rows, touched);
    }

    private void observe(int batch) {
        List<Long> all = new ArrayList<>();
        for (Node node : query.nodes()) {
            if (node.op().equals("withWatermark")) {
                Long latest = query.latest(node, batch);
                long own = latest == null ? 0 : latest - Times.duration(node.text("delay")) / 1000;
                all.add(watermarks.merge(node.id(), Math.max(0, own), Math::max));
            }
        }
        watermark = Math.max(
                watermark,
                all.stream().filter(Objects::nonNull).min(Long::compare).orElse(0L));
    }
}
