// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.attribute.Attribute;
import io.millrace.mllib.attribute.AttributeGroup;
import io.millrace.mllib.model.ColumnStage;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.storage.ParquetRow;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;

/**
 * Counts the words of a vocabulary. Counts below {@code minTF} are left out; a {@code minTF} below 1 is a share of all words
 * of the document, those that are not in the vocabulary too. With {@code binary} a word counts once. The result is sparse.
 * As Spark's {@code CountVectorizerModel}.
 */
public final class CountVectorizerModel extends ColumnStage {

    private final List<String> vocabulary;
    private final Map<String, Integer> indices;
    private final double minTF;
    private final boolean binary;

    public CountVectorizerModel(Params params, List<String> vocabulary) {
        super(params);
        this.vocabulary = List.copyOf(vocabulary);
        minTF = params.getDouble("minTF", 1.0);
        binary = params.getBoolean("binary", false);
        if (!(minTF >= 0)) {
            throw params.failure("minTF", "is " + minTF + ", must be at least 0");
        }
        indices = new HashMap<>(2 * vocabulary.size());
        for (String word : vocabulary) {
            if (indices.put(word, indices.size()) != null) {
                throw new IllegalArgumentException("the vocabulary has \"" + word + "\" twice");
            }
        }
    }

    static CountVectorizerModel load(SavedStage saved) {
        ParquetRow data = saved.data();
        return new CountVectorizerModel(saved.params(), data.strings("vocabulary"));
    }

    @Override
    protected Field outputField(Field input) {
        TokenLists.checkOneOf(input);
        return Field.of(outputCol(), DataType.VECTOR)
                .withAttributes(
                        AttributeGroup.of(outputCol(), Collections.nCopies(vocabulary.size(), Attribute.numeric())));
    }

    @Override
    protected Object apply(@Nullable Object value) {
        return counts(NullInput.refuseList(value, "foreach(scala.Function1)", "document"));
    }

    /** The words counted, in the order of their indices. */
    public List<String> vocabulary() {
        return vocabulary;
    }

    /** The vector of a document's words. */
    public Vector counts(List<?> words) {
        int[] terms = new int[words.size()];
        int length = 0;
        for (Object word : words) {
            Integer index = indices.get(word);
            if (index != null) {
                terms[length++] = index;
            }
        }
        double least = minTF >= 1.0 ? minTF : words.size() * minTF;
        return TermCounts.vector(vocabulary.size(), terms, length, binary, least);
    }
}
