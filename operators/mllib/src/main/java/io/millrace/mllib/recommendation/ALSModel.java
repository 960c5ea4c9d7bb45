// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.recommendation;

import io.millrace.mllib.model.RowPlan;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.model.Transformer;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Predicts what rating a user gives an item, and recommends the best. As Spark's {@code ALSModel}: the sum of the products
 * of their factors, in floats. A user or item that was not there in training has the rating NaN, or with
 * {@code coldStartStrategy = drop} its rows are dropped. Ids are numbers of any type that are whole and within int; in the
 * result they are integers. Immutable and thread-safe.
 */
public final class ALSModel implements Transformer {

    private final Params params;
    private final String userCol;
    private final String itemCol;
    private final String predictionCol;
    private final boolean drop;
    private final int rank;
    private final FactorTable users;
    private final FactorTable items;

    ALSModel(Params params, int rank, FactorTable users, FactorTable items) {
        this.params = params;
        this.rank = rank;
        this.users = users;
        this.items = items;
        userCol = params.getString("userCol", "user");
        itemCol = params.getString("itemCol", "item");
        predictionCol = params.getString("predictionCol", "prediction");
        String strategy = params.getString("coldStartStrategy", "nan").toLowerCase(Locale.ROOT);
        if (!strategy.equals("nan") && !strategy.equals("drop")) {
            throw params.failure("coldStartStrategy", "is " + strategy + ", must be nan or drop");
        }
        drop = strategy.equals("drop");
    }

    static ALSModel load(SavedStage saved) {
        int rank = saved.metadata().getInt("rank");
        if (rank < 1) {
            throw saved.failure("rank is " + rank + ", must be at least 1");
        }
        return new ALSModel(
                saved.params(),
                rank,
                FactorTable.of(saved.directory().rows("userFactors"), rank),
                FactorTable.of(saved.directory().rows("itemFactors"), rank));
    }

    @Override
    public String uid() {
        return params.uid();
    }

    public Params params() {
        return params;
    }

    public String userCol() {
        return userCol;
    }

    public String itemCol() {
        return itemCol;
    }

    public String predictionCol() {
        return predictionCol;
    }

    /** How many factors a user or an item has. */
    public int rank() {
        return rank;
    }

    /** The ids of the users there were in training, ascending. */
    public int[] userIds() {
        return users.ids();
    }

    /** The ids of the items there were in training, ascending. */
    public int[] itemIds() {
        return items.ids();
    }

    /** The rating that the user gives the item; NaN if one of them was not there in training. */
    public float predict(int user, int item) {
        int userRow = users.find(user);
        int itemRow = items.find(item);
        return userRow < 0 || itemRow < 0 ? Float.NaN : users.dot(userRow, items, itemRow);
    }

    @Override
    public void plan(RowPlan plan) {
        plan.numericSlot(userCol);
        plan.numericSlot(itemCol);
        IdColumn user = IdColumn.of(plan, userCol);
        IdColumn item = IdColumn.of(plan, itemCol);
        int out = plan.add(Field.notNull(predictionCol, DataType.FLOAT));
        plan.step(slots -> {
            int userId = user.read(slots);
            float rating = predict(userId, item.read(slots));
            slots[out] = rating;
            return !drop || !Float.isNaN(rating);
        });
    }

    /**
     * The best items for a user, best first, of equal ratings the larger id first; none if the user is not known.
     *
     * @param most how many at most, at least 1
     */
    public List<Recommendation> recommendForUser(int user, int most) {
        return recommend(users, user, items, most);
    }

    /** The best users for an item, as {@link #recommendForUser}. */
    public List<Recommendation> recommendForItem(int item, int most) {
        return recommend(items, item, users, most);
    }

    /** The best items for every user, by user. As Spark's {@code recommendForAllUsers}. */
    public SortedMap<Integer, List<Recommendation>> recommendForAllUsers(int most) {
        return recommendForAll(users, items, most);
    }

    /** The best users for every item, by item. As Spark's {@code recommendForAllItems}. */
    public SortedMap<Integer, List<Recommendation>> recommendForAllItems(int most) {
        return recommendForAll(items, users, most);
    }

    /** The best items for some users, by user; those that are not known are left out. */
    public SortedMap<Integer, List<Recommendation>> recommendForUserSubset(Collection<Integer> someUsers, int most) {
        return recommendForSubset(users, someUsers, items, most);
    }

    /** The best users for some items, by item; those that are not known are left out. */
    public SortedMap<Integer, List<Recommendation>> recommendForItemSubset(Collection<Integer> someItems, int most) {
        return recommendForSubset(items, someItems, users, most);
    }

    private static SortedMap<Integer, List<Recommendation>> recommendForAll(
            FactorTable from, FactorTable to, int most) {
        SortedMap<Integer, List<Recommendation>> all = new TreeMap<>();
        for (int id : from.ids()) {
            all.put(id, recommend(from, id, to, most));
        }
        return all;
    }

    private static SortedMap<Integer, List<Recommendation>> recommendForSubset(
            FactorTable from, Collection<Integer> ids, FactorTable to, int most) {
        SortedMap<Integer, List<Recommendation>> some = new TreeMap<>();
        for (int id : ids) {
            if (from.find(id) >= 0) {
                some.put(id, recommend(from, id, to, most));
            }
        }
        return some;
    }

    private static List<Recommendation> recommend(FactorTable from, int id, FactorTable to, int most) {
        if (most < 1) {
            throw new IllegalArgumentException("most=" + most + " < 1");
        }
        int row = from.find(id);
        return row < 0 ? List.of() : to.best(most, from, row);
    }
}
