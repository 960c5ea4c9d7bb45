// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source.file;

import io.millrace.table.data.Column;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.Utf8Column;
import io.millrace.table.type.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a text file, as slices of the file's bytes. A line ends at a line feed, and a carriage return before it belongs to the end.
 *
 * @param schema one column of strings
 */
record TextRows(Schema schema) implements RowFiles {

    private static final int CHUNK = 1 << 20;
    private static final int LONGEST_LINE = 1 << 29;

    @Override
    public Reading open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        return new Lines(in, file);
    }

    private final class Lines implements Reading {
        private final InputStream in;
        private final Path file;
        private byte[] rest = new byte[0];
        private boolean ended;

        Lines(InputStream in, Path file) {
            this.in = in;
            this.file = file;
        }

        @Override
        public @Nullable ColumnBatch next() throws IOException {
            byte[] bytes = rest;
            int end = lastLineEnd(bytes);
            while (end == 0 && !ended) {
                if (bytes.length > LONGEST_LINE) {
                    throw new IOException(file + " has a line of more than " + LONGEST_LINE + " bytes");
                }
                byte[] more = in.readNBytes(CHUNK);
                ended = more.length < CHUNK;
                int before = bytes.length;
                bytes = Arrays.copyOf(bytes, before + more.length);
                System.arraycopy(more, 0, bytes, before, more.length);
                end = lastLineEnd(bytes);
            }
            if (ended) {
                end = bytes.length;
            }
            rest = Arrays.copyOfRange(bytes, end, bytes.length);
            return end == 0 ? null : rows(bytes, end);
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    /** One after the last line feed; 0 if there is none. */
    private static int lastLineEnd(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    private ColumnBatch rows(byte[] bytes, int end) {
        int lines = 0;
        for (int i = 0; i < end; i++) {
            lines += bytes[i] == '\n' || i == end - 1 ? 1 : 0;
        }
        int[] starts = new int[lines];
        int[] lengths = new int[lines];
        int line = 0;
        int start = 0;
        for (int i = 0; i < end; i++) {
            boolean feed = bytes[i] == '\n';
            if (feed || i == end - 1) {
                int stop = feed ? i : i + 1;
                starts[line] = start;
                lengths[line++] = stop > start && feed && bytes[stop - 1] == '\r' ? stop - 1 - start : stop - start;
                start = i + 1;
            }
        }
        return new ColumnBatch(schema, new Column[] {new Utf8Column(bytes, starts, lengths, false, null)}, lines);
    }
}
