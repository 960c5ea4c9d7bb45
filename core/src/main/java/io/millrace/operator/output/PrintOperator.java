// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.output;

import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputOperator;
import java.io.PrintStream;
import java.util.List;
import java.util.Objects;

/**
 * Prints the first records of every batch under a header with its time; the header alone for an empty batch.
 *
 * @param format how it looks
 * @param to where it is printed
 * @param <T> records
 */
public record PrintOperator<T>(PrintFormat format, PrintStream to) implements OutputOperator<T> {

    private static final String RULE = "-".repeat(43);

    @Override
    public String kind() {
        return "print";
    }

    @Override
    public int limit() {
        return format.sorted() || format.limit() == Integer.MAX_VALUE ? Integer.MAX_VALUE : format.limit() + 1;
    }

    @Override
    public void write(BatchTime time, List<T> records) {
        StringBuilder text = new StringBuilder();
        text.append(RULE)
                .append('\n')
                .append(format.title(time))
                .append('\n')
                .append(RULE)
                .append('\n');
        List<String> lines = records.stream().map(Objects::toString).toList();
        if (format.sorted()) {
            lines = lines.stream().sorted().toList();
        }
        lines.stream().limit(format.limit()).forEach(line -> text.append(line).append('\n'));
        if (lines.size() > format.limit()) {
            text.append("...\n");
        }
        text.append('\n');
        to.print(text);
        to.flush();
    }
}
