// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import io.millrace.operator.Exchange;
import io.millrace.operator.Guard;
import io.millrace.operator.PartitionOperator;
import io.millrace.operator.PartitionTask;
import io.millrace.operator.Step;
import io.millrace.runtime.state.FoldTable;

/** Folds records by key before they leave the task; copied per node, since every record of the hot path comes by. */
final class FoldWriter implements Step<Object> {

    private final PartitionOperator<Object, Object, Object, Object> operator;
    private final FoldTable<Object, Object, Object> folds;
    private final Guard guard;
    private final boolean byKey;

    FoldWriter(
            PartitionOperator<Object, Object, Object, Object> operator,
            FoldTable<Object, Object, Object> folds,
            Guard guard) {
        this.operator = operator;
        this.folds = folds;
        this.guard = guard;
        this.byKey = operator.exchange() == Exchange.BY_KEY;
    }

    @Override
    public void push(Object record) throws Exception {
        try {
            if (byKey) {
                folds.add(operator.key(record), operator.value(record));
            } else {
                folds.add(PartitionTask.NO_KEY, operator.value(record));
            }
        } catch (Throwable e) {
            guard.failed(record, e);
        }
    }
}
