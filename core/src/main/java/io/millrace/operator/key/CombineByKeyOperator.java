// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.key;

import io.millrace.function.MapFunction;
import io.millrace.function.MergeFunction;
import io.millrace.function.ReduceFunction;
import io.millrace.operator.Combiner;
import io.millrace.operator.Exchange;
import io.millrace.operator.Pair;
import io.millrace.operator.PartitionContext;
import io.millrace.operator.PartitionOperator;
import io.millrace.operator.PartitionTask;
import io.millrace.operator.Step;
import org.jspecify.annotations.Nullable;

/**
 * Makes something of all values of a key in a batch that need not be a value itself.
 *
 * @param create what one value comes to
 * @param mergeValue takes one more value in
 * @param mergeCombiners makes one of two that were made apart, in no promised order
 * @param mapSideCombine true if values are combined before they travel
 * @param <K> keys
 * @param <V> values
 * @param <C> what is made of them
 */
public record CombineByKeyOperator<K, V, C>(
        MapFunction<? super V, ? extends C> create,
        MergeFunction<C, ? super V> mergeValue,
        ReduceFunction<C> mergeCombiners,
        boolean mapSideCombine)
        implements PartitionOperator<Pair<K, V>, K, V, Pair<K, C>> {

    @Override
    public String kind() {
        return "combineByKey";
    }

    @Override
    public Exchange exchange() {
        return Exchange.BY_KEY;
    }

    @Override
    public @Nullable Combiner<V, C> combiner() {
        return mapSideCombine ? functions() : null;
    }

    @Override
    public boolean keepsKeys() {
        return true;
    }

    @Override
    public PartitionTask<K, V> open(PartitionContext context, Step<Pair<K, C>> out) {
        return new FoldTask<>(context, functions(), mapSideCombine, out);
    }

    private Combiner<V, C> functions() {
        return new Functions<>(create, mergeValue, mergeCombiners);
    }

    /** The three functions as one combiner. */
    private record Functions<V, C>(
            MapFunction<? super V, ? extends C> make,
            MergeFunction<C, ? super V> mergeValue,
            ReduceFunction<C> mergeCombiners)
            implements Combiner<V, C> {

        @Override
        public C create(V value) throws Exception {
            return make.apply(value);
        }

        @Override
        public C merge(C combined, V value) throws Exception {
            return mergeValue.apply(combined, value);
        }

        @Override
        public C combine(C left, C right) throws Exception {
            return mergeCombiners.apply(left, right);
        }
    }
}
