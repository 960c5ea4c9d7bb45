// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.clustering;

import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.storage.Json;
import io.millrace.mllib.storage.ModelDirectory;
import io.millrace.mllib.storage.ModelFormatException;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.storage.ParquetRow;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.jspecify.annotations.Nullable;

/**
 * Topics that the expectation-maximisation optimizer found. As Spark's {@code DistributedLDAModel}, which scores like a
 * local model but from another random start in every session, so that its own answers differ from the fourth digit on;
 * here the start is the one of {@link LocalLDAModel}. The documents it was trained with are saved too and not loaded.
 */
public final class DistributedLDAModel extends LDAModel {

    private static final String CLASS = "org.apache.spark.mllib.clustering.DistributedLDAModel";

    public DistributedLDAModel(Params params, Matrix topicsMatrix, Vector docConcentration, double gammaShape) {
        super(params, topicsMatrix, docConcentration, gammaShape);
    }

    static DistributedLDAModel load(SavedStage saved) {
        ModelDirectory directory = saved.directory().child("oldModel");
        Map<String, @Nullable Object> metadata;
        try {
            metadata = Json.parseObject(
                    directory.metadataText("metadata"), directory.limits().depth());
        } catch (IOException e) {
            throw new ModelFormatException(directory.name() + "/metadata", "not JSON: " + e.getMessage(), e);
        }
        if (!CLASS.equals(metadata.get("class")) || !"1.0".equals(metadata.get("version"))) {
            throw directory.failure(
                    "metadata",
                    "is of class " + metadata.get("class") + ", version " + metadata.get("version") + ", must be "
                            + CLASS + ", 1.0");
        }
        int topics = size(directory, metadata, "k");
        int terms = size(directory, metadata, "vocabSize");
        if ((long) topics * terms > directory.limits().elements()) {
            throw directory.failure(
                    "metadata",
                    "has " + topics + " topics of " + terms + " terms, at most "
                            + directory.limits().elements() + " numbers are read");
        }
        double[] concentration = doubles(directory, metadata.get("docConcentration"));
        double gammaShape = number(directory, "gammaShape", metadata.get("gammaShape"));
        return new DistributedLDAModel(
                saved.params(),
                topics(directory.child("data").rows("topicCounts"), terms, topics),
                Vectors.dense(concentration),
                gammaShape);
    }

    /** Term w is the vertex of id -(w + 1); documents have ids from 0. */
    static Matrix topics(List<ParquetRow> vertices, int terms, int topics) {
        double[] values = new double[terms * topics];
        for (ParquetRow row : vertices) {
            long id = row.getLong("id");
            if (id >= 0) {
                continue;
            }
            long term = -(id + 1);
            Vector weights = row.vector("topicWeights");
            if (term >= terms || weights.size() != topics) {
                throw row.failure(
                        "topicWeights",
                        "has size " + weights.size() + " for term " + term + ", there are " + topics + " topics of "
                                + terms + " terms");
            }
            for (int topic = 0; topic < topics; topic++) {
                values[topic * terms + (int) term] = weights.apply(topic);
            }
        }
        return new DenseMatrix(terms, topics, values);
    }

    private static int size(ModelDirectory directory, Map<String, @Nullable Object> metadata, String key) {
        if (metadata.get(key) instanceof Long value && value > 0 && value == value.intValue()) {
            return value.intValue();
        }
        throw directory.failure("metadata", key + " is " + metadata.get(key) + ", must be a whole number above 0");
    }

    private static double[] doubles(ModelDirectory directory, @Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream()
                    .mapToDouble(element -> number(directory, "docConcentration", element))
                    .toArray();
        }
        throw directory.failure("metadata", "docConcentration is " + value + ", must be a list of numbers");
    }

    private static double number(ModelDirectory directory, String key, @Nullable Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw directory.failure("metadata", key + " is " + value + ", must be a number");
    }
}
