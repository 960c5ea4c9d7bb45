// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.storage;

import java.io.IOException;
import java.util.List;

/**
 * Reads Parquet files without Hadoop and Spark: by {@link DirectRows} if the file is written as Spark writes them, else by
 * {@link ParquetJavaRows}. What the file says of its sizes is held against its length and the limits before either believes it.
 */
final class ParquetRows {

    /** A run of nulls takes as many records as it says in a few bytes; records that a model is made of are not all alike. */
    private static final long MOST_RECORDS_PER_BYTE = 256;

    private ParquetRows() {}

    /** Adds the records of a file to {@code rows}. */
    static void read(String file, byte[] bytes, LoadLimits limits, List<ParquetRow> rows) {
        try {
            Footer footer = Footer.read(file, bytes, limits);
            check(file, bytes, footer, limits, rows.size());
            DirectRows direct = DirectRows.of(file, bytes, footer, limits);
            if (direct != null) {
                direct.addTo(rows);
            } else {
                ParquetJavaRows.read(file, bytes, limits, rows);
            }
        } catch (ModelFormatException e) {
            throw e;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw new ModelFormatException(file, "not a Parquet file that can be read: " + e, e);
        } catch (OutOfMemoryError e) {
            // one allocation that a number in the file asked for; the heap is as it was before
            throw new ModelFormatException(file, "a length in it asks for more memory than there is: " + e, e);
        }
    }

    private static void check(String file, byte[] bytes, Footer footer, LoadLimits limits, long rowsBefore) {
        long bound = bytes.length * MOST_RECORDS_PER_BYTE;
        long records = rowsBefore;
        for (Footer.RowGroup rowGroup : footer.rowGroups()) {
            records += rowGroup.records();
            if (rowGroup.records() < 0 || records < 0 || records > limits.rows()) {
                throw new ModelFormatException(file, "more than " + limits.rows() + " records");
            }
            if (records - rowsBefore > bound) {
                throw new ModelFormatException(
                        file,
                        "has " + (records - rowsBefore) + " records, in " + bytes.length + " bytes at most " + bound
                                + " are read");
            }
            for (Footer.Chunk chunk : rowGroup.chunks()) {
                check(file, bytes.length, chunk, limits);
            }
        }
    }

    private static void check(String file, long length, Footer.Chunk chunk, LoadLimits limits) {
        long start = chunk.start();
        long size = chunk.size();
        if (start < 4 || size < 0 || start > length || size > length - start) {
            throw new ModelFormatException(
                    file,
                    "column " + chunk.column() + " at " + start + " with " + size + " bytes, the file has " + length);
        }
        long bound = Math.max(limits.rows(), limits.elements());
        if (chunk.values() < 0 || chunk.values() > bound) {
            throw new ModelFormatException(
                    file,
                    "column " + chunk.column() + " has " + chunk.values() + " values, at most " + bound + " are read");
        }
    }
}
