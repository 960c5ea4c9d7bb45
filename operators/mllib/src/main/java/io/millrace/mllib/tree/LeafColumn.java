// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.tree;

import io.millrace.mllib.attribute.Attribute;
import io.millrace.mllib.attribute.AttributeGroup;
import io.millrace.mllib.model.RowPlan;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.jspecify.annotations.Nullable;

/** The column that says in which leaf of each tree a row ends: {@code leafCol}. */
final class LeafColumn {

    /** What Java says in Spark where a tree meets a row without a vector. */
    static final String NULL_FEATURES =
            "Cannot invoke \"org.apache.spark.ml.linalg.Vector.apply(int)\" because \"features\" is null";

    private static final Vector NO_FEATURES = Vectors.dense(new double[0]);

    private LeafColumn() {}

    /** Whether a row without a vector is scored: Spark never asks for it where no tree has a split. */
    static boolean standsIn(Trees trees, @Nullable Object features) {
        return features == null && trees.leafCount() == trees.size();
    }

    /** What stands for the vector where {@link #standsIn}. */
    static Vector noFeatures() {
        return NO_FEATURES;
    }

    /** Adds a column of the leaf's number in the only tree; nothing if the name is "". */
    static void planSingle(
            RowPlan plan, String name, int in, Trees trees, Function<@Nullable Object, Vector> features) {
        if (!name.isEmpty()) {
            Field field = Field.notNull(name, DataType.DOUBLE).withAttributes(Attribute.nominal(trees.leafCount(0)));
            int out = plan.add(field);
            plan.step(slots -> {
                slots[out] = single(trees, features.apply(slots[in]));
                return true;
            });
        }
    }

    /** Adds a column of vectors of the leaves' numbers; nothing if the name is "". */
    static void planEnsemble(
            RowPlan plan, String name, int in, Trees trees, Function<@Nullable Object, Vector> features) {
        if (!name.isEmpty()) {
            List<Attribute> attributes = new ArrayList<>();
            for (int tree = 0; tree < trees.size(); tree++) {
                attributes.add(Attribute.nominal(trees.leafCount(tree)));
            }
            int out = plan.add(Field.of(name, DataType.VECTOR).withAttributes(AttributeGroup.of(name, attributes)));
            plan.step(slots -> {
                slots[out] = ensemble(trees, features.apply(slots[in]));
                return true;
            });
        }
    }

    static double single(Trees trees, Vector features) {
        return trees.leafIndex(0, trees.find(0, features));
    }

    static DenseVector ensemble(Trees trees, Vector features) {
        double[] leaves = new double[trees.size()];
        for (int tree = 0; tree < leaves.length; tree++) {
            leaves[tree] = trees.leafIndex(tree, trees.find(tree, features));
        }
        return new DenseVector(leaves);
    }
}
