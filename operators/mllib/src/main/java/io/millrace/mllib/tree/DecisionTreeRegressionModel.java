// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.tree;

import io.millrace.mllib.attribute.Attribute;
import io.millrace.mllib.model.PredictionModel;
import io.millrace.mllib.model.RowPlan;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;

/** A decision tree that tells numbers, and how they vary in the leaf. As Spark's {@code DecisionTreeRegressionModel}. */
public final class DecisionTreeRegressionModel extends PredictionModel {

    private final Trees trees;
    private final double[] variances;
    private final String varianceCol;
    private final String leafCol;

    DecisionTreeRegressionModel(Params params, Trees trees) {
        super(params);
        this.trees = trees;
        variances = new double[trees.leafCount()];
        for (int leaf = 0; leaf < variances.length; leaf++) {
            double[] stats = trees.stats();
            variances[leaf] = variance(stats[3 * leaf], stats[3 * leaf + 1], stats[3 * leaf + 2]);
        }
        varianceCol = params.getString("varianceCol", "");
        leafCol = params.getString("leafCol", "");
    }

    static DecisionTreeRegressionModel load(SavedStage saved) {
        return new DecisionTreeRegressionModel(saved.params(), SavedTrees.single(saved, 3));
    }

    private static double variance(double count, double sum, double sumOfSquares) {
        if (count == 0) {
            return 0.0;
        }
        double squaredLoss = sumOfSquares - sum * sum / count;
        return squaredLoss / count;
    }

    @Override
    public int numFeatures() {
        return trees.numFeatures();
    }

    public int numNodes() {
        return trees.nodeCount();
    }

    public int depth() {
        return trees.depth(0);
    }

    @Override
    public double predict(Vector features) {
        return trees.prediction(trees.find(0, features));
    }

    /** How the numbers vary that training saw in the leaf: the mean of their squared distances from their mean. */
    public double predictVariance(Vector features) {
        return variances[trees.leaf(trees.find(0, features))];
    }

    /** The number of the leaf, from 0, left to right. */
    public double predictLeaf(Vector features) {
        return LeafColumn.single(trees, features);
    }

    @Override
    public void plan(RowPlan plan) {
        int in = plan.vectorSlot(featuresCol());
        super.plan(plan);
        if (!varianceCol.isEmpty()) {
            int out = plan.put(Field.notNull(varianceCol, DataType.DOUBLE).withAttributes(Attribute.numeric()));
            plan.step(slots -> {
                slots[out] = predictVariance(features(slots[in]));
                return true;
            });
        }
        LeafColumn.planSingle(plan, leafCol, in, trees, this::features);
    }

    @Override
    protected Vector features(@Nullable Object value) {
        return LeafColumn.standsIn(trees, value) ? LeafColumn.noFeatures() : super.features(value);
    }

    @Override
    public String nullFeaturesMessage() {
        return LeafColumn.NULL_FEATURES;
    }
}
