// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.model.ColumnStage;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import io.millrace.mllib.table.TypeNames;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Lower case, cut at every white space of ASCII. White space at the front gives empty words, at the end it does not; the
 * empty text gives one empty word. As Spark's {@code Tokenizer}.
 */
public final class Tokenizer extends ColumnStage {

    public Tokenizer(Params params) {
        super(params);
    }

    static Tokenizer load(SavedStage saved) {
        return new Tokenizer(saved.params());
    }

    @Override
    protected Field outputField(Field input) {
        if (!input.type().equals(DataType.STRING)) {
            throw new IllegalArgumentException("requirement failed: Input type must be string type but got "
                    + TypeNames.catalog(input.type()) + ".");
        }
        return Field.of(outputCol(), DataType.arrayOf(DataType.STRING));
    }

    @Override
    protected String outputExists() {
        return "Output column " + outputCol() + " already exists.";
    }

    @Override
    protected Object apply(@Nullable Object value) {
        return tokens((String) NullInput.refuse(value, "String.toLowerCase()", "x$1"));
    }

    /** The words of a text. */
    public List<String> tokens(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        int cuts = 0;
        for (int i = 0; i < lower.length(); i++) {
            cuts += isSpace(lower.charAt(i)) ? 1 : 0;
        }
        if (cuts == 0) {
            return List.of(lower);
        }
        String[] words = new String[cuts + 1];
        int count = 0;
        int kept = 0; // up to the last word that is not empty
        int start = 0;
        for (int i = 0; i <= lower.length(); i++) {
            if (i == lower.length() || isSpace(lower.charAt(i))) {
                words[count++] = lower.substring(start, i);
                kept = i > start ? count : kept;
                start = i + 1;
            }
        }
        return List.of(kept == words.length ? words : Arrays.copyOf(words, kept));
    }

    /** As {@code \s} in Java's patterns. */
    private static boolean isSpace(char c) {
        return c <= ' ' && (c == ' ' || (c >= '\t' && c <= '\r'));
    }
}
