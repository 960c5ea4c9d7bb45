// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The text of work W: whole lines of ten words, drawn Zipf(1.0), separated by single blanks and ended by a newline.
 *
 * <p>It is written once and meant to be sent over and over. What was sent is known exactly: repeats of the whole text
 * and a prefix that ends with a line; the words of the prefix are found by drawing its lines again from the seed.
 */
final class ZipfText {

    /** The words of every line. */
    static final int WORDS_PER_LINE = 10;

    private static final int LONGEST_LINE = 11 * WORDS_PER_LINE;

    private final Vocabulary vocabulary;
    private final ZipfRanks zipf;
    private final long seed;
    private final ByteBuffer text;
    private final long[] counts;
    private final long lines;

    private ZipfText(Vocabulary vocabulary, ZipfRanks zipf, long seed, ByteBuffer text, long[] counts, long lines) {
        this.vocabulary = vocabulary;
        this.zipf = zipf;
        this.seed = seed;
        this.text = text;
        this.counts = counts;
        this.lines = lines;
    }

    /** The text of at most so many bytes that vocabulary and seed stand for. */
    static ZipfText generate(Vocabulary vocabulary, int maxBytes, long seed) {
        if (maxBytes < LONGEST_LINE) {
            throw new IllegalArgumentException("maxBytes must be at least " + LONGEST_LINE + ", but is " + maxBytes);
        }
        ZipfRanks zipf = new ZipfRanks(vocabulary.size());
        ZipfLines source = new ZipfLines(zipf, seed);
        ByteBuffer text = ByteBuffer.allocateDirect(maxBytes);
        long[] counts = new long[vocabulary.size()];
        long lines = 0;
        int[] ranks = new int[WORDS_PER_LINE];
        byte[] line = new byte[LONGEST_LINE];
        while (text.remaining() >= LONGEST_LINE) {
            source.next(ranks);
            text.put(line, 0, write(vocabulary, ranks, line));
            for (int rank : ranks) {
                counts[rank]++;
            }
            lines++;
        }
        return new ZipfText(vocabulary, zipf, seed, text.flip(), counts, lines);
    }

    private static int write(Vocabulary vocabulary, int[] ranks, byte[] line) {
        int end = 0;
        for (int rank : ranks) {
            end = vocabulary.copy(rank, line, end);
            line[end++] = ' ';
        }
        line[end - 1] = '\n';
        return end;
    }

    /** The bytes of the text: a view with its own position, outside the heap. */
    ByteBuffer bytes() {
        return text.duplicate();
    }

    /** The first place at or after this one where no line is cut. */
    int lineEnd(int position) {
        int end = position;
        while (end > 0 && text.get(end - 1) != '\n') {
            end++;
        }
        return end;
    }

    /** What was sent when the text went out so many times and then so many bytes of it, cut at a {@link #lineEnd}. */
    Sent sent(long repeats, int prefixBytes, Tally tally) {
        long[] totals = new long[counts.length];
        Arrays.setAll(totals, rank -> repeats * counts[rank]);
        long prefixLines = addPrefix(prefixBytes, totals);
        for (int rank = 0; rank < totals.length; rank++) {
            if (totals[rank] > 0) {
                vocabulary.tally(rank, totals[rank], tally);
            }
        }
        long sentLines = repeats * lines + prefixLines;
        return new Sent(sentLines, sentLines * WORDS_PER_LINE, repeats * text.limit() + prefixBytes, tally.totals());
    }

    private long addPrefix(int prefixBytes, long[] totals) {
        ZipfLines source = new ZipfLines(zipf, seed);
        int[] ranks = new int[WORDS_PER_LINE];
        long prefixLines = 0;
        int position = 0;
        while (position < prefixBytes) {
            source.next(ranks);
            for (int rank : ranks) {
                totals[rank]++;
                position += vocabulary.length(rank) + 1;
            }
            prefixLines++;
        }
        return prefixLines;
    }
}
