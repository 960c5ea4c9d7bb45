// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import io.millrace.operator.Exchange;
import io.millrace.operator.Guard;
import io.millrace.operator.PartitionOperator;
import io.millrace.operator.PartitionTask;
import io.millrace.operator.StableHash;
import io.millrace.operator.Step;

/** Feeds an operator on partitions with records that are in its partition already. */
final class PartitionFeed implements Step<Object> {

    private final int input;
    private final PartitionOperator<Object, Object, Object, Object> operator;
    private final PartitionTask<Object, Object> task;
    private final Guard guard;
    private final boolean byKey;

    PartitionFeed(
            int input,
            PartitionOperator<Object, Object, Object, Object> operator,
            PartitionTask<Object, Object> task,
            Guard guard) {
        this.input = input;
        this.operator = operator;
        this.task = task;
        this.guard = guard;
        this.byKey = operator.exchange() == Exchange.BY_KEY;
    }

    @Override
    public void push(Object record) throws Exception {
        Object key = PartitionTask.NO_KEY;
        Object value;
        int hash = 0;
        try {
            if (byKey) {
                key = operator.key(record);
                hash = StableHash.of(key);
            }
            value = operator.value(record);
        } catch (Throwable e) {
            guard.failed(record, e);
            return;
        }
        task.add(input, key, hash, value);
    }
}
