// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.attribute.Attribute;
import io.millrace.mllib.attribute.AttributeGroup;
import io.millrace.mllib.model.RowPlan;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.model.ScoringException;
import io.millrace.mllib.model.Transformer;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes of each index a sparse vector with a 1 at its place. With {@code dropLast} (default) the last category has no place:
 * it is the vector of zeros. Values below 0, not numbers, or beyond the categories are refused ({@code handleInvalid}
 * "error") or are a category of their own behind the last ("keep"). Null gives null. As Spark's {@code OneHotEncoderModel}.
 */
public final class OneHotEncoderModel implements Transformer {

    /** A number in the file must not make as many objects. */
    private static final int MOST_PREPARED = 1 << 16;

    private final String uid;
    private final ColumnPairs columns;
    private final boolean dropLast;
    private final boolean keep;
    private final int[] categorySizes;
    /** The encodings of each column by index, the last that of an invalid value; none where there are very many. */
    private final Vector[][] encodings;

    public OneHotEncoderModel(Params params, int[] categorySizes) {
        uid = params.uid();
        columns = ColumnPairs.of(params);
        dropLast = params.getBoolean("dropLast", true);
        keep = InvalidValues.of(params, InvalidValues.ERROR, InvalidValues.KEEP) == InvalidValues.KEEP;
        this.categorySizes = categorySizes.clone();
        if (categorySizes.length != columns.size()) {
            throw new IllegalArgumentException(
                    "the sizes of " + categorySizes.length + " columns, there are " + columns.size() + " inputCols");
        }
        encodings = new Vector[categorySizes.length][];
        for (int i = 0; i < categorySizes.length; i++) {
            if (categorySizes[i] < 1 || categorySizes[i] > 1 << 24) {
                throw new IllegalArgumentException(
                        "column " + columns.input(i) + " of " + categorySizes[i] + " categories");
            }
            encodings[i] = encodings(size(i), categorySizes[i] < MOST_PREPARED ? categorySizes[i] + 1 : 0);
        }
    }

    static OneHotEncoderModel load(SavedStage saved) {
        return new OneHotEncoderModel(saved.params(), saved.data().ints("categorySizes"));
    }

    private static Vector[] encodings(int size, int count) {
        Vector[] vectors = new Vector[count];
        for (int i = 0; i < count; i++) {
            vectors[i] = encoding(size, i);
        }
        return vectors;
    }

    private static Vector encoding(int size, int index) {
        return index < size
                ? Vectors.sparse(size, new int[] {index}, new double[] {1.0})
                : Vectors.sparse(size, new int[0], new double[0]);
    }

    /** The size of the vectors of a column. */
    private int size(int column) {
        return categorySizes[column] + (keep ? 1 : 0) - (dropLast ? 1 : 0);
    }

    @Override
    public String uid() {
        return uid;
    }

    @Override
    public void plan(RowPlan plan) {
        int[] in = new int[columns.size()];
        int[] out = new int[in.length];
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < in.length; i++) {
            in[i] = plan.numericSlot(columns.input(i));
            fields.add(output(i, plan.field(columns.input(i))));
        }
        for (int i = 0; i < in.length; i++) {
            out[i] = plan.add(fields.get(i));
        }
        plan.step(slots -> {
            for (int i = 0; i < in.length; i++) {
                Number value = (Number) slots[in[i]];
                slots[out[i]] = value == null ? null : encode(i, value.doubleValue());
            }
            return true;
        });
    }

    private Field output(int column, Field input) {
        List<String> names = names(input);
        String name = columns.output(column);
        if (names == null && categorySizes[column] > AttributeGroup.MOST) {
            return Field.of(name, DataType.VECTOR).withAttributes(AttributeGroup.ofSize(name, size(column)));
        }
        if (names == null) {
            names = IntStream.range(0, categorySizes[column])
                    .mapToObj(Integer::toString)
                    .toList();
        } else if (dropLast && !keep && names.size() < 2) {
            throw new IllegalArgumentException("requirement failed: The input column " + input.name()
                    + " should have at least two distinct values.");
        }
        List<Attribute> attributes = new ArrayList<>();
        for (String category : names) {
            attributes.add(Attribute.binary().withName(category));
        }
        if (dropLast && !keep) {
            attributes.remove(attributes.size() - 1);
        } else if (!dropLast && keep) {
            attributes.add(Attribute.binary().withName("invalidValues"));
        }
        if (attributes.size() != size(column)) {
            throw new IllegalArgumentException("requirement failed: OneHotEncoderModel expected " + size(column)
                    + " categorical values for input column " + input.name()
                    + ", but the input column had metadata specifying " + attributes.size() + " values.");
        }
        return Field.of(name, DataType.VECTOR).withAttributes(AttributeGroup.of(name, attributes));
    }

    /** The names of the categories that the column's metadata has, or null if it has none. */
    private static @Nullable List<String> names(Field input) {
        Attribute attribute = input.attribute();
        if (attribute.kind() == Attribute.Kind.NUMERIC) {
            throw new ScoringException(
                    "java.lang.RuntimeException", "The input column " + input.name() + " cannot be continuous-value.");
        }
        if (attribute.values() != null || attribute.valueCount() < 0) {
            return attribute.values();
        }
        return IntStream.range(0, attribute.valueCount())
                .mapToObj(Integer::toString)
                .toList();
    }

    /**
     * The vector of a value of a column; one and the same object each time, unless the column has more than 65,535 categories.
     *
     * @param column which of the columns, from 0
     */
    public Vector encode(int column, double value) {
        int size = categorySizes[column];
        if (value >= 0 && value < size) {
            return encoded(column, (int) value);
        }
        if (!keep) {
            throw ScoringException.spark(
                    value < 0
                            ? "Negative value: " + value
                                    + ". Input can't be negative. To handle invalid values, set Param"
                                    + " handleInvalid to keep"
                            : "Unseen value: " + value + ". To handle unseen values, set Param handleInvalid to keep.");
        }
        return encoded(column, size);
    }

    private Vector encoded(int column, int index) {
        Vector[] prepared = encodings[column];
        return prepared.length == 0 ? encoding(size(column), index) : prepared[index];
    }
}
