// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.model.RowPlan;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.model.Transformer;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.table.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes words away. Unless {@code caseSensitive}, words are compared in lower case, as the {@code locale} has it. Null words
 * stay. Of one column or of several. As Spark's {@code StopWordsRemover}: like it, this takes the locale's text for a
 * language, so that only a bare language ({@code tr}) changes how lower case is made, and {@code tr_TR} does not.
 */
public final class StopWordsRemover implements Transformer {

    private final String uid;
    private final ColumnPairs columns;
    private final boolean caseSensitive;
    private final Locale locale;
    private final Set<String> stopWords;

    public StopWordsRemover(Params params) {
        uid = params.uid();
        columns = ColumnPairs.of(params);
        caseSensitive = params.getBoolean("caseSensitive", false);
        locale = sparkLocale(params.getString("locale", "en"));
        List<String> words = params.strings("stopWords");
        if (words == null) {
            throw params.failure("stopWords", "has no value");
        }
        stopWords = new HashSet<>(2 * words.size());
        for (String word : words) {
            stopWords.add(caseSensitive ? word : word.toLowerCase(locale));
        }
    }

    static StopWordsRemover load(SavedStage saved) {
        return new StopWordsRemover(saved.params());
    }

    // the whole text as the language, as Spark makes it; Locale.of is of Java 19
    @SuppressWarnings("deprecation")
    private static Locale sparkLocale(String name) {
        return new Locale(name);
    }

    @Override
    public String uid() {
        return uid;
    }

    @Override
    public void plan(RowPlan plan) {
        int[] in = new int[columns.size()];
        int[] out = new int[in.length];
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < in.length; i++) {
            Field input = plan.field(columns.input(i));
            TokenLists.check(input);
            in[i] = plan.slot(columns.input(i));
            fields.add(new Field(columns.output(i), input.type(), input.nullable(), null));
        }
        for (int i = 0; i < in.length; i++) {
            if (plan.schema().contains(columns.output(i))) {
                throw new IllegalArgumentException(
                        "requirement failed: Output Column " + columns.output(i) + " already exists.");
            }
            out[i] = plan.add(fields.get(i));
        }
        plan.step(slots -> {
            for (int i = 0; i < in.length; i++) {
                slots[out[i]] = keep(NullInput.refuseList(slots[in[i]], "filter(scala.Function1)", "terms"));
            }
            return true;
        });
    }

    /** The words that stay, in their order. */
    public List<@Nullable String> keep(List<@Nullable String> words) {
        List<@Nullable String> kept = new ArrayList<>(words.size());
        for (String word : words) {
            if (word == null || !stopWords.contains(caseSensitive ? word : word.toLowerCase(locale))) {
                kept.add(word);
            }
        }
        return Collections.unmodifiableList(kept);
    }
}
