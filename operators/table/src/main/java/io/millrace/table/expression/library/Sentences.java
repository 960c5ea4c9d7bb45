// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import io.millrace.table.data.Utf8;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Cuts a text into sentences and those into words. */
final class Sentences {

    private Sentences() {}

    /** An array of arrays of words. */
    static Object[] of(String text) {
        List<Object> sentences = new ArrayList<>();
        BreakIterator cuts = BreakIterator.getSentenceInstance(Locale.US);
        cuts.setText(text);
        int from = cuts.first();
        for (int to = cuts.next(); to != BreakIterator.DONE; to = cuts.next()) {
            sentences.add(words(text.substring(from, to)));
            from = to;
        }
        return sentences.toArray();
    }

    private static Object[] words(String sentence) {
        List<Object> words = new ArrayList<>();
        BreakIterator cuts = BreakIterator.getWordInstance(Locale.US);
        cuts.setText(sentence);
        int from = cuts.first();
        for (int to = cuts.next(); to != BreakIterator.DONE; to = cuts.next()) {
            if (Character.isLetterOrDigit(sentence.charAt(from))) {
                words.add(Utf8.of(sentence.substring(from, to)));
            }
            from = to;
        }
        return words.toArray();
    }
}
