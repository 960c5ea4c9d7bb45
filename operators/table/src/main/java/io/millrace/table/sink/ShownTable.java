// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sink;

import io.millrace.table.data.ColumnBatch;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table as Spark's {@code show} prints it, to the character. */
public final class ShownTable {

    /** How many rows are shown by default. */
    public static final int DEFAULT_ROWS = 20;

    /** How many characters of a cell are shown by default. */
    public static final int DEFAULT_WIDTH = 20;

    private static final int LEAST_WIDTH = 3;
    private static final String DOTS = "...";
    private static final ValueText TEXT = new ValueText("NULL");

    private ShownTable() {}

    /**
     * The first rows of a table.
     *
     * @param parts the rows
     * @param rows how many are shown
     * @param truncate how many characters of a cell are shown, then cells stand to the right; 0 for all, then they stand to the left
     * @return the text, its last line ended by a line feed
     */
    public static String of(Schema schema, List<ColumnBatch> parts, int rows, int truncate) {
        List<String[]> cells = new ArrayList<>();
        cells.add(schema.fields().stream()
                .map(field -> shortened(escaped(field.name()), truncate))
                .toArray(String[]::new));
        boolean more = !addRows(schema, parts, Math.max(0, rows), truncate, cells);
        int[] widths = widths(schema.size(), cells);
        StringBuilder out = new StringBuilder();
        border(widths, out);
        line(cells.get(0), widths, truncate > 0, out);
        border(widths, out);
        cells.subList(1, cells.size()).forEach(row -> line(row, widths, truncate > 0, out));
        border(widths, out);
        if (more) {
            out.append("only showing top ")
                    .append(rows)
                    .append(rows == 1 ? " row" : " rows")
                    .append('\n');
        }
        return out.toString();
    }

    /** False if there are more rows. */
    private static boolean addRows(
            Schema schema, List<ColumnBatch> parts, int rows, int truncate, List<String[]> cells) {
        for (ColumnBatch part : parts) {
            for (int row = 0; row < part.rows(); row++) {
                if (cells.size() > rows) {
                    return false;
                }
                String[] texts = new String[schema.size()];
                for (int i = 0; i < texts.length; i++) {
                    String text = TEXT.of(schema.field(i).type(), part.column(i).get(row));
                    texts[i] = shortened(escaped(text), truncate);
                }
                cells.add(texts);
            }
        }
        return true;
    }

    private static int[] widths(int columns, List<String[]> cells) {
        int[] widths = new int[columns];
        Arrays.fill(widths, LEAST_WIDTH);
        for (String[] row : cells) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], halfWidth(row[i]));
            }
        }
        return widths;
    }

    private static void border(int[] widths, StringBuilder out) {
        out.append('+');
        for (int width : widths) {
            out.append("-".repeat(width)).append('+');
        }
        out.append('\n');
    }

    private static void line(String[] cells, int[] widths, boolean right, StringBuilder out) {
        out.append('|');
        for (int i = 0; i < cells.length; i++) {
            String padding = " ".repeat(widths[i] - halfWidth(cells[i]));
            out.append(right ? padding : "")
                    .append(cells[i])
                    .append(right ? "" : padding)
                    .append('|');
        }
        out.append('\n');
    }

    private static String shortened(String cell, int truncate) {
        if (truncate <= 0 || cell.length() <= truncate) {
            return cell;
        }
        return truncate < DOTS.length() + 1
                ? cell.substring(0, truncate)
                : cell.substring(0, truncate - DOTS.length()) + DOTS;
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\f' -> out.append("\\f");
                case '\b' -> out.append("\\b");
                case 0x0B -> out.append("\\v");
                case 0x07 -> out.append("\\a");
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    /** How many places of a terminal a text takes: two for the full-width characters of East Asia. */
    private static int halfWidth(String text) {
        int width = 0;
        for (int i = 0; i < text.length(); i++) {
            width += isFullWidth(text.charAt(i)) ? 2 : 1;
        }
        return width;
    }

    private static boolean isFullWidth(char c) {
        return (c >= 0x1100 && c <= 0x115F)
                || (c >= 0x2E80 && c <= 0xA4CF)
                || (c >= 0xAC00 && c <= 0xD7A3)
                || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0xFE30 && c <= 0xFE4F)
                || (c >= 0xFF00 && c <= 0xFF60)
                || (c >= 0xFFE0 && c <= 0xFFE6);
    }
}
