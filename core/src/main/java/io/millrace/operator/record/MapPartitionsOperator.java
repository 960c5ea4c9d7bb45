// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.record;

import io.millrace.function.MapPartitionsFunction;
import io.millrace.operator.Exchange;
import io.millrace.operator.PartitionContext;
import io.millrace.operator.PartitionOperator;
import io.millrace.operator.PartitionTask;
import io.millrace.operator.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/**
 * Makes any number of records of all records of a partition. Where the number of partitions is known, since records were brought
 * together or dealt out before, the function is called for each of them, for empty ones too; elsewhere for those that hold records.
 *
 * @param kind {@code mapPartitions}, {@code mapPartitionsToPair} or {@code glom}
 * @param function what makes them
 * @param <I> records in
 * @param <O> records out
 */
public record MapPartitionsOperator<I, O>(String kind, MapPartitionsFunction<I, ? extends O> function)
        implements PartitionOperator<I, Object, I, O> {

    @Override
    public Exchange exchange() {
        return Exchange.IN_PLACE;
    }

    @Override
    public boolean worksOnNothing() {
        return true;
    }

    @Override
    public PartitionTask<Object, I> open(PartitionContext context, Step<O> out) {
        return new PartitionsTask<>(function, context, out);
    }

    /** Collects the records of each partition that this one of the engine stands for. */
    private static final class PartitionsTask<I, O> implements PartitionTask<Object, I> {
        private final MapPartitionsFunction<I, ? extends O> function;
        private final PartitionContext context;
        private final Step<O> out;
        private List<List<I>> parts = List.of();

        PartitionsTask(MapPartitionsFunction<I, ? extends O> function, PartitionContext context, Step<O> out) {
            this.function = function;
            this.context = context;
            this.out = out;
        }

        @Override
        public void begin() {
            parts = new ArrayList<>();
            for (int part = 0; part < context.parts(); part++) {
                parts.add(new ArrayList<>());
            }
        }

        @Override
        @SuppressWarnings("unchecked")
        public void add(int input, Object key, int hash, Object value) {
            if (parts.isEmpty()) {
                parts.add(new ArrayList<>());
            }
            parts.get(parts.size() == 1 ? 0 : context.part()).add((I) value);
        }

        @Override
        public void finish() throws Exception {
            List<List<I>> all = parts;
            parts = List.of();
            for (int part = 0; part < all.size(); part++) {
                context.part(part);
                apply(Collections.unmodifiableList(all.get(part)));
            }
        }

        private void apply(List<I> records) throws Exception {
            Iterator<? extends O> results;
            try {
                results = function.apply(records).iterator();
            } catch (Throwable e) {
                context.guard().failed(records, e);
                return;
            }
            while (true) {
                O result;
                try {
                    if (!results.hasNext()) {
                        return;
                    }
                    result = results.next();
                } catch (Throwable e) {
                    context.guard().failed(records, e);
                    return;
                }
                out.push(result);
            }
        }
    }
}
