// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import static io.millrace.table.execution.QueryHarness.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operator.ManyRecords;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.type.DataTypes;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What travels between tasks counts as the rows that it has. */
class PartTest {

    @Test
    void partsCountAsTheirRowsAndFoldsAsTheirGroups() {
        ColumnBatch rows = QueryHarness.rows(row("a", 0, 1), row("b", 0, 1), row("a", 0, 1));
        Part part = new Part(new int[] {1, 2, 1}, rows);
        AggregateCode code = new AggregateCode(
                QueryHarness.EVENTS,
                List.of(0),
                List.of(TestAggregates.count("n")),
                DataTypes.parseSchema("word string, n bigint"));
        GroupFold fold = new GroupFold(code).addRaw(part);

        assertThat(List.<ManyRecords>of(part, new FoldingExchange.Raw(part)))
                .extracting(ManyRecords::records)
                .containsExactly(3, 3);
        assertThat(fold.records()).isEqualTo(2);
        assertThat(GroupFold.WIRE.fromBytes(GroupFold.WIRE.toBytes(fold)).records())
                .as("what came from another process")
                .isEqualTo(2);
    }
}
