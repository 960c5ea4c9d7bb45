// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.model.ColumnStage;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every {@code n} neighbouring words (2 by default), joined by blanks; none if there are fewer. A null word reads
 * {@code null}. As Spark's {@code NGram}.
 */
public final class NGram extends ColumnStage {

    private final int n;

    public NGram(Params params) {
        super(params);
        n = params.getInt("n", 2);
        if (n < 1) {
            throw params.failure("n", "is " + n + ", must be at least 1");
        }
    }

    static NGram load(SavedStage saved) {
        return new NGram(saved.params());
    }

    @Override
    protected Field outputField(Field input) {
        TokenLists.checkIs(input, "requirement failed: Input type must be array<string> but got %s");
        return Field.of(outputCol(), DataType.arrayOf(DataType.STRING));
    }

    @Override
    protected String outputExists() {
        return "Output column " + outputCol() + " already exists.";
    }

    @Override
    protected Object apply(@Nullable Object value) {
        return grams(NullInput.refuseList(value, "iterator()", "x$1"));
    }

    /** The n-grams of a list of words. */
    public List<String> grams(List<@Nullable String> words) {
        List<String> grams = new ArrayList<>(Math.max(0, words.size() - n + 1));
        for (int i = 0; i + n <= words.size(); i++) {
            StringBuilder gram = new StringBuilder();
            for (int j = i; j < i + n; j++) {
                gram.append(j == i ? "" : " ").append(words.get(j));
            }
            grams.add(gram.toString());
        }
        return Collections.unmodifiableList(grams);
    }
}
