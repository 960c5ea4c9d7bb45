// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.sink;

import io.millrace.operator.OutputOperator;
import io.millrace.operator.Pair;
import io.millrace.testkit.OutputContract;
import java.util.List;
import java.util.stream.IntStream;

class MemoryTableContractTest extends OutputContract<Pair<String, Integer>> {

    private final MemoryTable<String, Integer> table = MemoryTable.latest(1000);

    @Override
    protected OutputOperator<Pair<String, Integer>> output() {
        return table;
    }

    @Override
    protected List<Pair<String, Integer>> records(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(i -> Pair.of("key " + i, i))
                .toList();
    }

    @Override
    protected List<Pair<String, Integer>> written() {
        return table.all().entrySet().stream()
                .map(entry -> Pair.of(entry.getKey(), entry.getValue()))
                .toList();
    }
}
