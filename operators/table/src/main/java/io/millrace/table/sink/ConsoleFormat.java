// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sink;

import io.millrace.table.source.FormatOptions;
import io.millrace.table.source.TableFormat;
import java.io.PrintStream;

/**
 * Prints every batch to the standard output, in Spark's form. Options: {@code numRows}, how many rows of a batch, 20; {@code truncate}, true for
 * cells of at most 20 characters that stand to the right, false for whole ones that stand to the left, or a number of characters.
 */
public final class ConsoleFormat implements TableFormat {

    /** The format. */
    public ConsoleFormat() {}

    @Override
    public String name() {
        return "console";
    }

    @Override
    public TableSink sink(WriteRequest request) {
        FormatOptions options = request.options();
        String truncate = options.get("truncate", "true");
        int width = switch (truncate.toLowerCase(java.util.Locale.ROOT)) {
            case "true" -> ShownTable.DEFAULT_WIDTH;
            case "false" -> 0;
            default -> (int) options.number("truncate", 0, 0, Integer.MAX_VALUE);
        };
        int rows = (int) options.number("numRows", ShownTable.DEFAULT_ROWS, 0, Integer.MAX_VALUE - 1);
        return new ConsoleSink(System.out, rows, width);
    }

    /** A sink that prints elsewhere. */
    static TableSink to(PrintStream out, int rows, int truncate) {
        return new ConsoleSink(out, rows, truncate);
    }

    private record ConsoleSink(PrintStream out, int rows, int truncate) implements TableSink {

        private static final String LINE = "-------------------------------------------";

        @Override
        public String description() {
            return "ConsoleTable[numRows=" + rows + ", truncate=" + truncate + "]";
        }

        @Override
        public void write(SinkBatch batch) {
            String text = LINE + "\nBatch: " + batch.batchId() + "\n" + LINE + "\n"
                    + ShownTable.of(batch.schema(), batch.parts(), rows, truncate) + "\n";
            out.print(text);
            out.flush();
        }
    }
}
