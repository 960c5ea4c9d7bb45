// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operator.RecordPlace;
import io.millrace.table.Row;
import io.millrace.table.RowForm;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.type.DataTypes;
import io.millrace.table.type.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rows that watermarks hang on. */
class NewestRowTest {

    private static NewestRow row(long micros, String block, int row) {
        return new NewestRow(micros, block, 0, "-", row, "text");
    }

    private static QueryControl passed(int node, NewestRow row) {
        return new QueryControl.Passed(node, EventTimes.NONE, row);
    }

    @Test
    void theLatestOfABatchTakesThePlaceOfAnEarlierOneWhicheverIsToldFirst() {
        QueryControl early = passed(1, row(5, "input-0-0-1", 0));
        QueryControl late = passed(1, row(7, "input-0-0-2", 3));
        QueryControl equal = passed(1, row(7, "input-0-0-2", 4));
        QueryControl none = new QueryControl.Passed(0, EventTimes.NONE);
        List<NewestRow> expected = List.of(NewestRow.NONE, row(7, "input-0-0-2", 3));

        assertThat(NewestRow.after(List.of(), List.of(early, late, equal, none)))
                .isEqualTo(expected);
        assertThat(NewestRow.after(List.of(), List.of(equal, none, late, early)))
                .isEqualTo(expected);
    }

    @Test
    void aRowOfTheSameTimeInALaterBatchChangesNothing() {
        List<NewestRow> known = List.of(row(7, "input-0-0-2", 3));

        assertThat(NewestRow.after(known, List.of(passed(0, row(7, "input-0-0-0", 0)))))
                .isEqualTo(known);
        assertThat(NewestRow.after(known, List.of())).isEqualTo(known);
    }

    @Test
    void longTextsAreCutAndNestedValuesLeftOut() {
        Schema schema = DataTypes.parseSchema("a string, b array<int>, c int");
        ColumnBatch batch =
                RowForm.batch(schema, List.of(Row.of("x", List.of(), 1), Row.of("y".repeat(9_000), List.of(1), 2)));
        RecordPlace place = new RecordPlace("input-0-0-3", 4, "-");

        assertThat(NewestRow.of(batch, 0, 5, place)).isEqualTo(new NewestRow(5, "input-0-0-3", 4, "-", 0, "[x,1]"));
        assertThat(NewestRow.of(batch, 1, 5, place).text())
                .hasSize(201)
                .startsWith("[yyy")
                .endsWith("…");
    }
}
