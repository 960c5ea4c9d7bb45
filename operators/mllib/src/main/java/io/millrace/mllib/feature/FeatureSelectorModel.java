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
import io.millrace.mllib.storage.ParquetRow;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;

/** Keeps some entries of a vector, in their order. Sparse stays sparse. Immutable and thread-safe. */
public abstract class FeatureSelectorModel implements Transformer {

    private final String uid;
    private final String featuresCol;
    private final String outputCol;
    private final int[] selected;

    /** {@code selected} are the places of the entries that are kept, from 0, each once, in any order. */
    FeatureSelectorModel(Params params, int[] selected) {
        uid = params.uid();
        featuresCol = params.getString("featuresCol", "features");
        outputCol = params.outputCol();
        this.selected = selected.clone();
        Arrays.sort(this.selected);
        for (int i = 0; i < selected.length; i++) {
            if (this.selected[i] < 0 || (i > 0 && this.selected[i] == this.selected[i - 1])) {
                throw new IllegalArgumentException("feature " + this.selected[i] + " is selected twice or negative");
            }
        }
    }

    /** Loads a model of which only the selected features are saved. */
    static FeatureSelectorModel load(SavedStage saved, BiFunction<Params, int[], FeatureSelectorModel> model) {
        ParquetRow data = saved.data();
        int[] selected = data.ints("selectedFeatures");
        int[] sorted = selected.clone();
        Arrays.sort(sorted);
        for (int i = 0; i < sorted.length; i++) {
            if (sorted[i] < 0 || (i > 0 && sorted[i] == sorted[i - 1])) {
                throw data.failure("selectedFeatures", "holds " + sorted[i] + (i > 0 ? " after " + sorted[i - 1] : ""));
            }
        }
        return model.apply(saved.params(), selected);
    }

    @Override
    public final String uid() {
        return uid;
    }

    public final String featuresCol() {
        return featuresCol;
    }

    public final String outputCol() {
        return outputCol;
    }

    /** The places of the entries that are kept, ascending. */
    public final int[] selectedFeatures() {
        return selected.clone();
    }

    /** What the metadata says of a feature of which nothing was known. */
    abstract Attribute defaultAttribute();

    @Override
    public final void plan(RowPlan plan) {
        int in = plan.vectorSlot(featuresCol);
        int out = plan.add(Field.of(outputCol, DataType.VECTOR)
                .withAttributes(attributes(plan.field(featuresCol).attributeGroup())));
        plan.step(slots -> {
            slots[out] = ofRow((Vector) slots[in]);
            return true;
        });
    }

    private AttributeGroup attributes(AttributeGroup known) {
        List<Attribute> attributes = known.attributes();
        if (attributes == null) {
            return AttributeGroup.of(outputCol, Collections.nCopies(selected.length, defaultAttribute()));
        }
        List<Attribute> kept = new ArrayList<>(selected.length);
        for (int feature : selected) {
            if (feature < attributes.size()) {
                kept.add(attributes.get(feature));
            }
        }
        return AttributeGroup.of(outputCol, kept);
    }

    private Vector ofRow(@Nullable Vector vector) {
        if (vector == null) {
            throw ScoringException.nullCall("Object.getClass()", "<local5>");
        }
        return select(vector);
    }

    /**
     * The selected entries.
     *
     * @throws ArrayIndexOutOfBoundsException if a dense vector is too short; entries that a sparse one lacks are 0
     */
    public final Vector select(Vector vector) {
        if (vector instanceof SparseVector sparse) {
            return select(sparse);
        }
        double[] all = vector.toArray();
        double[] kept = new double[selected.length];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = all[selected[i]];
        }
        return new DenseVector(kept);
    }

    private SparseVector select(SparseVector vector) {
        int[] indices = vector.indices();
        double[] values = vector.values();
        int most = Math.min(indices.length, selected.length);
        int[] keptIndices = new int[most];
        double[] kept = new double[most];
        int count = 0;
        int i = 0;
        int j = 0;
        while (i < indices.length && j < selected.length) {
            if (indices[i] == selected[j]) {
                keptIndices[count] = j++;
                kept[count++] = values[i++];
            } else if (indices[i] > selected[j]) {
                j++;
            } else {
                i++;
            }
        }
        return new SparseVector(selected.length, Arrays.copyOf(keptIndices, count), Arrays.copyOf(kept, count));
    }
}
