// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.attribute.Attribute;
import io.millrace.mllib.model.RowPlan;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.model.Transformer;
import io.millrace.mllib.sql.SqlErrors;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import io.millrace.mllib.table.TypeNames;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives each index its label: of the parameter {@code labels} or, if there are none, of the metadata of the input column. The
 * index is cut to an integer. Indices out of range, null and numbers beyond int are refused. As Spark's
 * {@code IndexToString}.
 */
public final class IndexToString implements Transformer {

    private final String uid;
    private final String inputCol;
    private final String outputCol;
    private final List<String> labels;

    public IndexToString(Params params) {
        uid = params.uid();
        inputCol = params.getString("inputCol");
        outputCol = params.outputCol();
        List<String> given = params.strings("labels");
        labels = given == null ? List.of() : given;
    }

    static IndexToString load(SavedStage saved) {
        return new IndexToString(saved.params());
    }

    @Override
    public String uid() {
        return uid;
    }

    @Override
    public void plan(RowPlan plan) {
        Field input = plan.field(inputCol);
        if (!input.type().isNumeric()) {
            throw new IllegalArgumentException("requirement failed: The input column " + inputCol
                    + " must be a numeric type, but got " + TypeNames.scala(input.type()) + ".");
        }
        if (plan.schema().contains(outputCol)) {
            throw new IllegalArgumentException("requirement failed: Output column " + outputCol + " already exists.");
        }
        List<String> names = labels.isEmpty() ? labelsOf(input) : labels;
        String type = SqlErrors.typeName(input.type());
        int in = plan.slot(inputCol);
        int out = plan.add(Field.of(outputCol, DataType.STRING));
        plan.step(slots -> {
            slots[out] = label(names, type, (Number) slots[in]);
            return true;
        });
    }

    private static List<String> labelsOf(Field input) {
        Attribute attribute = input.attribute();
        List<String> values = attribute.values();
        if (attribute.kind() != Attribute.Kind.NOMINAL || values == null) {
            throw new IllegalArgumentException("column \"" + input.name()
                    + "\" has no labels in its metadata, and the parameter labels is not set");
        }
        return values;
    }

    private static String label(List<String> labels, String type, @Nullable Number value) {
        if (value == null) {
            throw SqlErrors.raised("Unseen index: null ??");
        }
        // a float or double that is out of range or not a number, which Spark's cast to int refuses
        double index = value.doubleValue();
        if (!(index > Integer.MIN_VALUE - 1.0 && index < Integer.MAX_VALUE + 1.0)) {
            throw SqlErrors.castOverflow(value, type, "INT");
        }
        int place = value.intValue();
        if (place < 0 || place >= labels.size()) {
            throw SqlErrors.raised("Unseen index: " + place + " ??");
        }
        return labels.get(place);
    }

    /** The label of an index; the labels must have been set. */
    public String label(double index) {
        return label(labels, "DOUBLE", index);
    }
}
