// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.clustering;

import io.millrace.mllib.model.NullVector;
import io.millrace.mllib.model.QuietNetlib;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.storage.Params;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;

/**
 * Bisecting k-means: from the root of the tree of clusters always to the nearer child, down to a leaf, which need not be
 * the nearest of all leaves. Euclidean distance or, if it was trained so, cosine. As Spark's {@code BisectingKMeansModel}.
 */
public final class BisectingKMeansModel extends ClusteringModel {

    static {
        QuietNetlib.apply();
    }

    private final ClusterTree tree;

    BisectingKMeansModel(Params params, ClusterTree tree) {
        super(params);
        this.tree = tree;
    }

    static BisectingKMeansModel load(SavedStage saved) {
        return new BisectingKMeansModel(
                saved.params(), ClusterTree.load(saved.directory().child("data")));
    }

    /** How many leaves there are. */
    @Override
    public int k() {
        return tree.leafCenters().size();
    }

    @Override
    public int numFeatures() {
        return tree.leafCenters().get(0).size();
    }

    /** A copy of the centers of the leaves, in the order in which a walk over the tree meets them. */
    public List<Vector> clusterCenters() {
        return tree.leafCenters().stream().map(Vector::copy).toList();
    }

    /** {@code euclidean} or {@code cosine}. */
    public String distanceMeasure() {
        return tree.isCosine() ? "cosine" : "euclidean";
    }

    @Override
    public int predict(Vector features) {
        return tree.predict(features);
    }

    @Override
    protected Vector present(@Nullable Vector features) {
        return NullVector.matched(features);
    }
}
