// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Distinct lower-case ASCII words of 3 to 10 letters, about six on average, numbered by rank.
 *
 * <p>Rank 0 is the most frequent word. Length and spelling say nothing about the rank. The same size and seed always
 * give the same words.
 */
final class Vocabulary {

    private static final int MAX_SIZE = 2_000_000;
    private static final String CONSONANTS = "ttttttttnnnnnnnsssssssrrrrrrhhhhllllddddccccmmmffppggwwbbyvvkkjxqz";
    private static final String VOWELS = "eeeeeeeaaaaaooooiiiiuu";

    /** How many words of a hundred have 3, 4, … 10 letters. */
    private static final int[] LENGTHS_PERCENT = {8, 14, 18, 20, 16, 12, 8, 4};

    private static final int SHORTEST = 3;

    private final byte[] letters;
    private final int[] starts;

    private Vocabulary(List<String> words) {
        starts = new int[words.size() + 1];
        letters = String.join("", words).getBytes(StandardCharsets.US_ASCII);
        for (int rank = 0; rank < words.size(); rank++) {
            starts[rank + 1] = starts[rank] + words.get(rank).length();
        }
    }

    /** The vocabulary of this size that this seed stands for. */
    static Vocabulary generate(int size, long seed) {
        if (size < 1 || size > MAX_SIZE) {
            throw new IllegalArgumentException("vocabulary must be in 1.." + MAX_SIZE + ", but is " + size);
        }
        Random random = new Random(seed);
        Set<String> distinct = new LinkedHashSet<>();
        while (distinct.size() < size) {
            distinct.add(word(random));
        }
        List<String> words = new ArrayList<>(distinct);
        Collections.shuffle(words, random); // short words run out first; the rank must not know
        return new Vocabulary(words);
    }

    private static String word(Random random) {
        int length = length(random);
        StringBuilder word = new StringBuilder(length);
        boolean vowel = random.nextInt(100) < 35;
        while (word.length() < length) {
            String from = vowel ? VOWELS : CONSONANTS;
            word.append(from.charAt(random.nextInt(from.length())));
            vowel = random.nextInt(100) < (vowel ? 18 : 75);
        }
        return word.toString();
    }

    private static int length(Random random) {
        int percent = random.nextInt(100);
        int index = 0;
        while (percent >= LENGTHS_PERCENT[index]) {
            percent -= LENGTHS_PERCENT[index];
            index++;
        }
        return SHORTEST + index;
    }

    /** How many words there are. */
    int size() {
        return starts.length - 1;
    }

    /** The letters of the word of this rank. */
    int length(int rank) {
        return starts[rank + 1] - starts[rank];
    }

    /** Copies the word of this rank to {@code target[at]} and on, and answers where it ends there. */
    int copy(int rank, byte[] target, int at) {
        int length = length(rank);
        System.arraycopy(letters, starts[rank], target, at, length);
        return at + length;
    }

    /** Tells the tally that the word of this rank was seen so often. */
    void tally(int rank, long count, Tally tally) {
        tally.add(letters, starts[rank], length(rank), count);
    }
}
