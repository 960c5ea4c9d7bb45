// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.conformance.naive;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * When a row of one side of a join can meet no further row of the other: read off the conjuncts that compare the times of both.
 *
 * @param time the place of the time on this side, -1 if there is none
 * @param reach how much later than it a row of the other side may be, in microseconds; empty if for ever
 * @param strict whether it must be less
 * @param key whether both times must be equal
 */
record JoinSide(int time, OptionalLong reach, boolean strict, boolean key) {

    private static final JoinSide NEVER = new JoinSide(-1, OptionalLong.empty(), false, false);

    /** A column of a side plus so many microseconds. */
    private record Term(String side, int place, boolean watermark, long plus) {}

    /** What the condition says of the rows of a side. */
    static JoinSide of(JsonNode condition, Relation own, Relation other) {
        JoinSide least = NEVER;
        for (JsonNode conjunct : conjuncts(condition)) {
            if (!conjunct.has("op") || conjunct.get("args").size() != 2) {
                continue;
            }
            Term left = term(conjunct.get("args").get(0), own, other);
            Term right = term(conjunct.get("args").get(1), own, other);
            if (left == null || right == null || left.side.equals(right.side)) {
                continue;
            }
            JoinSide bound = bound(
                    conjunct.get("op").textValue(),
                    left,
                    right,
                    own.columns().get(0).side());
            if (bound.reach.isPresent()
                    && (least.reach.isEmpty() || bound.reach.getAsLong() < least.reach.getAsLong() || bound.key)) {
                least = bound;
            }
        }
        return least;
    }

    private static JoinSide bound(String op, Term left, Term right, String own) {
        boolean ownLeft = left.side.equals(own);
        Term mine = ownLeft ? left : right;
        Term others = ownLeft ? right : left;
        if (!others.watermark) {
            return NEVER;
        }
        OptionalLong reach = OptionalLong.of(mine.plus - others.plus);
        return switch (op) {
            case "=" -> new JoinSide(mine.place, reach, false, true);
            case ">=", ">" -> ownLeft ? new JoinSide(mine.place, reach, op.equals(">"), false) : NEVER;
            case "<=", "<" -> ownLeft ? NEVER : new JoinSide(mine.place, reach, op.equals("<"), false);
            default -> NEVER;
        };
    }

    private static Term term(JsonNode tree, Relation own, Relation other) {
        if (tree.has("col")) {
            for (Relation relation : List.of(own, other)) {
                String side = relation.columns().get(0).side();
                String path = tree.get("col").textValue();
                if (path.toUpperCase(java.util.Locale.ROOT).startsWith(side + ".")) {
                    Relation.Found found = relation.find(path);
                    boolean watermark = relation.columns().get(found.place()).eventTime();
                    return found.fields().isEmpty() ? new Term(side, found.place(), watermark, 0) : null;
                }
            }
            return null;
        }
        if (tree.has("op") && tree.get("args").size() == 2) {
            String op = tree.get("op").textValue();
            Term base = term(tree.get("args").get(0), own, other);
            JsonNode second = tree.get("args").get(1);
            if (base != null
                    && second.path("type").asText().startsWith("interval")
                    && (op.equals("+") || op.equals("-"))) {
                long micros = second.get("lit").longValue();
                return new Term(base.side, base.place, base.watermark, base.plus + (op.equals("+") ? micros : -micros));
            }
        }
        return null;
    }

    /** The parts of a condition that must all hold. */
    static List<JsonNode> conjuncts(JsonNode condition) {
        if (condition.path("op").asText().equals("&&")) {
            List<JsonNode> all = new ArrayList<>();
            condition.get("args").forEach(part -> all.addAll(conjuncts(part)));
            return all;
        }
        return List.of(condition);
    }

    /** Whether a row can meet none that is still to come. */
    boolean closed(List<Object> row, long watermarkMillis) {
        if (time < 0) {
            return false;
        }
        Object value = row.get(time);
        if (value == null) {
            return false;
        }
        long last = Times.ofEvent(value) + reach.getAsLong();
        long watermark = watermarkMillis * 1000;
        boolean atOnce = key || strict || !(value instanceof Instant);
        return last <= (atOnce ? watermark : watermark - 1000);
    }

    /** The watermark behind the join as far as this side goes: what is later than it is still kept. */
    long watermark(long millis) {
        if (time < 0) {
            return millis;
        }
        long state = millis - Math.floorDiv(reach.getAsLong(), 1000) - (key || strict ? 0 : 1);
        return Math.min(millis, state);
    }
}
