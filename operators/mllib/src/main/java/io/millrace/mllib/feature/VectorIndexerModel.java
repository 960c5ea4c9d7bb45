// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import static java.util.Objects.requireNonNull;

import io.millrace.mllib.attribute.Attribute;
import io.millrace.mllib.attribute.AttributeGroup;
import io.millrace.mllib.model.RowPlan;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.model.ScoringException;
import io.millrace.mllib.model.Transformer;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.storage.ParquetRow;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;
import scala.collection.Iterator;
import scala.collection.immutable.Map$;

/**
 * Replaces the values of categorical features by the numbers of their categories, and leaves the other features alone. A
 * value that training did not see is refused ({@code error}), drops the row ({@code skip}) or gets a number of its own
 * ({@code keep}); the entries that a sparse vector does not store stay 0. As Spark's {@code VectorIndexerModel}.
 */
public final class VectorIndexerModel implements Transformer {

    /** The largest vector. Its attributes are objects. */
    private static final int MAX_FEATURES = 1 << 22;

    private enum Invalid {
        ERROR,
        SKIP,
        KEEP
    }

    /** A categorical feature: its values, ascending, and their numbers. */
    private record Categories(int feature, double[] values, int[] numbers) {

        /** The number of a value, or -1. 0.0 and -0.0 are the same value, and NaN is none. */
        int find(double value) {
            int at = Double.isNaN(value) ? -1 : Arrays.binarySearch(values, value + 0.0);
            return at < 0 ? -1 : numbers[at];
        }
    }

    private final String uid;
    private final String inputCol;
    private final String outputCol;
    private final Invalid invalid;
    private final int numFeatures;
    private final Categories[] ascending;
    /** In the order in which Spark meets them in a dense vector: its message names the first invalid one. */
    private final Categories[] sparksOrder;

    /**
     * An indexer.
     *
     * @param categoryMaps per categorical feature the numbers of its values
     */
    public VectorIndexerModel(
            Params params, int numFeatures, Map<Integer, ? extends Map<Double, Integer>> categoryMaps) {
        uid = params.uid();
        inputCol = params.getString("inputCol");
        outputCol = params.outputCol();
        invalid = switch (params.getString("handleInvalid", "error")) {
            case "error" -> Invalid.ERROR;
            case "skip" -> Invalid.SKIP;
            case "keep" -> Invalid.KEEP;
            default -> throw params.failure("handleInvalid", "must be error, skip or keep");
        };
        this.numFeatures = numFeatures;
        TreeMap<Integer, Categories> byFeature = new TreeMap<>();
        for (Map.Entry<Integer, ? extends Map<Double, Integer>> entry : categoryMaps.entrySet()) {
            int feature = entry.getKey();
            if (feature < 0 || feature >= numFeatures) {
                throw new IllegalArgumentException(
                        "categories of feature " + feature + " in a model of " + numFeatures + " features");
            }
            byFeature.put(feature, categories(feature, entry.getValue()));
        }
        ascending = byFeature.values().toArray(new Categories[0]);
        sparksOrder = sparksOrder(byFeature, categoryMaps.keySet());
    }

    /** The order of Scala's maps: that of insertion for up to four entries, then that of hashes. */
    @SuppressWarnings("unchecked") // from Java, updated() gives a map without types
    private static Categories[] sparksOrder(Map<Integer, Categories> byFeature, Set<Integer> features) {
        scala.collection.immutable.Map<Object, Object> map = Map$.MODULE$.empty();
        for (Integer feature : features) {
            map = (scala.collection.immutable.Map<Object, Object>) map.updated(feature, feature);
        }
        List<Categories> inOrder = new ArrayList<>();
        for (Iterator<Object> keys = map.keysIterator(); keys.hasNext(); ) {
            inOrder.add(requireNonNull(byFeature.get(keys.next())));
        }
        return inOrder.toArray(new Categories[0]);
    }

    private static Categories categories(int feature, Map<Double, Integer> map) {
        TreeMap<Double, Integer> sorted = new TreeMap<>();
        map.forEach((value, number) -> {
            if (value.isNaN() || number < 0) {
                throw new IllegalArgumentException(
                        "the category " + value + " of feature " + feature + " with the number " + number);
            }
            sorted.put(value + 0.0, number);
        });
        return new Categories(
                feature,
                sorted.keySet().stream().mapToDouble(Double::doubleValue).toArray(),
                sorted.values().stream().mapToInt(Integer::intValue).toArray());
    }

