// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.storage;

import java.io.IOException;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.jspecify.annotations.Nullable;

/** Pages whose headers are held against what they contain: parquet-java allocates by the counts in them. */
record CheckedPages(String file, PageReadStore pages, LoadLimits limits) implements PageReadStore {

    @Override
    public PageReader getPageReader(ColumnDescriptor column) {
        PageReader reader = pages.getPageReader(column);
        long values = reader.getTotalValueCount();
        long bound = Math.max(limits.rows(), limits.elements());
        if (values < 0 || values > bound) {
            throw failure(column, "has " + values + " values, at most " + bound + " are read");
        }
        return new Checked(column, reader, values);
    }

    @Override
    public long getRowCount() {
        return pages.getRowCount();
    }

    @Override
    public Optional<Long> getRowIndexOffset() {
        return pages.getRowIndexOffset();
    }

    @Override
    public void close() {
        pages.close();
    }

    private ModelFormatException failure(ColumnDescriptor column, String reason) {
        return new ModelFormatException(file, "column " + String.join(".", column.getPath()) + " " + reason);
    }

    private final class Checked implements PageReader {

        private final ColumnDescriptor column;
        private final PageReader reader;
        private final long values;

        Checked(ColumnDescriptor column, PageReader reader, long values) {
            this.column = column;
            this.reader = reader;
            this.values = values;
        }

        @Override
        public @Nullable DictionaryPage readDictionaryPage() {
            DictionaryPage page = reader.readDictionaryPage();
            if (page == null) {
                return null;
            }
            int width = switch (column.getPrimitiveType().getPrimitiveTypeName()) {
                case INT32, FLOAT, BINARY -> 4;
                case INT64, DOUBLE -> 8;
                default -> 1;
            };
            int size = page.getDictionarySize();
            if (size < 0 || (long) size * width > page.getUncompressedSize()) {
                throw failure(
                        column, "has a dictionary of " + size + " values in " + page.getUncompressedSize() + " bytes");
            }
            return page;
        }

        @Override
        public long getTotalValueCount() {
            return values;
        }

        @Override
        public @Nullable DataPage readPage() {
            DataPage page = reader.readPage();
            if (page != null && (page.getValueCount() < 0 || page.getValueCount() > values)) {
                throw failure(
                        column, "has a page of " + page.getValueCount() + " values, all in all there are " + values);
            }
            if (page != null) {
                try {
                    PageCheck.check(column, page);
                } catch (IOException e) {
                    throw failure(column, "has " + e.getMessage());
                }
            }
            return page;
        }
    }
}
