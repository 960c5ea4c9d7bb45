// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.storage;

import java.io.IOException;
import java.util.List;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * Reads Parquet files with parquet-java's own reader and neither Hadoop nor Spark. What the file says of its sizes is
 * held against its length and the limits before parquet-java believes it.
 */
final class ParquetRows {

    private ParquetRows() {}

    /** Adds the records of a file to {@code rows}. */
    static void read(String file, byte[] bytes, LoadLimits limits, List<ParquetRow> rows) {
        try {
            FooterCheck.check(bytes);
            readChecked(file, bytes, limits, rows);
        } catch (ModelFormatException e) {
            throw e;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw new ModelFormatException(file, "not a Parquet file that can be read: " + e, e);
        } catch (OutOfMemoryError e) {
            // one allocation that a number in the file asked for; the heap is as it was before
            throw new ModelFormatException(file, "a length in it asks for more memory than there is: " + e, e);
        }
    }

    private static void readChecked(String file, byte[] bytes, LoadLimits limits, List<ParquetRow> rows)
            throws IOException {
        ParquetReadOptions options = ParquetReadOptions.builder(new PlainParquetConfiguration())
                .withCodecFactory(new PageCodecs(limits.pageBytes()))
                .build();
        try (ParquetFileReader reader = ParquetFileReader.open(new BytesInputFile(bytes), options)) {
            MessageType schema = reader.getFileMetaData().getSchema();
            if (depth(schema, limits.depth()) > limits.depth()) {
                throw new ModelFormatException(file, "types nested deeper than " + limits.depth());
            }
            long records = rows.size();
            for (BlockMetaData block : reader.getRowGroups()) {
                records += block.getRowCount();
                if (block.getRowCount() < 0 || records > limits.rows()) {
                    throw new ModelFormatException(file, "more than " + limits.rows() + " records");
                }
                for (ColumnChunkMetaData column : block.getColumns()) {
                    checkChunk(file, column, bytes.length);
                }
            }
            RowMaterializer materializer = new RowMaterializer(file, schema, limits);
            MessageColumnIO columns =
                    new ColumnIOFactory(reader.getFileMetaData().getCreatedBy()).getColumnIO(schema);
            for (PageReadStore pages = reader.readNextRowGroup(); pages != null; pages = reader.readNextRowGroup()) {
                RecordReader<ParquetRow> recordReader =
                        columns.getRecordReader(new CheckedPages(file, pages, limits), materializer);
                for (long i = 0; i < pages.getRowCount(); i++) {
                    rows.add(recordReader.read());
                }
            }
        }
    }

    private static void checkChunk(String file, ColumnChunkMetaData column, long length) {
        long start = column.getStartingPos();
        long size = column.getTotalSize();
        if (start < 4 || size < 0 || start > length || size > length - start) {
            throw new ModelFormatException(
                    file,
                    "column " + column.getPath().toDotString() + " at " + start + " with " + size
                            + " bytes, the file has " + length);
        }
    }

    private static int depth(Type type, int bound) {
        int deepest = 0;
        if (!type.isPrimitive() && bound >= 0) {
            GroupType group = type.asGroupType();
            for (Type field : group.getFields()) {
                deepest = Math.max(deepest, depth(field, bound - 1));
            }
        }
        return deepest + 1;
    }
}
