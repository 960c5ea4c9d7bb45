// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.record;

import io.millrace.function.TransformAllFunction;
import io.millrace.operator.Exchange;
import io.millrace.operator.PartitionContext;
import io.millrace.operator.PartitionOperator;
import io.millrace.operator.PartitionTask;
import io.millrace.operator.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Makes one batch of the batches that one or more streams have at the same time. The function is called once per batch, of an empty
 * one too, where all records are; what comes of it lies in one partition.
 *
 * @param kind the name under which users know it
 * @param streams how many streams there are
 * @param function what makes the batch
 * @param <R> records out
 */
public record TransformOperator<R>(String kind, int streams, TransformAllFunction<? extends R> function)
        implements PartitionOperator<Object, Object, Object, R> {

    @Override
    public Exchange exchange() {
        return Exchange.TO_ONE;
    }

    @Override
    public boolean worksOnNothing() {
        return true;
    }

    @Override
    public PartitionTask<Object, Object> open(PartitionContext context, Step<R> out) {
        return new TransformTask<>(this, context, out);
    }

    private List<List<Object>> empty() {
        List<List<Object>> batches = new ArrayList<>();
        for (int stream = 0; stream < streams; stream++) {
            batches.add(new ArrayList<>());
        }
        return batches;
    }

    /** Collects the batches and has the function called. */
    private static final class TransformTask<R> implements PartitionTask<Object, Object> {
        private final TransformOperator<R> operator;
        private final PartitionContext context;
        private final Step<R> out;
        private List<List<Object>> batches;

        TransformTask(TransformOperator<R> operator, PartitionContext context, Step<R> out) {
            this.operator = operator;
            this.context = context;
            this.out = out;
            this.batches = operator.empty();
        }

        @Override
        public void begin() {
            batches = operator.empty();
        }

        @Override
        public void add(int input, Object key, int hash, Object value) {
            batches.get(input).add(value);
        }

        @Override
        public void finish() throws Exception {
            List<List<?>> arrived = new ArrayList<>();
            batches.forEach(batch -> arrived.add(Collections.unmodifiableList(batch)));
            batches = operator.empty();
            List<R> made;
            try {
                made = apply(Collections.unmodifiableList(arrived));
            } catch (Throwable e) {
                context.guard().failed(arrived.size() == 1 ? arrived.get(0) : arrived, e);
                return;
            }
            for (R record : made) {
                out.push(record);
            }
        }

        /** What the function makes, copied, so that whatever the list does when it is read is the function's doing. */
        @SuppressWarnings("NullAway") // functions of users are not checked
        private List<R> apply(List<List<?>> arrived) throws Exception {
            List<? extends R> made = operator.function().apply(context.batchTime(), arrived);
            if (made == null) {
                throw new IllegalStateException("The function of " + operator.kind()
                        + " must not return null; an empty batch is an empty list");
            }
            return new ArrayList<>(made);
        }
    }
}
