// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.storage;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;

class PageCheckTest {

    private static final ColumnDescriptor COLUMN = new ColumnDescriptor(
            new String[] {"values"}, Types.optional(PrimitiveTypeName.INT32).named("values"), 0, 1);

    @Test
    void refusesAPackedRunOfMoreThanItHolds() throws IOException {
        // a dictionary index of 1 bit, then a packed run of 2^27 groups: 4 GB of int
        byte[] run = {2, 0, 0, 0, 16, 1, 1, -1, -1, -1, -1, 7};
        assertThatThrownBy(() -> check(8, Encoding.RLE_DICTIONARY, run))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("a page with a run of ");
        byte[] levels = {5, 0, 0, 0, -1, -1, -1, -1, 7, 1, 3, 1};
        assertThatThrownBy(() -> check(8, Encoding.RLE_DICTIONARY, levels))
                .hasMessageStartingWith("a page with a run of ");
        byte[] usual = {2, 0, 0, 0, 16, 1, 1, 3, 0x55};
        assertThatCode(() -> check(8, Encoding.RLE_DICTIONARY, usual)).doesNotThrowAnyException();
        assertThatCode(() -> PageCheck.check(COLUMN, v2(8, Encoding.RLE_DICTIONARY, 1, 3, 0x55)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> PageCheck.check(COLUMN, v2(8, Encoding.RLE_DICTIONARY, 1, -1, -1, -1, -1, 7)))
                .hasMessageStartingWith("a page with a run of ");
        assertThatThrownBy(() -> PageCheck.check(COLUMN, v2(8, Encoding.RLE_DICTIONARY, 33, 3, 0x55)))
                .hasMessage("a page with values of 33 bits");
        assertThatThrownBy(() -> PageCheck.check(COLUMN, v2(8, Encoding.RLE_DICTIONARY, 1, 0, 0)))
                .hasMessage("a page with a run of no values");
    }

    @Test
    void refusesDifferencesOfMoreThanThereAre() {
        // block of 128 in 4 parts, 3 values, the first 0; then their block of differences of 1 bit
        assertThatCode(() -> PageCheck.check(
                        COLUMN, v2(3, Encoding.DELTA_BINARY_PACKED, 0x80, 1, 4, 3, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> PageCheck.check(
                        COLUMN, v2(3, Encoding.DELTA_BINARY_PACKED, 0x80, 1, 4, 4, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0)))
                .hasMessage("a page of 3 values with 4 differences");
        assertThatThrownBy(() -> PageCheck.check(
                        COLUMN, v2(3, Encoding.DELTA_BINARY_PACKED, 0x80, 0x80, 0x80, 0x80, 4, 4, 3, 0, 0)))
                .hasMessageStartingWith("a page with blocks of ");
        assertThatThrownBy(() -> PageCheck.check(
                        COLUMN, v2(100_000, Encoding.DELTA_BINARY_PACKED, 0x80, 1, 4, 0xa0, 0x8d, 6, 0, 0, 0)))
                .isInstanceOf(IOException.class);
    }

    private static void check(int values, Encoding encoding, byte[] bytes) throws IOException {
        Statistics<?> none = Statistics.createStats(COLUMN.getPrimitiveType());
        PageCheck.check(
                COLUMN,
                new DataPageV1(
                        BytesInput.from(bytes), values, bytes.length, none, Encoding.RLE, Encoding.RLE, encoding));
    }

    private static DataPageV2 v2(int values, Encoding encoding, int... bytes) {
        byte[] data = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            data[i] = (byte) bytes[i];
        }
        return DataPageV2.uncompressed(
                values,
                0,
                values,
                BytesInput.empty(),
                BytesInput.from(new byte[] {16, 1}),
                encoding,
                BytesInput.from(data),
                Statistics.createStats(COLUMN.getPrimitiveType()));
    }
}
