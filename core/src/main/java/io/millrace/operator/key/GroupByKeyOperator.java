// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.key;

import io.millrace.operator.Exchange;
import io.millrace.operator.Fold;
import io.millrace.operator.Pair;
import io.millrace.operator.PartitionContext;
import io.millrace.operator.PartitionOperator;
import io.millrace.operator.PartitionTask;
import io.millrace.operator.Step;
import java.util.List;

/**
 * The values of each key in a batch as one list, in no promised order. Every value travels, as in Spark; {@code reduceByKey} and
 * {@code combineByKey} fold first and are cheaper.
 *
 * @param <K> keys
 * @param <V> values
 */
public record GroupByKeyOperator<K, V>() implements PartitionOperator<Pair<K, V>, K, V, Pair<K, List<V>>> {

    @Override
    public String kind() {
        return "groupByKey";
    }

    @Override
    public Exchange exchange() {
        return Exchange.BY_KEY;
    }

    @Override
    public boolean keepsKeys() {
        return true;
    }

    @Override
    public PartitionTask<K, V> open(PartitionContext context, Step<Pair<K, List<V>>> out) {
        return new GroupTask<>(context, out);
    }

    /** Collects the values of a batch by key. */
    private static final class GroupTask<K, V> implements PartitionTask<K, V> {
        private final Fold<K, Object, Object> groups;
        private final Step<Pair<K, List<V>>> out;

        GroupTask(PartitionContext context, Step<Pair<K, List<V>>> out) {
            this.groups = context.fold(ValueLists.INSTANCE);
            this.out = out;
        }

        @Override
        public void begin() {
            groups.clear();
        }

        @Override
        public void add(int input, K key, int hash, Object value) throws Exception {
            groups.add(key, hash, value);
        }

        @Override
        public void finish() throws Exception {
            for (int entry = 0; entry < groups.size(); entry++) {
                out.push(new Pair<>(groups.key(entry), ValueLists.list(groups.value(entry))));
            }
            groups.clear();
        }
    }
}
