// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.sink;

import io.millrace.operator.OutputOperator;
import io.millrace.testkit.OutputContract;
import java.util.List;
import java.util.stream.IntStream;

class MemorySinkContractTest extends OutputContract<String> {

    private final MemorySink<String> sink = MemorySink.lastBatches(10);

    @Override
    protected OutputOperator<String> output() {
        return sink;
    }

    @Override
    protected List<String> records(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(i -> "record " + i)
                .toList();
    }

    @Override
    protected List<String> written() {
        return sink.all();
    }
}
