// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import io.millrace.operator.OutputOperator;
import java.util.List;
import java.util.stream.IntStream;

class CollectedOutputContractTest extends OutputContract<Integer> {

    private final CollectedOutput<Integer> output = new CollectedOutput<>();

    @Override
    protected OutputOperator<Integer> output() {
        return output;
    }

    @Override
    protected List<Integer> records(int first, int count) {
        return IntStream.range(first, first + count).boxed().toList();
    }

    @Override
    protected List<Integer> written() {
        return output.all();
    }
}
