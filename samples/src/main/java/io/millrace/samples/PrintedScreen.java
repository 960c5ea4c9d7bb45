// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import io.millrace.table.sink.ShownTable;
import io.millrace.table.sink.SinkBatch;
import java.io.PrintStream;

/** A screen that only goes on: results on the standard output, batch after batch as Spark's console shows them, and errors on the other. */
final class PrintedScreen implements ShellScreen {

    private static final String RULE = "-".repeat(43);

    private final PrintStream out;
    private final PrintStream err;

    PrintedScreen(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public void say(String text) {
        out.println(text);
        out.flush();
    }

    @Override
    public void error(String text) {
        err.println(text);
        err.flush();
    }

    @Override
    public void show(SinkBatch batch) {
        say(text(batch));
    }

    /** A batch with its number. */
    static String text(SinkBatch batch) {
        return RULE + "\nBatch: " + batch.batchId() + "\n" + RULE + "\n"
                + ShownTable.of(batch.schema(), batch.parts(), ShownTable.DEFAULT_ROWS, ShownTable.DEFAULT_WIDTH);
    }

    @Override
    public void ended() {
        // all is printed
    }
}
