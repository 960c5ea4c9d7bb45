// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.cases;

import io.millrace.mllib.table.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;

/**
 * How a case compares.
 *
 * @param exact whether numbers must have the same bits; else they may differ by 1e-9 of the larger of 1 and the two
 * @param vectorKind whether dense and sparse are different answers
 * @param ordered whether order inside of arrays counts
 */
record CaseComparison(boolean exact, boolean vectorKind, boolean ordered) {

    /** The first difference between two rows of the same columns, or null. */
    String difference(Row expected, Row actual) {
        for (String name : expected.schema().names()) {
            String difference = difference(expected.get(name), actual.get(name));
            if (difference != null) {
                return "column " + name + ": " + difference;
            }
        }
        return null;
    }

    private String difference(Object expected, Object actual) {
        return same(expected, actual) ? null : text(actual) + ", Spark says " + text(expected);
    }

    private boolean same(Object expected, Object actual) {
        if (expected instanceof Double x && actual instanceof Double y) {
            return same(x.doubleValue(), y.doubleValue());
        }
        if (expected instanceof Float x && actual instanceof Float y) {
            return exact ? Float.floatToIntBits(x) == Float.floatToIntBits(y) : same(x.doubleValue(), y.doubleValue());
        }
        if (expected instanceof Vector x && actual instanceof Vector y) {
            return same(x, y);
        }
        if (expected instanceof Row x && actual instanceof Row y) {
            return difference(x, y) == null;
        }
        if (expected instanceof List<?> x && actual instanceof List<?> y) {
            if (x.size() != y.size()) {
                return false;
            }
            List<?> left = ordered ? x : sorted(x);
            List<?> right = ordered ? y : sorted(y);
            for (int i = 0; i < left.size(); i++) {
                if (!same(left.get(i), right.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return Objects.equals(expected, actual);
    }

    boolean same(double x, double y) {
        if (exact) {
            return Double.doubleToLongBits(x) == Double.doubleToLongBits(y);
        }
        if (Double.isNaN(x) || Double.isNaN(y) || Double.isInfinite(x) || Double.isInfinite(y)) {
            return Double.compare(x, y) == 0;
        }
        return Math.abs(x - y) <= 1e-9 * Math.max(1, Math.max(Math.abs(x), Math.abs(y)));
    }

    private boolean same(Vector x, Vector y) {
        if (x.size() != y.size()) {
            return false;
        }
        if (!vectorKind) {
            return same(x.toArray(), y.toArray());
        }
        if (x instanceof SparseVector left && y instanceof SparseVector right) {
            return Arrays.equals(left.indices(), right.indices()) && same(left.values(), right.values());
        }
        return !(x instanceof SparseVector) && !(y instanceof SparseVector) && same(x.toArray(), y.toArray());
    }

    private boolean same(double[] x, double[] y) {
        boolean same = x.length == y.length;
        for (int i = 0; same && i < x.length; i++) {
            same = same(x[i], y[i]);
        }
        return same;
    }

    private static List<?> sorted(List<?> list) {
        List<Object> copy = new ArrayList<>(list);
        copy.sort(Comparator.comparing(String::valueOf));
        return copy;
    }

    private static String text(Object value) {
        String text = String.valueOf(value);
        return text.length() > 300 ? text.substring(0, 300) + "…" : text;
    }
}
