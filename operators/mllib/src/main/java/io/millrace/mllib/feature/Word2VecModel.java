// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.attribute.AttributeGroup;
import io.millrace.mllib.model.ColumnStage;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.storage.ParquetRow;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.jspecify.annotations.Nullable;

/**
 * The mean of the vectors of a sentence's words; a word that is not known counts as zeros. The empty sentence gives an empty
 * sparse vector, all others dense ones. As Spark's {@code Word2VecModel}.
 */
public final class Word2VecModel extends ColumnStage {

    private final Map<String, float[]> vectors;
    private final int size;

    /** A model of these words' vectors, each of the length of the parameter {@code vectorSize} (100 by default). */
    public Word2VecModel(Params params, Map<String, float[]> vectors) {
        super(params);
        size = params.getInt("vectorSize", 100);
        if (size < 1) {
            throw params.failure("vectorSize", "is " + size + ", must be at least 1");
        }
        vectors.forEach((word, vector) -> {
            if (vector.length != size) {
                throw new IllegalArgumentException(
                        "the vector of \"" + word + "\" has " + vector.length + " entries, vectorSize is " + size);
            }
        });
        this.vectors = new HashMap<>(vectors);
    }

    static Word2VecModel load(SavedStage saved) {
        Map<String, float[]> vectors = new HashMap<>();
        for (ParquetRow row : saved.dataRows()) {
            vectors.put(row.getString("word"), row.floats("vector"));
        }
        return new Word2VecModel(saved.params(), vectors);
    }

    @Override
    protected Field outputField(Field input) {
        TokenLists.checkOneOf(input);
        return Field.of(outputCol(), DataType.VECTOR).withAttributes(AttributeGroup.ofSize(outputCol(), size));
    }

    @Override
    protected Object apply(@Nullable Object value) {
        return mean(NullInput.refuseList(value, "isEmpty()", "sentence"));
    }

    /** The vector of a sentence. */
    public Vector mean(List<?> words) {
        if (words.isEmpty()) {
            return Vectors.sparse(size, new int[0], new double[0]);
        }
        double[] sum = new double[size];
        for (Object word : words) {
            float[] vector = vectors.get(word);
            if (vector != null) {
                for (int i = 0; i < size; i++) {
                    sum[i] += vector[i];
                }
            }
        }
        double factor = 1.0 / words.size();
        for (int i = 0; i < size; i++) {
            sum[i] *= factor;
        }
        return Vectors.dense(sum);
    }
}
