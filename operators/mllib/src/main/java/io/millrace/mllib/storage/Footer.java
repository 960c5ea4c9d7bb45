// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.storage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the footer of a Parquet file says of its columns and where they are. It is walked as a whole, so that every length in
 * it has been held against the bytes that are left, even of what is not kept.
 *
 * @param schema the group of all fields
 * @param columns the fields that are columns, in the order of the schema
 * @param encrypted whether something in the file is
 */
record Footer(ParquetField schema, List<ParquetField> columns, List<RowGroup> rowGroups, boolean encrypted) {

    /** The records of a row group, by columns. */
    record RowGroup(long records, List<Chunk> chunks) {}

    /**
     * A column of a row group.
     *
     * @param column its name behind those of the fields above it, with dots
     * @param start where its first page begins
     * @param size of its pages together with their headers, in bytes
     * @param values how many there are, nulls and empty lists among them
     * @param elsewhere whether it lies in another file or is encrypted
     */
    record Chunk(String column, int type, int codec, long start, long size, long values, boolean elsewhere) {}

    /**
     * Reads the footer of a file.
     *
     * @throws IOException with the reason, if there is none
     * @throws ModelFormatException if the schema or the sizes are beyond the limits
     */
    static Footer read(String file, byte[] bytes, LoadLimits limits) throws IOException {
        int length = bytes.length;
        if (length < 12 || !magic(bytes, 0) || !magic(bytes, length - 4)) {
            throw new IOException(length + " bytes that do not begin and end with PAR1");
        }
        int footer = (bytes[length - 8] & 0xff)
                | (bytes[length - 7] & 0xff) << 8
                | (bytes[length - 6] & 0xff) << 16
                | (bytes[length - 5] & 0xff) << 24;
        if (footer < 0 || footer > length - 12) {
            throw new IOException("a footer of " + footer + " bytes in a file of " + length);
        }
        return read(file, new ThriftReader("the footer", bytes, length - 8 - footer, length - 8), limits);
    }

    private static boolean magic(byte[] bytes, int at) {
        return bytes[at] == 'P' && bytes[at + 1] == 'A' && bytes[at + 2] == 'R' && bytes[at + 3] == '1';
    }

    private static Footer read(String file, ThriftReader in, LoadLimits limits) throws IOException {
        SchemaReader schema = new SchemaReader(file, limits.depth());
        List<RowGroup> rowGroups = new ArrayList<>();
        boolean encrypted = false;
        for (int id = in.field(0); id != ThriftReader.STOP; id = in.field(id)) {
            switch (id) {
                case 2 -> schema.read(in);
                case 4 -> {
                    for (int left = in.list(ThriftReader.STRUCT); left > 0; left--) {
                        rowGroups.add(rowGroup(in));
                    }
                }
                case 8 -> {
                    in.skip();
                    encrypted = true;
                }
                default -> in.skip();
            }
        }
        return new Footer(schema.tree(), schema.columns(), rowGroups, encrypted);
    }

    private static RowGroup rowGroup(ThriftReader in) throws IOException {
        List<Chunk> chunks = new ArrayList<>();
        long records = -1;
        for (int id = in.field(0); id != ThriftReader.STOP; id = in.field(id)) {
            switch (id) {
                case 1 -> {
                    for (int left = in.list(ThriftReader.STRUCT); left > 0; left--) {
                        chunks.add(chunk(in));
                    }
                }
                case 3 -> records = in.i64();
                default -> in.skip();
            }
        }
        return new RowGroup(records, chunks);
    }

    private static Chunk chunk(ThriftReader in) throws IOException {
        Chunk chunk = null;
        boolean elsewhere = false;
        for (int id = in.field(0); id != ThriftReader.STOP; id = in.field(id)) {
            switch (id) {
                case 3 -> {
                    in.struct();
                    chunk = columnMetadata(in);
                }
                case 1, 8, 9 -> {
                    in.skip();
                    elsewhere = true;
                }
                default -> in.skip();
            }
        }
        if (chunk == null) {
            throw new IOException("a column without metadata in the footer");
        }
        return elsewhere
                ? new Chunk(chunk.column, chunk.type, chunk.codec, chunk.start, chunk.size, chunk.values, true)
                : chunk;
    }

    private static Chunk columnMetadata(ThriftReader in) throws IOException {
        String column = "";
        int type = -1;
        int codec = -1;
        long values = -1;
        long size = -1;
        long pages = -1;
        long dictionary = 0;
        for (int id = in.field(0); id != ThriftReader.STOP; id = in.field(id)) {
            switch (id) {
                case 1 -> type = in.i32();
                case 3 -> column = path(in);
                case 4 -> codec = in.i32();
                case 5 -> values = in.i64();
                case 7 -> size = in.i64();
                case 9 -> pages = in.i64();
                case 11 -> dictionary = in.i64();
                default -> in.skip();
            }
        }
        long start = dictionary > 0 && dictionary < pages ? dictionary : pages;
        return new Chunk(column, type, codec, start, size, values, false);
    }

    private static String path(ThriftReader in) throws IOException {
        StringBuilder path = new StringBuilder();
        for (int left = in.list(ThriftReader.BINARY); left > 0; left--) {
            path.append(path.isEmpty() ? "" : ".").append(in.stringElement());
        }
        return path.toString();
    }
}
