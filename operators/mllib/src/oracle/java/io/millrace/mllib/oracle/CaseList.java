// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.oracle;

import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Cases of one topic: each is a name, the columns of the rows to score, and how Spark comes to the model. */
abstract class CaseList {

    /** The numbers must have the same bits. */
    static final String EXACT = "exact";

    /** For what goes through dot products, exponentials or logarithms: the last bits depend on the JVM. */
    static final String NEAR = "1e-9";

    static final String[] FEATURES = {"features"};

    static final String ARR = "array(coalesce(b, 0D), coalesce(c, 0D)) as arr";
    static final String FAR = "array(float(coalesce(b, 0D)), float(coalesce(c, 0D))) as far";
    static final String PAR = "array(abs(coalesce(b, 0D)), coalesce(c, 0D)) as par";

    /** How Spark comes to a model. */
    @FunctionalInterface
    interface Model {
        Transformer get() throws Exception;
    }

    private final CaseFolder folder;

    CaseList(CaseFolder folder) {
        this.folder = folder;
    }

    /** Makes the cases; {@code t} are the rows to train with. */
    abstract void all(Dataset<Row> t);

    void make(String name, String family, String compare, String[] columns, Model model) {
        folder.make(name, family, compare, columns, model);
    }

    static String[] s(String... names) {
        return names;
    }

    static Pipeline pipe(PipelineStage... stages) {
        return new Pipeline().setStages(stages);
    }

    /** An indexer that keeps what it does not know. */
    static StringIndexer si(String input, String output) {
        return new StringIndexer().setInputCol(input).setOutputCol(output).setHandleInvalid("keep");
    }

    /** Sets {@code leafCol}, whose setter gives another type than that of the estimator. */
    static <T> T leaf(T estimator, String column) {
        try {
            estimator.getClass().getMethod("setLeafCol", String.class).invoke(estimator, column);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
        return estimator;
    }
}
