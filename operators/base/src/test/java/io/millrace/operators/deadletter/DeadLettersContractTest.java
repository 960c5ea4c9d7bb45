// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.deadletter;

import io.millrace.operator.BatchTime;
import io.millrace.operator.DeadLetter;
import io.millrace.operator.FailedRecord;
import io.millrace.operator.OutputOperator;
import io.millrace.testkit.OutputContract;
import java.util.List;
import java.util.stream.IntStream;

class DeadLettersContractTest extends OutputContract<DeadLetter> {

    private final DeadLetters<String> letters = DeadLetters.of(String.class, 1000);

    @Override
    protected OutputOperator<DeadLetter> output() {
        return letters;
    }

    @Override
    protected List<DeadLetter> records(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(i -> new DeadLetter(
                        new FailedRecord(new BatchTime(1000), "-", -1, "-", "parse", "T.java:1", "record " + i, "no"),
                        "record " + i))
                .toList();
    }

    @Override
    protected List<DeadLetter> written() {
        return letters.held();
    }
}
