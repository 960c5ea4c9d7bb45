// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.oracle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Rows of all kinds of columns, drawn at random. Rows to score also have values that training never sees. */
final class TrainingRows {

    private static final StructType SCHEMA = new StructType()
            .add("id", DataTypes.LongType)
            .add("features", new VectorUDT())
            .add("pos", new VectorUDT())
            .add("bits", new VectorUDT())
            .add("catv", new VectorUDT())
            .add("label", DataTypes.DoubleType)
            .add("cls", DataTypes.DoubleType)
            .add("cls3", DataTypes.DoubleType)
            .add("cnt", DataTypes.DoubleType)
            .add("a", DataTypes.DoubleType)
            .add("b", DataTypes.DoubleType)
            .add("c", DataTypes.DoubleType)
            .add("cat", DataTypes.StringType)
            .add("cat2", DataTypes.StringType)
            .add("k", DataTypes.IntegerType)
            .add("l", DataTypes.LongType)
            .add("f", DataTypes.FloatType)
            .add("flag", DataTypes.BooleanType)
            .add("ix", DataTypes.DoubleType)
            .add("ix2", DataTypes.DoubleType)
            .add("text", DataTypes.StringType)
            .add("tokens", DataTypes.createArrayType(DataTypes.StringType))
            .add("user", DataTypes.IntegerType)
            .add("item", DataTypes.IntegerType)
            .add("rating", DataTypes.FloatType)
            .add("censor", DataTypes.DoubleType)
            .add("w", DataTypes.DoubleType)
            .add("odd", new VectorUDT())
            .add("toks", DataTypes.createArrayType(DataTypes.StringType))
            .add("dense", new VectorUDT())
            .add("one", new VectorUDT());

    private static final String[] CATEGORIES = {"red", "green", "blue", "Äpfel", "x y", "1.0"};
    private static final String[] WORDS =
            "the quick Brown fox jumps over a lazy dog Straße data stream spark ML model I you and of ÄÖ 42 naïve"
                    .split(" ");

    private final Random random;
    private final boolean toScore;

    private TrainingRows(long seed, boolean toScore) {
        random = new Random(seed);
        this.toScore = toScore;
    }

    static Dataset<Row> make(SparkSession spark, long seed, int count, boolean toScore) {
        TrainingRows maker = new TrainingRows(seed, toScore);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(maker.row(i));
        }
        return spark.createDataFrame(rows, SCHEMA);
    }

    private Row row(int id) {
        double[] features = new double[6];
        double[] counts = new double[6];
        double[] bits = new double[6];
        for (int j = 0; j < 6; j++) {
            features[j] = oneIn(4) ? 0 : normal(j + 1);
            counts[j] = oneIn(3) ? 0 : random.nextInt(9);
            bits[j] = random.nextInt(2);
        }
        features[5] = id % 3;
        double[] categories = {random.nextInt(toScore ? 5 : 4), normal(1), random.nextInt(3), random.nextInt(2)};
        double mean = features[0] - 0.5 * features[1] + 0.2 * features[2] + (features[3] > 0 ? 1 : -1);
        double label = rounded(mean + 0.3 * random.nextGaussian());
        double two = mean + 0.5 * random.nextGaussian() > 0 ? 1 : 0;
        double three = oneIn(10) ? random.nextInt(3) : mean < -1 ? 0 : mean < 1 ? 1 : 2;
        StringBuilder text = new StringBuilder();
        List<String> tokens = words(text);
        double b = oneIn(10) ? -0.0 : normal(1);
        return RowFactory.create(
                (long) id,
                vector(features),
                vector(counts),
                vector(bits),
                vector(categories),
                label,
                two,
                three,
                (double) random.nextInt(6),
                toScore && oneIn(9) ? null : (Double) (oneIn(12) ? Double.NaN : normal(3)),
                b,
                rounded(random.nextDouble() * 4),
                category(),
                oneIn(2) ? "u" : "v",
                random.nextInt(20) - 5,
                (long) random.nextInt(1000) - 500,
                (float) normal(1),
                random.nextBoolean(),
                (double) random.nextInt(toScore ? 5 : 4),
                (double) random.nextInt(3),
                text.toString(),
                tokens,
                random.nextInt(toScore ? 13 : 10),
                random.nextInt(toScore ? 13 : 10),
                (float) (1 + random.nextInt(5)),
                oneIn(4) ? 0.0 : 1.0,
                0.5 + random.nextInt(3),
                odd(features),
                oneIn(7) ? null : oneIn(5) ? Arrays.asList("the", null, "dog") : tokens,
                Vectors.dense(counts[0], bits[1], features[2], counts[3] * bits[0], bits[4], label / 3),
                Vectors.dense(b));
    }

    private List<String> words(StringBuilder text) {
        List<String> tokens = new ArrayList<>();
        int count = random.nextInt(8);
        for (int i = 0; i < count; i++) {
            String word = WORDS[random.nextInt(WORDS.length)];
            tokens.add(word);
            text.append(oneIn(6) ? "  " : oneIn(8) ? ", " : " ").append(word);
        }
        if (toScore && oneIn(6)) {
            tokens.add("neverseen");
            text.append(" neverseen!");
        }
        return tokens;
    }

    private String category() {
        if (toScore && oneIn(8)) {
            return random.nextBoolean() ? null : "unseen";
        }
        return CATEGORIES[(int) Math.abs(random.nextGaussian() * 2) % CATEGORIES.length];
    }

    /** Dense or sparse; now and then sparse with zeros that are stored. */
    private Vector vector(double[] values) {
        if (oneIn(3)) {
            return Vectors.dense(values).toSparse();
        }
        if (oneIn(10)) {
            int[] indices = new int[values.length];
            Arrays.setAll(indices, i -> i);
            return Vectors.sparse(values.length, indices, values);
        }
        return Vectors.dense(values);
    }

    /** Now and then null, of another size, or with an entry that is no number. */
    private Vector odd(double[] values) {
        return switch (random.nextInt(8)) {
            case 0 -> null;
            case 1 -> Vectors.dense(Arrays.copyOf(values, 5));
            case 2 -> Vectors.sparse(7, new int[] {1, 6}, new double[] {1.5, 2});
            case 3 -> {
                double[] changed = values.clone();
                double[] strange = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
                changed[random.nextInt(changed.length)] = strange[random.nextInt(strange.length)];
                yield Vectors.dense(changed);
            }
            case 4 -> Vectors.sparse(6, new int[0], new double[0]);
            default -> vector(values);
        };
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    private double normal(double deviation) {
        return rounded(random.nextGaussian() * deviation);
    }

    private static double rounded(double x) {
        return Math.round(x * 1000) / 1000.0;
    }
}
