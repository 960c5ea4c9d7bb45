// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.attribute.AttributeGroup;
import io.millrace.mllib.model.RowPlan;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.model.ScoringException;
import io.millrace.mllib.model.Transformer;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;

/**
 * Says of a vector column how large its vectors are. A vector of another size, or null, refuses the row
 * ({@code handleInvalid = error}, the default), drops it ({@code skip}), or is not looked for ({@code optimistic}). As
 * Spark's {@code VectorSizeHint}.
 */
public final class VectorSizeHint implements Transformer {

    private final String uid;
    private final String inputCol;
    private final int size;
    private final InvalidValues invalid;

    public VectorSizeHint(Params params) {
        uid = params.uid();
        inputCol = params.getString("inputCol");
        invalid = InvalidValues.of(params, InvalidValues.ERROR, InvalidValues.SKIP, InvalidValues.OPTIMISTIC);
        size = params.getInt("size", -1);
        if (size < 0) {
            throw params.failure(
                    "size", params.isDefined("size") ? "is " + size + ", must be 0 or more" : "has no value");
        }
    }

    static VectorSizeHint load(SavedStage saved) {
        return new VectorSizeHint(saved.params());
    }

    @Override
    public String uid() {
        return uid;
    }

    /** The size that vectors must have. */
    public int size() {
        return size;
    }

    @Override
    public void plan(RowPlan plan) {
        Field input = plan.field(inputCol);
        if (!input.type().equals(DataType.VECTOR)) {
            throw new IllegalArgumentException("requirement failed");
        }
        int in = plan.slot(inputCol);
        AttributeGroup group = input.attributeGroup();
        if (group.size() != size && group.size() != -1) {
            throw new IllegalArgumentException("Trying to set size of vectors in `" + inputCol + "` to " + size
                    + " but size already set to " + group.size() + ".");
        }
        if (group.size() == -1) {
            plan.describe(input.withAttributes(AttributeGroup.ofSize(inputCol, size)));
        }
        if (invalid != InvalidValues.OPTIMISTIC) {
            plan.step(slots -> check((Vector) slots[in]));
        }
    }

    /** Whether a vector may stay. */
    private boolean check(@Nullable Vector vector) {
        if (vector != null && vector.size() == size) {
            return true;
        }
        if (invalid == InvalidValues.SKIP) {
            return false;
        }
        throw raised(
                vector == null
                        ? "Got null vector in VectorSizeHint, set `handleInvalid` to 'skip' to filter invalid rows."
                        : "VectorSizeHint Expecting a vector of size " + size + " but got " + vector.size());
    }

    private static ScoringException raised(String message) {
        return new ScoringException(
                ScoringException.SPARK_RUNTIME, "[USER_RAISED_EXCEPTION] " + message + " SQLSTATE: P0001");
    }
}