    @SuppressWarnings("unchecked")
    static VectorIndexerModel load(SavedStage saved) {
        ParquetRow data = saved.data();
        int numFeatures = data.getInt("numFeatures");
        if (numFeatures < 1 || numFeatures > MAX_FEATURES) {
            throw data.failure("numFeatures", "is " + numFeatures + ", must be 1 to " + MAX_FEATURES);
        }
        Map<?, ?> maps = data.map("categoryMaps");
        for (Map.Entry<?, ?> entry : maps.entrySet()) {
            if (!(entry.getKey() instanceof Integer) || !(entry.getValue() instanceof Map<?, ?> map)) {
                throw data.failure("categoryMaps", "holds no map of categories at " + entry.getKey());
            }
            for (Map.Entry<?, ?> category : map.entrySet()) {
                if (!(category.getKey() instanceof Double) || !(category.getValue() instanceof Integer)) {
                    throw data.failure("categoryMaps", "holds the category " + category + " at " + entry.getKey());
                }
            }
        }
        return new VectorIndexerModel(saved.params(), numFeatures, (Map<Integer, Map<Double, Integer>>) maps);
    }

    @Override
    public String uid() {
        return uid;
    }

    public int numFeatures() {
        return numFeatures;
    }

    @Override
    public void plan(RowPlan plan) {
        int in = plan.vectorSlot(inputCol);
        AttributeGroup given = plan.field(inputCol).attributeGroup();
        if (given.size() >= 0 && given.size() != numFeatures) {
            throw new IllegalArgumentException("requirement failed: VectorIndexerModel expected " + numFeatures
                    + " features, but input column " + inputCol + " had metadata specifying " + given.size()
                    + " features.");
        }
        Field output = Field.of(outputCol, DataType.VECTOR)
                .withAttributes(AttributeGroup.of(outputCol, attributes(given.attributes())));
        int out = plan.put(output);
        plan.step(slots -> {
            Vector indexed = index((Vector) slots[in]);
            slots[out] = indexed;
            return indexed != null;
        });
    }

    /** What is known of the features: categories of those that have some, and what was known before of the others. */
    private List<Attribute> attributes(@Nullable List<Attribute> given) {
        List<Attribute> attributes = new ArrayList<>(numFeatures);
        int next = 0;
        for (int feature = 0; feature < numFeatures; feature++) {
            Attribute before = given == null ? null : given.get(feature);
            if (next < ascending.length && ascending[next].feature() == feature) {
                List<String> values = Arrays.stream(ascending[next++].values())
                        .mapToObj(Double::toString)
                        .toList();
                Attribute categorical = values.size() == 2
                        ? new Attribute(Attribute.Kind.BINARY, null, null, values, null, null, null)
                        : Attribute.nominal(values).withOrdinal(false);
                attributes.add(before == null ? categorical : categorical.withName(before.name()));
            } else {
                attributes.add(before == null ? Attribute.numeric() : before);
            }
        }
        return attributes;
    }

    /**
     * The vector with numbers of categories in it, or null if the row is to be dropped.
     *
     * @throws ScoringException for a vector of another size, or for a value that was not seen in training
     */
    public @Nullable Vector index(@Nullable Vector vector) {
        if (vector == null) {
            throw new ScoringException(
                    "java.lang.NullPointerException",
                    "Cannot invoke \"org.apache.spark.ml.linalg.Vector.size()\" because \"v\" is null");
        }
        if (vector.size() != numFeatures) {
            throw new ScoringException(
                    "java.lang.AssertionError",
                    "assertion failed: VectorIndexerModel expected vector of length " + numFeatures
                            + " but found length " + vector.size());
        }
        return vector instanceof SparseVector sparse
                ? sparse(sparse)
                : dense(vector.toArray().clone());
    }

    private @Nullable Vector dense(double[] values) {
        boolean dropped = false;
        for (Categories categories : sparksOrder) {
            int number = number(categories, values[categories.feature()]);
            dropped |= number < 0;
            values[categories.feature()] = number;
        }
        return dropped ? null : new DenseVector(values);
    }

    private @Nullable Vector sparse(SparseVector vector) {
        int[] indices = vector.indices();
        double[] values = vector.values().clone();
        boolean dropped = false;
        int at = 0;
        for (Categories categories : ascending) {
            while (at < indices.length && indices[at] < categories.feature()) {
                at++;
            }
            if (at < indices.length && indices[at] == categories.feature()) {
                int number = number(categories, values[at]);
                dropped |= number < 0;
                values[at] = number;
            }
        }
        return dropped ? null : new SparseVector(vector.size(), indices.clone(), values);
    }

    /** The number of a value, or -1 if it drops the row. */
    private int number(Categories categories, double value) {
        int number = categories.find(value);
        if (number >= 0 || invalid == Invalid.SKIP) {
            return number;
        }
        if (invalid == Invalid.KEEP) {
            return categories.values().length;
        }
        throw ScoringException.spark("VectorIndexer encountered invalid value " + value + " on feature index "
                + categories.feature() + ". To handle or skip invalid value, try setting VectorIndexer.handleInvalid.");
    }
}
