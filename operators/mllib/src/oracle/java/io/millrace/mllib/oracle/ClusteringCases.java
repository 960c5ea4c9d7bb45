// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.oracle;

import org.apache.spark.ml.*;
import org.apache.spark.ml.classification.*;
import org.apache.spark.ml.clustering.*;
import org.apache.spark.ml.evaluation.*;
import org.apache.spark.ml.feature.*;
import org.apache.spark.ml.fpm.*;
import org.apache.spark.ml.linalg.*;
import org.apache.spark.ml.recommendation.*;
import org.apache.spark.ml.regression.*;
import org.apache.spark.ml.tuning.*;
import org.apache.spark.sql.*;

/** Clusters, mixtures, topics. */
final class ClusteringCases extends CaseList {

    ClusteringCases(CaseFolder folder) {
        super(folder);
    }

    @Override
    void all(Dataset<Row> t) {
        Dataset<Row> ar = t.selectExpr("*", ARR, FAR, PAR);
        make(
                "o-kmeans-2",
                "clustering/KMeans",
                EXACT,
                FEATURES,
                () -> new KMeans().setK(2).setSeed(5).fit(t));
        make(
                "o-kmeans-20",
                "clustering/KMeans",
                EXACT,
                FEATURES,
                () -> new KMeans().setK(20).setSeed(5).fit(t));
        make(
                "o-kmeans-cosine-5",
                "clustering/KMeans",
                EXACT,
                FEATURES,
                () -> new KMeans()
                        .setK(5)
                        .setSeed(5)
                        .setDistanceMeasure("cosine")
                        .fit(t.filter("id % 50 < 40 and label != 0")));
        make(
                "o-bisecting-7",
                "clustering/BisectingKMeans",
                EXACT,
                FEATURES,
                () -> new BisectingKMeans().setK(7).setSeed(2).fit(t));
        make(
                "o-bisecting-cosine",
                "clustering/BisectingKMeans",
                EXACT,
                FEATURES,
                () -> new BisectingKMeans()
                        .setK(4)
                        .setSeed(2)
                        .setDistanceMeasure("cosine")
                        .fit(t));
        make(
                "o-gmm-3",
                "clustering/GaussianMixture",
                NEAR,
                FEATURES,
                () -> new GaussianMixture().setK(3).setSeed(2).setMaxIter(10).fit(t));
        make(
                "o-lda-em",
                "clustering/LDA",
                NEAR,
                s("pos"),
                () -> new LDA()
                        .setK(3)
                        .setSeed(2)
                        .setMaxIter(5)
                        .setOptimizer("em")
                        .setFeaturesCol("pos")
                        .fit(t));
        make(
                "o-lda-online",
                "clustering/LDA",
                NEAR,
                s("pos"),
                () -> new LDA()
                        .setK(4)
                        .setSeed(2)
                        .setMaxIter(5)
                        .setFeaturesCol("pos")
                        .fit(t));
        make(
                "q-arr-kmeans",
                "clustering/KMeans",
                EXACT,
                s(ARR),
                () -> new KMeans().setK(3).setSeed(2).setFeaturesCol("arr").fit(ar));
        make(
                "q-arr-kmeans-f",
                "clustering/KMeans",
                EXACT,
                s(FAR),
                () -> new KMeans().setK(3).setSeed(2).setFeaturesCol("far").fit(ar));
        make(
                "q-arr-bis",
                "clustering/BisectingKMeans",
                EXACT,
                s(FAR),
                () -> new BisectingKMeans().setK(3).setFeaturesCol("far").fit(ar));
        make(
                "q-arr-gmm",
                "clustering/GaussianMixture",
                NEAR,
                s(ARR),
                () -> new GaussianMixture()
                        .setK(2)
                        .setSeed(2)
                        .setMaxIter(4)
                        .setFeaturesCol("arr")
                        .fit(ar));
        make(
                "q-arr-lda",
                "clustering/LDA",
                NEAR,
                s(PAR),
                () -> new LDA()
                        .setK(2)
                        .setSeed(2)
                        .setMaxIter(4)
                        .setFeaturesCol("par")
                        .setTopicDistributionCol("td")
                        .setDocConcentration(new double[] {0.3, 0.9})
                        .setTopicConcentration(0.4)
                        .fit(ar));
        make(
                "q-lda-long",
                "clustering/LDA",
                NEAR,
                s("pos"),
                () -> new LDA()
                        .setK(7)
                        .setMaxIter(2)
                        .setSeed(9)
                        .setFeaturesCol("pos")
                        .setOptimizeDocConcentration(false)
                        .setTopicConcentration(1.5)
                        .fit(t));
    }
}
