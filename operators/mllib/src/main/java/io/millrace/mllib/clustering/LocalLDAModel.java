// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.clustering;

import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.storage.ParquetRow;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.Vector;

/** Topics that the online optimizer found. As Spark's {@code LocalLDAModel} once it has been loaded. */
public final class LocalLDAModel extends LDAModel {

    public LocalLDAModel(Params params, Matrix topicsMatrix, Vector docConcentration, double gammaShape) {
        super(params, topicsMatrix, docConcentration, gammaShape);
    }

    static LocalLDAModel load(SavedStage saved) {
        ParquetRow data = saved.data();
        Matrix topics = data.matrix("topicsMatrix");
        if (topics.numRows() != data.getInt("vocabSize")) {
            throw data.failure("vocabSize", "is not the number of rows of the topics");
        }
        return new LocalLDAModel(saved.params(), topics, data.vector("docConcentration"), data.getDouble("gammaShape"));
    }
}
