// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.attribute.Attribute;
import io.millrace.mllib.model.RowPlan;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.model.ScoringException;
import io.millrace.mllib.model.Transformer;
import io.millrace.mllib.sql.SqlText;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.storage.ParquetRow;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import io.millrace.mllib.table.TypeNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives each label of one or of several columns its index; numbers are labels in the text that Spark SQL casts them to. A
 * label that was not seen in training, or null, is refused ({@code handleInvalid} "error"), drops the row ("skip", which
 * drops rows with a NaN too) or has the index behind the last ("keep"). A column that is not there is left out. As Spark's
 * {@code StringIndexerModel}.
 */
public final class StringIndexerModel implements Transformer {

    private static final String UNKNOWN = "__unknown";

    private final String uid;
    private final ColumnPairs columns;
    private final InvalidValues handleInvalid;
    private final List<List<String>> labels;
    private final List<Map<String, Double>> indices = new ArrayList<>();

    /** A model of the labels of each column, in the order of their indices. */
    public StringIndexerModel(Params params, List<? extends List<String>> labels) {
        uid = params.uid();
        columns = ColumnPairs.of(params);
        handleInvalid = InvalidValues.of(params, InvalidValues.ERROR, InvalidValues.SKIP, InvalidValues.KEEP);
        this.labels = labels.stream().map(list -> List.copyOf(list)).toList();
        if (labels.size() != columns.size()) {
            throw new IllegalArgumentException(
                    "labels for " + labels.size() + " columns, there are " + columns.size() + " inputCols");
        }
        for (List<String> list : labels) {
            Map<String, Double> index = new HashMap<>(2 * list.size());
            for (String label : list) {
                index.put(label, (double) index.size());
            }
            if (index.size() != list.size()) {
                throw new IllegalArgumentException("a label is there twice");
            }
            indices.add(index);
        }
    }

    static StringIndexerModel load(SavedStage saved) {
        ParquetRow data = saved.data();
        // before Spark 3.0 there was one column only
        return new StringIndexerModel(
                saved.params(),
                data.has("labelsArray") ? data.stringLists("labelsArray") : List.of(data.strings("labels")));
    }

    @Override
    public String uid() {
        return uid;
    }

    /** The labels of a column, in the order of their indices. */
    public List<String> labels(int column) {
        return labels.get(column);
    }

    @Override
    public void plan(RowPlan plan) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Field input = plan.schema().find(columns.input(i));
            if (input != null) {
                if (!input.type().equals(DataType.STRING) && !input.type().isNumeric()) {
                    throw new IllegalArgumentException("requirement failed: The input column " + input.name()
                            + " must be either string type or numeric type, but got "
                            + TypeNames.scala(input.type()) + ".");
                }
                if (plan.schema().contains(columns.output(i))) {
                    throw new IllegalArgumentException(
                            "requirement failed: Output column " + columns.output(i) + " already exists.");
                }
                found.add(i);
            }
        }
        if (handleInvalid == InvalidValues.SKIP) {
            columns.inputs().forEach(plan::resolve);
        }
        int[] column = found.stream().mapToInt(Integer::intValue).toArray();
        int[] in = new int[column.length];
        int[] out = new int[column.length];
        for (int i = 0; i < column.length; i++) {
            in[i] = plan.slot(columns.input(column[i]));
        }
        for (int i = 0; i < column.length; i++) {
            out[i] = plan.add(output(column[i]));
        }
        if (handleInvalid == InvalidValues.SKIP) {
            plan.step(slots -> {
                for (int i = 0; i < in.length; i++) {
                    Object value = slots[in[i]];
                    if (value == null || isNaN(value) || find(column[i], value) == null) {
                        return false;
                    }
                }
                return true;
            });
        }
        plan.step(slots -> {
            for (int i = 0; i < in.length; i++) {
                slots[out[i]] = index(column[i], slots[in[i]]);
            }
            return true;
        });
    }

    private Field output(int column) {
        List<String> names = labels.get(column);
        if (handleInvalid == InvalidValues.KEEP) {
            names = new ArrayList<>(names);
            names.add(UNKNOWN);
        }
        String name = columns.output(column);
        return Field.notNull(name, DataType.DOUBLE)
                .withAttributes(Attribute.nominal(names).withName(name));
    }

    /**
     * The index of a value of a column.
     *
     * @param column which of the columns, from 0
     * @param value a text or a number
     * @throws ScoringException if it was not seen in training and {@code handleInvalid} is not "keep"
     */
    public double index(int column, @Nullable Object value) {
        Double index = value == null ? null : find(column, value);
        if (index != null) {
            return index;
        }
        if (handleInvalid == InvalidValues.KEEP) {
            return labels.get(column).size();
        }
        if (value == null) {
            throw ScoringException.spark("StringIndexer encountered NULL value. To handle or skip NULLS, try setting"
                    + " StringIndexer.handleInvalid.");
        }
        throw ScoringException.spark(
                "Unseen label: " + SqlText.of(value) + ". To handle unseen labels, set Param handleInvalid to keep.");
    }

    /** The index of a label of the first column. */
    public double index(@Nullable String label) {
        return index(0, label);
    }

    private @Nullable Double find(int column, Object value) {
        return indices.get(column).get(SqlText.of(value));
    }

    private static boolean isNaN(Object value) {
        return (value instanceof Double number && number.isNaN()) || (value instanceof Float single && single.isNaN());
    }
}
