// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.storage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pages of one column in a row group: their headers at once, what is in them when it is asked for. */
final class ColumnPages {

    /** Encodings, by the numbers of the format. */
    static final int PLAIN = 0;

    static final int PLAIN_DICTIONARY = 2;
    static final int RLE = 3;
    static final int RLE_DICTIONARY = 8;

    private static final int DATA_PAGE = 0;
    private static final int DICTIONARY_PAGE = 2;
    private static final int DATA_PAGE_V2 = 3;

    /**
     * What a page's header says.
     *
     * @param values how many there are, nulls and empty lists among them
     * @param start where the page itself begins in the file
     * @param size its bytes there
     * @param unpackedSize its bytes when they are decompressed
     */
    record Page(
            int type,
            int values,
            int encoding,
            int definitionEncoding,
            int repetitionEncoding,
            int start,
            int size,
            int unpackedSize) {

        boolean hasDictionary() {
            return encoding == PLAIN_DICTIONARY || encoding == RLE_DICTIONARY;
        }
    }

    private final String file;
    private final byte[] bytes;
    private final ParquetField field;
    private final Footer.Chunk chunk;
    private final int pageBytes;
    private final List<Page> pages = new ArrayList<>();
    private @Nullable Page dictionary;

    /**
     * Reads the headers.
     *
     * @throws ModelFormatException if there are not as many values as the footer says, or a page goes beyond the column
     * @throws IOException if a header cannot be read
     */
    ColumnPages(String file, byte[] bytes, ParquetField field, Footer.Chunk chunk, int pageBytes) throws IOException {
        this.file = file;
        this.bytes = bytes;
        this.field = field;
        this.chunk = chunk;
        this.pageBytes = pageBytes;
        int end = (int) (chunk.start() + chunk.size());
        long left = chunk.values();
        for (int at = (int) chunk.start(); left > 0; ) {
            Page page = header(at, end);
            at = page.start() + page.size();
            if (page.type() == DICTIONARY_PAGE) {
                if (dictionary != null) {
                    throw failure("has more than one dictionary");
                }
                dictionary = page;
            } else if (page.type() == DATA_PAGE || page.type() == DATA_PAGE_V2) {
                if (page.values() > left) {
                    throw failure("has a page of " + page.values() + " values, " + left + " are left of its "
                            + chunk.values());
                }
                left -= page.values();
                pages.add(page);
            }
        }
    }

    private Page header(int at, int end) throws IOException {
        ThriftReader in = new ThriftReader("a page header of column " + field.column(), bytes, at, end);
        int type = -1;
        int size = -1;
        int unpackedSize = -1;
        int[] counts = {0, -1, -1, -1};
        for (int id = in.field(0); id != ThriftReader.STOP; id = in.field(id)) {
            switch (id) {
                case 1 -> type = in.i32();
                case 2 -> unpackedSize = in.i32();
                case 3 -> size = in.i32();
                case 5, 7 -> {
                    in.struct();
                    for (int inner = in.field(0); inner != ThriftReader.STOP; inner = in.field(inner)) {
                        // how many values, their encoding, and that of the levels; behind these, statistics
                        if (inner >= 1 && inner <= (id == 5 ? 4 : 2)) {
                            counts[inner - 1] = in.i32();
                        } else {
                            in.skip();
                        }
                    }
                }
                case 8 -> {
                    in.struct();
                    for (int inner = in.field(0); inner != ThriftReader.STOP; inner = in.field(inner)) {
                        if (inner == 1) {
                            counts[0] = in.i32();
                        } else {
                            in.skip();
                        }
                    }
                }
                default -> in.skip();
            }
        }
        if (size < 0 || size > end - in.position()) {
            throw failure("has a page of " + size + " bytes, there are " + (end - in.position()));
        }
        if (counts[0] < 0) {
            throw failure("has a page of " + counts[0] + " values");
        }
        return new Page(type, counts[0], counts[1], counts[2], counts[3], in.position(), size, unpackedSize);
    }

    /** Whether {@link ColumnReader} knows how these pages are written. */
    boolean areKnown() {
        if (!PageCodec.isKnown(chunk.codec()) || (dictionary != null && !knowsDictionary(dictionary))) {
            return false;
        }
        for (Page page : pages) {
            if (!knows(page)) {
                return false;
            }
        }
        return true;
    }

    private boolean knowsDictionary(Page page) {
        return field.type() != ParquetField.BOOLEAN && (page.encoding() == PLAIN || page.hasDictionary());
    }

    private boolean knows(Page page) {
        return page.type() == DATA_PAGE
                && (page.encoding() == PLAIN || (page.hasDictionary() && dictionary != null))
                && (field.repetitions() == 0 || page.repetitionEncoding() == RLE)
                && (field.definitions() == 0 || page.definitionEncoding() == RLE);
    }

    /** The data pages, in their order. */
    List<Page> pages() {
        return pages;
    }

    @Nullable
    Page dictionary() {
        return dictionary;
    }

    ParquetField field() {
        return field;
    }

    /** What is in a page, decompressed. */
    byte[] content(Page page) {
        if (page.unpackedSize() < 0 || page.unpackedSize() > pageBytes) {
            throw failure("has a page of " + page.unpackedSize() + " bytes, at most " + pageBytes + " are read");
        }
        try {
            return PageCodec.decompress(chunk.codec(), bytes, page.start(), page.size(), page.unpackedSize());
        } catch (IOException | RuntimeException e) {
            throw new ModelFormatException(
                    file, "column " + field.column() + " has a page that cannot be decompressed: " + e, e);
        }
    }

    /** An exception about this column. */
    ModelFormatException failure(String reason) {
        return new ModelFormatException(file, "column " + field.column() + " " + reason);
    }
}
