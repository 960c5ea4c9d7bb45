// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.state;

import io.millrace.table.Row;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.plan.StatefulFunction;
import java.util.function.Supplier;

/**
 * A {@link StatefulProcessor} as a step of a plan.
 *
 * @param name the name that stands in plans and errors
 * @param processors makes a processor for each partition and batch; keys, rows in and rows out are rows
 * @param timeMode by which time its timers fire
 * @param outputMode what it is told in {@code init}
 */
public record StatefulProcessorFunction(
        String name,
        Supplier<? extends StatefulProcessor<Row, Row, Row>> processors,
        TimeMode timeMode,
        OutputMode outputMode)
        implements StatefulFunction {

    /** Under the name of the class of its processors, in append mode. */
    public static StatefulProcessorFunction of(
            Supplier<? extends StatefulProcessor<Row, Row, Row>> processors, TimeMode timeMode) {
        String name = processors.get().getClass().getSimpleName();
        return new StatefulProcessorFunction(name, processors, timeMode, OutputMode.APPEND);
    }
}
