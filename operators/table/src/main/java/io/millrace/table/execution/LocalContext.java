// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.operator.BatchTime;
import io.millrace.operator.Current;
import io.millrace.operator.Guard;
import io.millrace.operator.Step;
import io.millrace.operator.StepContext;
import io.millrace.operator.Versioned;

/** What a step may ask of its task where there is no engine: there is one partition, and what fails ends the run. */
final class LocalContext implements StepContext {

    @Override
    public Guard guard() {
        return (record, cause) -> {
            if (cause instanceof RuntimeException failure) {
                throw failure;
            }
            if (cause instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException(cause);
        };
    }

    @Override
    public BatchTime batchTime() {
        return new BatchTime(0);
    }

    @Override
    public int partitions() {
        return 1;
    }

    @Override
    public <T> Current<T> current(Versioned<T> value) {
        throw new IllegalStateException("there are no values of a job without a job");
    }

    @Override
    public <T> Step<T> fresh(Class<?> stepClass, Object... arguments) {
        throw new IllegalStateException("steps of tables are not made anew for each node");
    }
}
