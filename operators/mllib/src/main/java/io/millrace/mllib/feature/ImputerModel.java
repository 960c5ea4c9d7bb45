// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.model.RowPlan;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.model.Transformer;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.storage.ParquetRow;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Replaces null, and {@code missingValue} (NaN by default), by what stood for the column in training: its mean, median or
 * most frequent value. The output column has the type of the input column: in a column of integers a mean of 3.7 becomes 3.
 * An output column that is there already is replaced. As Spark's {@code ImputerModel}.
 */
public final class ImputerModel implements Transformer {

    private final String uid;
    private final ColumnPairs columns;
    private final double missingValue;
    private final double[] surrogates;

    /** {@code surrogates} has one number for each input column, in order. */
    public ImputerModel(Params params, double[] surrogates) {
        uid = params.uid();
        columns = columns(params);
        missingValue = params.getDouble("missingValue", Double.NaN);
        this.surrogates = surrogates.clone();
        if (surrogates.length != columns.size()) {
            throw new IllegalArgumentException(surrogates.length + " surrogates for " + columns.size() + " columns");
        }
    }

    static ImputerModel load(SavedStage saved) {
        ParquetRow data = saved.data();
        return new ImputerModel(
                saved.params(),
                columns(saved.params()).inputs().stream()
                        .mapToDouble(data::getDouble)
                        .toArray());
    }

    private static ColumnPairs columns(Params params) {
        ColumnPairs columns = ColumnPairs.of(params);
        if (columns.inputs().isEmpty()) {
            throw params.failure("inputCols", "is empty");
        }
        if (new HashSet<>(columns.inputs()).size() != columns.size()) {
            throw params.failure("inputCols", "is " + columns.inputs() + ", which has one name twice");
        }
        if (new HashSet<>(columns.outputs()).size() != columns.size()) {
            throw params.failure("outputCols", "is " + columns.outputs() + ", which has one name twice");
        }
        return columns;
    }

    @Override
    public String uid() {
        return uid;
    }

    /** The value for a number of the first column, or the only one; NaN if it is missing and stays so. */
    public double impute(double value) {
        return isMissing(value) ? surrogates[0] : value;
    }

    /** As SQL compares: NaN is equal to NaN, -0.0 to 0.0. */
    private boolean isMissing(double value) {
        return value == missingValue || (Double.isNaN(value) && Double.isNaN(missingValue));
    }

    @Override
    public void plan(RowPlan plan) {
        int size = columns.size();
        int[] in = new int[size];
        int[] out = new int[size];
        DataType[] types = new DataType[size];
        List<Field> outputs = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Field input = plan.field(columns.input(i));
            in[i] = plan.numericSlot(input.name());
            types[i] = input.type();
            boolean nullable = input.nullable() || NumberCast.givesNull(types[i]);
            outputs.add(new Field(columns.output(i), types[i], nullable, null));
        }
        for (int i = 0; i < size; i++) {
            out[i] = plan.put(outputs.get(i));
        }
        plan.step(slots -> {
            for (int i = 0; i < in.length; i++) {
                Object value = slots[in[i]];
                double number = value == null ? surrogates[i] : ((Number) value).doubleValue();
                slots[out[i]] = NumberCast.cast(isMissing(number) ? surrogates[i] : number, types[i]);
            }
            return true;
        });
    }
}
