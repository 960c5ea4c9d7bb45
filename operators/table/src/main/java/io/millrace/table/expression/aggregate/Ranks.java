// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.aggregate;

import io.millrace.table.data.MapValue;
import io.millrace.table.data.ValueOrder;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Finds values by their rank among counted ones. Immutable. Generated code calls the methods. */
public final class Ranks {

    private final boolean least;
    private final boolean descending;
    private final double[] shares;

    /** For {@code mode} ({@code least}: of several the least, {@code descending}: the greatest), or for the ranks at shares from 0 to 1. */
    Ranks(boolean least, boolean descending, double... shares) {
        this.least = least;
        this.descending = descending;
        this.shares = shares;
    }

    /** The value that is there most often; null if there is none. */
    public @Nullable Object mode(MapValue counts) {
        Object best = null;
        long most = 0;
        for (int i = 0; i < counts.size(); i++) {
            long count = count(counts, i);
            if (count > most || (count == most && isBetter(counts.keys()[i], best))) {
                best = counts.keys()[i];
                most = count;
            }
        }
        return best;
    }

    private boolean isBetter(Object value, @Nullable Object best) {
        return (least && ValueOrder.compare(value, best) < 0) || (descending && ValueOrder.compare(value, best) > 0);
    }

    /** The value at the share, between two values in proportion; null if there is none. */
    public @Nullable Double percentile(MapValue counts) {
        return counts.size() == 0 ? null : between(counts, sorted(counts), shares[0]);
    }

    /** The values at all shares; null if there is none. */
    public Object @Nullable [] percentiles(MapValue counts) {
        if (counts.size() == 0) {
            return null;
        }
        Integer[] order = sorted(counts);
        return Arrays.stream(shares)
                .mapToObj(share -> between(counts, order, share))
                .toArray();
    }

    /** The value at the share, one that was seen; null if there is none. */
    public @Nullable Object element(MapValue counts) {
        return counts.size() == 0 ? null : at(counts, sorted(counts), shares[0]);
    }

    /** The values at all shares, each one that was seen; null if there is none. */
    public Object @Nullable [] elements(MapValue counts) {
        if (counts.size() == 0) {
            return null;
        }
        Integer[] order = sorted(counts);
        return Arrays.stream(shares).mapToObj(share -> at(counts, order, share)).toArray();
    }

    private static Double between(MapValue counts, Integer[] order, double share) {
        double position = (total(counts) - 1) * share;
        long lower = (long) Math.floor(position);
        long higher = (long) Math.ceil(position);
        double low = (Double) ranked(counts, order, lower);
        double high = (Double) ranked(counts, order, higher);
        return lower == higher || low == high ? low : (higher - position) * low + (position - lower) * high;
    }

    private static Object at(MapValue counts, Integer[] order, double share) {
        long rank = (long) Math.ceil(total(counts) * share);
        return ranked(counts, order, Math.max(0, rank - 1));
    }

    private static Object ranked(MapValue counts, Integer[] order, long rank) {
        long seen = 0;
        for (Integer place : order) {
            seen += count(counts, place);
            if (seen > rank) {
                return counts.keys()[place];
            }
        }
        return counts.keys()[order[order.length - 1]];
    }

    private Integer[] sorted(MapValue counts) {
        Integer[] order = new Integer[counts.size()];
        Arrays.setAll(order, i -> i);
        Comparator<Integer> ascending = Comparator.comparing((Integer i) -> counts.keys()[i], ValueOrder::compare);
        Arrays.sort(order, descending ? ascending.reversed() : ascending);
        return order;
    }

    private static long total(MapValue counts) {
        long total = 0;
        for (int i = 0; i < counts.size(); i++) {
            total += count(counts, i);
        }
        return total;
    }

    private static long count(MapValue counts, int index) {
        Object count = counts.values()[index];
        return count == null ? 0 : (Long) count;
    }
}
