// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.key;

import io.millrace.operator.Exchange;
import io.millrace.operator.Pair;
import io.millrace.operator.PartitionContext;
import io.millrace.operator.PartitionOperator;
import io.millrace.operator.PartitionTask;
import io.millrace.operator.Step;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every value of a key in one stream with every value of it in another, within one batch: m times n pairs, as in Spark. Where the
 * other stream may have no value, values are {@link Optional}; a value that is null is an empty one then.
 *
 * @param join which keys come out
 * @param <K> keys
 * @param <L> left values, optional ones in a right or full outer join
 * @param <R> right values, optional ones in a left or full outer join
 */
public record JoinOperator<K, L, R>(JoinKind join)
        implements PartitionOperator<Pair<K, Object>, K, Object, Pair<K, Pair<L, R>>> {

    @Override
    public String kind() {
        return join.kind();
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
    public PartitionTask<K, Object> open(PartitionContext context, Step<Pair<K, Pair<L, R>>> out) {
        return new JoinTask<>(join, new SideGroups<>(context), out);
    }

    /** Collects the values of a batch by key and side, then goes through the keys. */
    private static final class JoinTask<K, L, R> implements PartitionTask<K, Object> {
        private final JoinKind join;
        private final SideGroups<K> groups;
        private final Step<Pair<K, Pair<L, R>>> out;

        JoinTask(JoinKind join, SideGroups<K> groups, Step<Pair<K, Pair<L, R>>> out) {
            this.join = join;
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
                K key = groups.key(entry);
                int left = groups.firstLeft(entry);
                int right = groups.firstRight(entry);
                if (right == SideGroups.NONE) {
                    loneLeft(key, left);
                } else if (left == SideGroups.NONE) {
                    loneRight(key, right);
                } else {
                    all(key, left, right);
                }
            }
            groups.clear();
        }

        private void all(K key, int firstLeft, int firstRight) throws Exception {
            for (int l = firstLeft; l != SideGroups.NONE; l = groups.next(l)) {
                Object left = left(groups.value(l));
                for (int r = firstRight; r != SideGroups.NONE; r = groups.next(r)) {
                    push(key, left, right(groups.value(r)));
                }
            }
        }

        private void loneLeft(K key, int first) throws Exception {
            if (join.keepsLeft()) {
                for (int l = first; l != SideGroups.NONE; l = groups.next(l)) {
                    push(key, left(groups.value(l)), Optional.empty());
                }
            }
        }

        private void loneRight(K key, int first) throws Exception {
            if (join.keepsRight()) {
                for (int r = first; r != SideGroups.NONE; r = groups.next(r)) {
                    push(key, Optional.empty(), right(groups.value(r)));
                }
            }
        }

        private @Nullable Object left(@Nullable Object value) {
            return join.keepsRight() ? Optional.ofNullable(value) : value;
        }

        private @Nullable Object right(@Nullable Object value) {
            return join.keepsLeft() ? Optional.ofNullable(value) : value;
        }

        @SuppressWarnings({"unchecked", "NullAway"}) // values may be null if the user's are
        private void push(K key, @Nullable Object left, @Nullable Object right) throws Exception {
            out.push(new Pair<>(key, new Pair<>((L) left, (R) right)));
        }
    }
}
