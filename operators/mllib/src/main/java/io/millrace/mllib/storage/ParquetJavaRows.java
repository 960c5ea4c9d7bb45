// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.storage;

import java.io.IOException;
import java.util.List;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;

/** Reads any Parquet file with parquet-java's own reader and neither Hadoop nor Spark. */
final class ParquetJavaRows {

    private ParquetJavaRows() {}

    /** Adds the records of a file, whose {@link Footer} has been checked, to {@code rows}. */
    static void read(String file, byte[] bytes, LoadLimits limits, List<ParquetRow> rows) throws IOException {
        ParquetReadOptions options = ParquetReadOptions.builder(new PlainParquetConfiguration())
                .withCodecFactory(new PageCodecs(limits.pageBytes()))
                .build();
        try (ParquetFileReader reader = ParquetFileReader.open(new BytesInputFile(bytes), options)) {
            MessageType schema = reader.getFileMetaData().getSchema();
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
}
