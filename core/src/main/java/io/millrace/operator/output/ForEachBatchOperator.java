// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.output;

import io.millrace.function.BatchFunction;
import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputOperator;
import java.util.List;

/**
 * Hands every batch to a function of the user.
 *
 * @param function the function
 * @param <T> records
 */
public record ForEachBatchOperator<T>(BatchFunction<T> function) implements OutputOperator<T> {

    @Override
    public String kind() {
        return "foreachBatch";
    }

    @Override
    public void write(BatchTime time, List<T> records) throws Exception {
        function.apply(time, records);
    }
}
