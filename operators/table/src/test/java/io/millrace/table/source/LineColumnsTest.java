// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.table.Row;
import io.millrace.table.RowForm;
import io.millrace.table.type.DataTypes;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LineColumnsTest {

    @Test
    void linesBecomeSlices() {
        byte[] packed = LineColumns.pack(ByteBuffer.wrap("one\r\n\nzwei ö\n".getBytes(UTF_8)), 1_500_000);

        assertThat(RowForm.rows(LineColumns.of(packed, DataTypes.parseSchema("value string"))))
                .containsExactly(Row.of("one"), Row.of(""), Row.of("zwei ö"));
        assertThat(RowForm.rows(LineColumns.of(packed, DataTypes.parseSchema("value string, timestamp timestamp"))))
                .containsExactly(
                        Row.of("one", Instant.ofEpochMilli(1_500)),
                        Row.of("", Instant.ofEpochMilli(1_500)),
                        Row.of("zwei ö", Instant.ofEpochMilli(1_500)));
    }
}
