// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.attribute.Attribute;
import io.millrace.mllib.model.RowPlan;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.model.ScoringException;
import io.millrace.mllib.model.Transformer;
import io.millrace.mllib.sql.SqlErrors;
import io.millrace.mllib.sql.SqlText;
import io.millrace.mllib.storage.ModelFormatException;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.storage.ParquetRow;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import io.millrace.mllib.table.TypeNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.collection.mutable.Builder;

/**
 * Replaces a category by the mean of the target where it occurred, drawn towards the mean of all by {@code smoothing}. A
 * category that was not seen in training, or null if none was, is refused ({@code handleInvalid} "error") or takes the mean
 * of all ("keep"). As Spark's {@code TargetEncoderModel}.
 */
public final class TargetEncoderModel implements Transformer {

    private static final double UNSEEN = Integer.MAX_VALUE;
    private static final double NULL = -1.0;

    private final String uid;
    private final ColumnPairs columns;
    private final boolean keep;
    private final List<Encoding> encodings;

    /**
     * What was counted of a column: three arrays of the same length.
     *
     * @param categories the categories; 2147483647 stands for all, -1 for null
     * @param counts how often each occurred
     * @param stats the sum of the binary target, or the mean of the continuous one
     */
    public record Statistics(double[] categories, double[] counts, double[] stats) {}

    private record Encoding(
            Map<Double, Double> codes, @Nullable Double ofNull, double unseen, List<String> values) {}

    public TargetEncoderModel(Params params, List<Statistics> statistics) {
        uid = params.uid();
        columns = ColumnPairs.of(params);
        keep = InvalidValues.of(params, InvalidValues.ERROR, InvalidValues.KEEP) == InvalidValues.KEEP;
        String target = params.getString("targetType", "binary");
        if (!target.equals("binary") && !target.equals("continuous")) {
            throw params.failure("targetType", "is " + target + ", must be binary or continuous");
        }
        double smoothing = params.getDouble("smoothing", 0.0);
        if (!(smoothing >= 0)) {
            throw params.failure("smoothing", "is " + smoothing + ", must be at least 0");
        }
        if (statistics.size() != columns.size()) {
            throw new IllegalArgumentException(
                    "statistics of " + statistics.size() + " columns, there are " + columns.size() + " inputCols");
        }
        encodings = statistics.stream()
                .map(column -> encoding(column, target.equals("binary"), smoothing))
                .toList();
    }

    static TargetEncoderModel load(SavedStage saved) {
        Map<Integer, Statistics> byIndex = new HashMap<>();
        for (ParquetRow row : saved.dataRows()) {
            Statistics column = new Statistics(row.doubles("categories"), row.doubles("counts"), row.doubles("stats"));
            if (byIndex.put(row.getInt("index"), column) != null) {
                throw row.failure("index", "is twice " + row.getInt("index"));
            }
        }
        List<Statistics> statistics = new ArrayList<>();
        for (int i = 0; i < byIndex.size(); i++) {
            Statistics column = byIndex.get(i);
            if (column == null) {
                throw new ModelFormatException(saved.directory().name(), "no record with index " + i);
            }
            statistics.add(column);
        }
        return new TargetEncoderModel(saved.params(), statistics);
    }

    private static Encoding encoding(Statistics column, boolean binary, double smoothing) {
        int length = column.categories.length;
        if (column.counts.length != length || column.stats.length != length) {
            throw new IllegalArgumentException("there are " + length + " categories, " + column.counts.length
                    + " counts, " + column.stats.length + " stats");
        }
        int all = -1;
        for (int i = 0; i < length; i++) {
            all = column.categories[i] == UNSEEN ? i : all;
        }
        if (all < 0) {
            throw new IllegalArgumentException("no statistics of all categories together");
        }
        double globalCount = column.counts[all];
        double globalStat = column.stats[all];
        Map<Double, Double> codes = new HashMap<>();
        // Scala's own maps and sets, for the order of the values in the column's metadata
        Builder<Tuple2<Double, Double>, scala.collection.immutable.Map<Double, Double>> inOrder =
                scala.collection.immutable.Map$.MODULE$.newBuilder();
        for (int i = 0; i < length; i++) {
            double weight = column.counts[i] / (column.counts[i] + smoothing);
            double code = binary
                    ? weight * (column.stats[i] / column.counts[i]) + (1 - weight) * (globalStat / globalCount)
                    : weight * column.stats[i] + (1 - weight) * globalStat;
            if (codes.put(column.categories[i] + 0.0, code) != null) {
                throw new IllegalArgumentException("category " + column.categories[i] + " is there twice");
            }
            inOrder.addOne(new Tuple2<>(column.categories[i], code));
        }
        Double ofNull = codes.remove(NULL);
        double unseen = Objects.requireNonNull(codes.remove(UNSEEN));
        return new Encoding(codes, ofNull, unseen, distinct(inOrder.result()));
    }

    private static List<String> distinct(scala.collection.immutable.Map<Double, Double> codes) {
        scala.collection.immutable.Set<Double> set = scala.collection.immutable.Set$.MODULE$.empty();
        for (Iterator<Double> i = codes.valuesIterator(); i.hasNext(); ) {
            set = set.incl(i.next());
        }
        List<String> values = new ArrayList<>();
        for (Iterator<Double> i = set.iterator(); i.hasNext(); ) {
            values.add(String.valueOf(i.next()));
        }
        return values;
    }

    @Override
    public String uid() {
        return uid;
    }

    @Override
    public void plan(RowPlan plan) {
        int[] in = new int[columns.size()];
        int[] out = new int[in.length];
        for (int i = 0; i < in.length; i++) {
            if (!plan.schema().contains(columns.input(i))) {
                throw ScoringException.spark("No column named " + columns.input(i) + " found on dataset.");
            }
            if (!plan.field(columns.input(i)).type().isNumeric()) {
                throw ScoringException.spark("Data type for column " + columns.input(i) + " is "
                        + TypeNames.scala(plan.field(columns.input(i)).type())
                        + ", but a subclass of org.apache.spark.sql.types.NumericType is required.");
            }
            in[i] = plan.slot(columns.input(i));
        }
        for (int i = 0; i < in.length; i++) {
            String name = columns.output(i);
            out[i] = plan.put(Field.of(name, DataType.DOUBLE)
                    .withAttributes(Attribute.nominal(encodings.get(i).values).withName(name)));
        }
        plan.step(slots -> {
            for (int i = 0; i < in.length; i++) {
                slots[out[i]] = encode(i, (Number) slots[in[i]]);
            }
            return true;
        });
    }

    /**
     * The number for a category of a column.
     *
     * @param column which of the columns, from 0
     */
    public double encode(int column, @Nullable Number category) {
        Encoding encoding = encodings.get(column);
        // adding 0 makes 0 of -0, which Spark SQL takes for equal
        Double code = category == null ? encoding.ofNull : encoding.codes.get(category.doubleValue() + 0.0);
        if (code != null) {
            return code;
        }
        if (!keep) {
            throw SqlErrors.raised("Unseen value " + (category == null ? "null" : SqlText.of(category)) + " in feature "
                    + columns.input(column) + ". To handle unseen values, set Param handleInvalid to keep.");
        }
        return encoding.unseen;
    }
}
