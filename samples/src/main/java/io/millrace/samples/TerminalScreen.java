// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import io.millrace.table.data.ColumnBatch;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.sink.ShownTable;
import io.millrace.table.sink.SinkBatch;
import java.util.ArrayList;
import java.util.List;
import org.jline.reader.LineReader;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.Status;

/**
 * A terminal: the result of the query that runs stands below the prompt and changes in place. In complete mode it is the result; else the
 * last rows that came.
 */
final class TerminalScreen implements ShellScreen {

    /** So many lines are left to what is typed, and to the frame of the table. */
    private static final int OTHER_LINES = 12;

    private static final int LEAST_ROWS = 3;

    private final Terminal terminal;
    private final LineReader reader;
    private final Status status;
    private List<ColumnBatch> tail = List.of();
    private String shown = "";

    TerminalScreen(Terminal terminal, LineReader reader) {
        this.terminal = terminal;
        this.reader = reader;
        this.status = Status.getStatus(terminal);
    }

    @Override
    public void say(String text) {
        reader.printAbove(text);
    }

    @Override
    public void error(String text) {
        reader.printAbove(text);
    }

    @Override
    public synchronized void show(SinkBatch batch) {
        int rows = Math.max(
                LEAST_ROWS, Math.min(ShownTable.DEFAULT_ROWS, terminal.getSize().getRows() - OTHER_LINES));
        List<ColumnBatch> parts = batch.parts();
        if (batch.mode() != OutputMode.COMPLETE) {
            tail = last(rows, tail, batch);
            parts = tail;
        }
        shown = ShownTable.of(batch.schema(), parts, rows, ShownTable.DEFAULT_WIDTH);
        List<AttributedString> lines = new ArrayList<>();
        shown.lines().map(AttributedString::new).forEach(lines::add);
        lines.add(new AttributedString("batch " + batch.batchId() + "; .stop or Ctrl+C ends the query"));
        status.update(lines);
    }

    /** The last rows of those before and those of a batch. */
    private static List<ColumnBatch> last(int rows, List<ColumnBatch> before, SinkBatch batch) {
        List<ColumnBatch> all = new ArrayList<>(before);
        all.addAll(batch.parts());
        ColumnBatch joined = ColumnBatch.concat(batch.schema(), all);
        int first = Math.max(0, joined.rows() - rows);
        int[] places = new int[joined.rows() - first];
        for (int i = 0; i < places.length; i++) {
            places[i] = first + i;
        }
        return List.of(joined.select(places, places.length));
    }

    @Override
    public synchronized void ended() {
        status.update(List.of());
        if (!shown.isEmpty()) {
            reader.printAbove(shown.stripTrailing());
        }
        shown = "";
        tail = List.of();
    }
}
