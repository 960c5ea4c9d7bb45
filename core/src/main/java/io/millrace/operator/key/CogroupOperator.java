// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.key;

import io.millrace.operator.Exchange;
import io.millrace.operator.Pair;
import io.millrace.operator.PartitionContext;
import io.millrace.operator.PartitionOperator;
import io.millrace.operator.PartitionTask;
import io.millrace.operator.Step;
import java.util.List;

/**
 * The values of two streams in a batch by key: one pair of lists for every key of either, an empty list where a stream has none.
 *
 * @param <K> keys
 * @param <V> values of the left stream
 * @param <W> values of the right one
 */
public record CogroupOperator<K, V, W>()
        implements PartitionOperator<Pair<K, Object>, K, Object, Pair<K, Pair<List<V>, List<W>>>> {

    @Override
    public String kind() {
        return "cogroup";
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
    public PartitionTask<K, Object> open(PartitionContext context, Step<Pair<K, Pair<List<V>, List<W>>>> out) {
        return new CogroupTask<>(new SideGroups<>(context), out);
    }

    /** Collects the values of a batch by key and side. */
    private static final class CogroupTask<K, V, W> implements PartitionTask<K, Object> {
        private final SideGroups<K> groups;
        private final Step<Pair<K, Pair<List<V>, List<W>>>> out;

        CogroupTask(SideGroups<K> groups, Step<Pair<K, Pair<List<V>, List<W>>>> out) {
            this.groups = groups;
            this.out = out;
        }

        @Override
        public void begin() {
            groups.clear();
        }

        @Override
        public void add(int input, K key, int hash, Object value) {
            groups.add(input, key, hash, value);
        }

        @Override
        public void finish() throws Exception {
            for (int entry = 0; entry < groups.size(); entry++) {
                out.push(new Pair<>(
                        groups.key(entry),
                        new Pair<>(groups.list(groups.firstLeft(entry)), groups.list(groups.firstRight(entry)))));
            }
            groups.clear();
        }
    }
}
