// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.fpm;

import io.millrace.mllib.model.RowPlan;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.model.Transformer;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.storage.ParquetRow;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Predicts what items go with those of a basket, by the rules that follow from frequent itemsets. As Spark's
 * {@code FPGrowthModel}: all consequents of all rules whose antecedents are in the basket, without those that are in it
 * already, each once, in no particular order. Immutable and thread-safe.
 */
public final class FPGrowthModel implements Transformer {

    private final Params params;
    private final String itemsCol;
    private final String predictionCol;
    private final long numTrainingRecords;
    private final List<Itemset> itemsets;
    private final List<AssociationRule> rules;
    /** The rules by the first item of their antecedents: a basket without that item need not look at them. */
    private final Map<Object, List<AssociationRule>> rulesByItem = new HashMap<>();

    /**
     * Rules from itemsets.
     *
     * @param numTrainingRecords how many baskets there were in training; 0 if it is not known, as in models of Spark 2.3
     */
    public FPGrowthModel(Params params, List<Itemset> itemsets, long numTrainingRecords) {
        this.params = params;
        this.itemsets = List.copyOf(itemsets);
        this.numTrainingRecords = numTrainingRecords;
        itemsCol = params.getString("itemsCol", "items");
        predictionCol = params.getString("predictionCol", "prediction");
        double minConfidence = params.getDouble("minConfidence", 0.8);
        if (!(minConfidence >= 0 && minConfidence <= 1)) {
            throw params.failure("minConfidence", "is " + minConfidence + ", must be 0 to 1");
        }
        rules = AssociationRule.of(this.itemsets, minConfidence, numTrainingRecords);
        for (AssociationRule rule : rules) {
            rulesByItem
                    .computeIfAbsent(rule.antecedent().get(0), item -> new ArrayList<>())
                    .add(rule);
        }
    }

    static FPGrowthModel load(SavedStage saved) {
        Object records = saved.metadata().json().get("numTrainingRecords");
        return new FPGrowthModel(
                saved.params(), itemsets(saved.dataRows()), records instanceof Long number ? number : 0L);
    }

    static List<Itemset> itemsets(List<ParquetRow> rows) {
        List<Itemset> itemsets = new ArrayList<>();
        Set<List<Object>> seen = new HashSet<>();
        for (ParquetRow row : rows) {
            Itemset itemset = new Itemset(items(row), row.getLong("freq"));
            if (itemset.freq() <= 0 || !seen.add(itemset.items())) {
                throw row.failure(
                        "freq", "is " + itemset.freq() + ", or the itemset " + itemset.items() + " is there twice");
            }
            itemsets.add(itemset);
        }
        return itemsets;
    }

    private static List<Object> items(ParquetRow row) {
        Object value = row.get("items");
        List<Object> items = new ArrayList<>();
        if (value instanceof int[] numbers) {
            for (int number : numbers) {
                items.add(number);
            }
        } else if (value instanceof long[] numbers) {
            for (long number : numbers) {
                items.add(number);
            }
        } else if (value instanceof double[] numbers) {
            for (double number : numbers) {
                items.add(number);
            }
        } else if (value instanceof float[] numbers) {
            for (float number : numbers) {
                items.add(number);
            }
        } else {
            items.addAll(row.list("items", Object.class));
        }
        if (items.isEmpty()) {
            throw row.failure("items", "is an empty itemset");
        }
        return items;
    }

    @Override
    public String uid() {
        return params.uid();
    }

    public Params params() {
        return params;
    }

    public String itemsCol() {
        return itemsCol;
    }

    /** The column of predicted items; "" if it is not written. */
    public String predictionCol() {
        return predictionCol;
    }

    /** How many baskets there were in training; 0 if it is not known. */
    public long numTrainingRecords() {
        return numTrainingRecords;
    }

    /** The frequent itemsets, in the order in which they were saved. */
    public List<Itemset> freqItemsets() {
        return itemsets;
    }

    /** The rules that are confident enough. */
    public List<AssociationRule> associationRules() {
        return rules;
    }

    /** The items that go with those of a basket. Duplicates and nulls in the basket do no harm. */
    public List<Object> predict(Collection<? extends @Nullable Object> basket) {
        Set<@Nullable Object> items = new LinkedHashSet<>(basket);
        Set<Object> predicted = new LinkedHashSet<>();
        for (Object item : items) {
            if (item == null) {
                continue;
            }
            for (AssociationRule rule : rulesByItem.getOrDefault(item, List.of())) {
                if (!items.contains(rule.consequent()) && items.containsAll(rule.antecedent())) {
                    predicted.add(rule.consequent());
                }
            }
        }
        return List.copyOf(predicted);
    }

    @Override
    public void plan(RowPlan plan) {
        DataType type = plan.field(itemsCol).type();
        if (!(type instanceof DataType.Array array)) {
            throw new IllegalArgumentException(
                    "requirement failed: The input column must be array, but got " + type.sparkName() + ".");
        }
        DataType element = array.element();
        boolean small = isInteger() && (element.equals(DataType.SHORT) || element.equals(DataType.BYTE));
        if (!small) {
            checkElements(element);
        }
        int in = plan.slot(itemsCol);
        if (predictionCol.isEmpty()) {
            return;
        }
        int out = plan.add(Field.of(predictionCol, type));
        plan.step(slots -> {
            List<?> basket = (List<?>) slots[in];
            slots[out] = basket == null ? List.of() : small ? predictSmall(basket, element) : predict(basket);
            return true;
        });
    }

    /** Whether the items are 32 bit integers. Shorter ones are saved as such too. */
    private boolean isInteger() {
        return !rules.isEmpty() && rules.get(0).consequent() instanceof Integer;
    }

    private List<Object> predictSmall(List<?> basket, DataType element) {
        List<@Nullable Object> items = new ArrayList<>(basket.size());
        for (Object item : basket) {
            items.add(item instanceof Number number ? (Object) number.intValue() : item);
        }
        List<Object> predicted = new ArrayList<>();
        for (Object item : predict(items)) {
            int number = (Integer) item;
            predicted.add(element.equals(DataType.BYTE) ? (Object) (byte) number : (Object) (short) number);
        }
        return predicted;
    }

    /** Numbers of another type than in training: Spark finds them equal and then fails on the result. */
    private void checkElements(DataType element) {
        Object item = rules.isEmpty() ? null : rules.get(0).consequent();
        if (item instanceof Number && element.isNumeric() && !element.accepts(item)) {
            throw new IllegalArgumentException("the items of column " + itemsCol + " are of type " + element.sparkName()
                    + ", those of training of " + item.getClass().getSimpleName());
        }
    }
}
