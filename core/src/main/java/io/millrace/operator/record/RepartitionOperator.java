// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.record;

import io.millrace.operator.Exchange;
import io.millrace.operator.PartitionContext;
import io.millrace.operator.PartitionOperator;
import io.millrace.operator.PartitionTask;
import io.millrace.operator.Step;

/**
 * Deals the records of a batch out, one by one, to a number of partitions. If the engine has fewer, each of its own stands for
 * several.
 *
 * @param partitions how many, at least 1; with 1, records keep their order of arrival
 * @param <T> records
 */
public record RepartitionOperator<T>(int partitions) implements PartitionOperator<T, Object, T, T> {

    /** Checks the number. */
    public RepartitionOperator {
        if (partitions < 1) {
            throw new IllegalArgumentException("The number of partitions must be >= 1, but is " + partitions);
        }
    }

    @Override
    public String kind() {
        return "repartition";
    }

    @Override
    public Exchange exchange() {
        return partitions == 1 ? Exchange.TO_ONE : Exchange.EVENLY;
    }

    @Override
    public PartitionTask<Object, T> open(PartitionContext context, Step<T> out) {
        return new DealTask<>(context, out);
    }

    /** Passes records on, and deals them out once more where a partition of the engine stands for several. */
    private static final class DealTask<T> implements PartitionTask<Object, T> {
        private final PartitionContext context;
        private final Step<T> out;
        private int next;

        DealTask(PartitionContext context, Step<T> out) {
            this.context = context;
            this.out = out;
        }

        @Override
        public void begin() {
            next = 0;
        }

        @Override
        @SuppressWarnings("unchecked")
        public void add(int input, Object key, int hash, Object value) throws Exception {
            if (context.parts() > 1) {
                context.part(next);
                next = next + 1 == context.parts() ? 0 : next + 1;
            }
            out.push((T) value);
        }

        @Override
        public void finish() {
            // passed on already
        }
    }
}
