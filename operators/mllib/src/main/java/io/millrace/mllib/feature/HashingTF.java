// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.attribute.AttributeGroup;
import io.millrace.mllib.model.ColumnStage;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.model.ScoringException;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;

/**
 * Counts the terms of an array by their murmur3 hash modulo {@code numFeatures} (2^18 by default); with {@code binary} a
 * term counts once. Terms are texts, numbers or booleans; null is a term too. The result is sparse. Models of before
 * Spark 3.0 keep the hash of their time. As Spark's {@code HashingTF}.
 */
public final class HashingTF extends ColumnStage {

    private final int numFeatures;
    private final boolean binary;
    private final boolean before3;

    public HashingTF(Params params) {
        this(params, false);
    }

    /** With the hash that Spark had before 3.0, if {@code before3}. */
    public HashingTF(Params params, boolean before3) {
        super(params);
        numFeatures = TermCounts.numFeatures(params);
        binary = params.getBoolean("binary", false);
        this.before3 = before3;
    }

    static HashingTF load(SavedStage saved) {
        return new HashingTF(saved.params(), saved.metadata().savedBefore(3));
    }

    @Override
    protected Field outputField(Field input) {
        if (!(input.type() instanceof DataType.Array)) {
            throw new IllegalArgumentException("requirement failed: The input column must be array, but got "
                    + input.type().sparkName() + ".");
        }
        return Field.of(outputCol(), DataType.VECTOR).withAttributes(AttributeGroup.ofSize(outputCol(), numFeatures));
    }

    @Override
    protected Object apply(@Nullable Object value) {
        return counts(NullInput.refuseList(value, "foreach(scala.Function1)", "terms"));
    }

    public int numFeatures() {
        return numFeatures;
    }

    /** The vector of a document's terms. */
    public Vector counts(List<?> terms) {
        int[] indices = new int[terms.size()];
        int length = 0;
        for (Object term : terms) {
            indices[length++] = indexOf(term);
        }
        return TermCounts.vector(numFeatures, indices, length, binary, 0.0);
    }

    /** The index of a term, from 0 to {@code numFeatures - 1}. */
    public int indexOf(@Nullable Object term) {
        if (term instanceof String text && !before3) {
            return Math.floorMod(SparkHash.ofText(text), numFeatures);
        }
        Integer hash = SparkHash.of(term, before3);
        if (hash == null) {
            throw ScoringException.spark("HashingTF with murmur3 algorithm does not support type "
                    + (term == null ? "null" : term.getClass().getCanonicalName()) + " of input data.");
        }
        return Math.floorMod(hash, numFeatures);
    }
}
