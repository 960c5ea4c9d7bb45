// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;

/** Rows that models score: always the same for a number of them. Files carry them to Spark. */
final class ScoredRows {

    private static final long SEED = 42;
    private static final int FEATURES = 20;
    private static final int VOCABULARY = 5_000;
    private static final int LEAST_WORDS = 8;
    private static final int WORDS_BEYOND = 16;
    private static final int LEAST_LETTERS = 3;
    private static final int LETTERS_BEYOND = 7;

    private ScoredRows() {}

    /** Dense vectors of 20 numbers. */
    static Vector[] vectors(int rows) {
        Random random = new Random(SEED);
        Vector[] vectors = new Vector[rows];
        for (int i = 0; i < rows; i++) {
            vectors[i] = Vectors.dense(random.doubles(FEATURES, -2.5, 2.5).toArray());
        }
        return vectors;
    }

    /** Texts of 8 to 23 words out of 5000, some of which occur often; every tenth word has a capital. */
    static List<String> texts(int rows) {
        Random random = new Random(SEED);
        String[] words = new String[VOCABULARY];
        for (int i = 0; i < VOCABULARY; i++) {
            StringBuilder word = new StringBuilder();
            for (int letters = LEAST_LETTERS + random.nextInt(LETTERS_BEYOND); letters > 0; letters--) {
                word.append((char) ('a' + random.nextInt(26)));
            }
            words[i] = word.toString();
        }
        List<String> texts = new ArrayList<>(rows);
        for (int i = 0; i < rows; i++) {
            StringBuilder text = new StringBuilder();
            for (int word = LEAST_WORDS + random.nextInt(WORDS_BEYOND); word > 0; word--) {
                String next = words[(int) (VOCABULARY * random.nextDouble() * random.nextDouble())];
                text.append(text.length() == 0 ? "" : " ");
                text.append(random.nextInt(10) == 0 ? Character.toUpperCase(next.charAt(0)) + next.substring(1) : next);
            }
            texts.add(text.toString());
        }
        return texts;
    }

    /** Writes the number of vectors, and of each its size and its numbers. */
    static void writeVectors(int rows, Path file) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.writeInt(rows);
            for (Vector vector : vectors(rows)) {
                out.writeInt(vector.size());
                for (double value : vector.toArray()) {
                    out.writeDouble(value);
                }
            }
        }
    }

    /** Writes a text per line. */
    static void writeTexts(int rows, Path file) throws IOException {
        Files.write(file, texts(rows), StandardCharsets.UTF_8);
    }
}
