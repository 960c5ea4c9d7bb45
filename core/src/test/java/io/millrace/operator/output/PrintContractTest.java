// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.operator.OutputOperator;
import io.millrace.testkit.OutputContract;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.IntStream;

class PrintContractTest extends OutputContract<String> {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    protected OutputOperator<String> output() {
        return new PrintOperator<>(PrintFormat.SPARK, new PrintStream(bytes, true, UTF_8));
    }

    @Override
    protected List<String> records(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(i -> "record " + i)
                .toList();
    }

    @Override
    protected List<String> written() {
        return bytes.toString(UTF_8)
                .lines()
                .filter(line -> line.startsWith("record"))
                .toList();
    }
}
