// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.attribute.Attribute;
import io.millrace.mllib.model.RowPlan;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.model.ScoringException;
import io.millrace.mllib.model.Transformer;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The number of the bucket that a number falls into; what a {@code QuantileDiscretizer} fits is one too. The buckets lie
 * between neighbouring {@code splits} (or, for several columns, those of {@code splitsArray}), which ascend strictly and are
 * at least three. A split belongs to the bucket above it, the last one to the last bucket; -0.0 lies below a split at 0.0.
 *
 * <p>{@code handleInvalid} is about NaN: {@code error} (default) refuses the row, {@code skip} drops it, and drops null
 * too, {@code keep} puts it into an extra bucket after the last. Otherwise null stays null. What is outside of all buckets
 * is always refused. As Spark's {@code Bucketizer}.
 */
public final class Bucketizer implements Transformer {

    private final String uid;
    private final ColumnPairs columns;
    private final List<double[]> splits;
    private final InvalidValues invalid;

    public Bucketizer(Params params) {
        uid = params.uid();
        columns = ColumnPairs.of(params);
        invalid = InvalidValues.of(params, InvalidValues.ERROR, InvalidValues.SKIP, InvalidValues.KEEP);
        boolean many = params.isSet("inputCols");
        String name = many ? "splitsArray" : "splits";
        List<double[]> given;
        if (many) {
            given = params.doubleLists(name);
        } else {
            double[] only = params.doubles(name);
            given = only == null ? null : List.of(only);
        }
        if (given == null || given.size() != columns.size()) {
            throw params.failure(
                    name, "has " + (given == null ? 0 : given.size()) + " lists for " + columns.size() + " columns");
        }
        for (double[] each : given) {
            if (!ascend(each)) {
                throw params.failure(
                        name, "is " + Arrays.toString(each) + ", must be three or more numbers that ascend strictly");
            }
        }
        splits = given;
    }

    static Bucketizer load(SavedStage saved) {
        return new Bucketizer(saved.params());
    }

    @Override
    public String uid() {
        return uid;
    }

    /**
     * The bucket of a number of the first column, or the only one.
     *
     * @throws ScoringException if it is outside of all buckets, or NaN and those are not kept
     */
    public double bucket(double value) {
        return bucket(splits.get(0), value, invalid == InvalidValues.KEEP);
    }

    @Override
    public void plan(RowPlan plan) {
        int size = columns.size();
        int[] in = new int[size];
        int[] out = new int[size];
        // one after the other as in Spark, whose messages name the columns there are
        for (int i = 0; i < size; i++) {
            in[i] = plan.numericSlot(columns.input(i));
            boolean nullable = plan.field(columns.input(i)).nullable();
            out[i] = plan.add(new Field(columns.output(i), DataType.DOUBLE, nullable, names(splits.get(i))));
        }
        boolean keep = invalid == InvalidValues.KEEP;
        double[][] bounds = splits.toArray(new double[0][]);
        if (invalid == InvalidValues.SKIP) {
            plan.step(slots -> !InvalidValues.anyIn(slots, in));
        }
        plan.step(slots -> {
            for (int i = 0; i < in.length; i++) {
                Object value = slots[in[i]];
                slots[out[i]] = value == null ? null : (Object) bucket(bounds[i], ((Number) value).doubleValue(), keep);
            }
            return true;
        });
    }

    private static Attribute names(double[] splits) {
        List<String> names = new ArrayList<>(splits.length - 1);
        for (int i = 1; i < splits.length; i++) {
            names.add(splits[i - 1] + ", " + splits[i]);
        }
        return Attribute.nominal(names).withOrdinal(true);
    }

    private static boolean ascend(double[] splits) {
        boolean ascend = splits.length >= 3;
        for (int i = 1; i < splits.length; i++) {
            ascend &= splits[i - 1] < splits[i];
        }
        return ascend;
    }

    private static double bucket(double[] splits, double value, boolean keepNaN) {
        int last = splits.length - 1;
        if (Double.isNaN(value)) {
            if (keepNaN) {
                return last;
            }
            throw ScoringException.spark("Bucketizer encountered NaN value. To handle or skip NaNs,"
                    + " try setting Bucketizer.handleInvalid.");
        }
        if (value == splits[last]) {
            return last - 1;
        }
        int found = Arrays.binarySearch(splits, value);
        if (found >= 0) {
            return found;
        }
        int above = -found - 1;
        if (above == 0 || above > last) {
            throw ScoringException.spark("Feature value " + value + " out of Bucketizer bounds [" + splits[0] + ", "
                    + splits[last] + "]. Check your features, or loosen the lower/upper bound constraints.");
        }
        return above - 1;
    }
}
