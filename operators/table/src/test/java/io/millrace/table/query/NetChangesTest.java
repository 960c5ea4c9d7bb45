// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.table.Row;
import io.millrace.table.RowForm;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.execution.Changes;
import io.millrace.table.type.DataTypes;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NetChangesTest {

    private static final Schema WORDS = DataTypes.parseSchema("word string, n int");

    private static ColumnBatch part(Row... rows) {
        return RowForm.batch(Changes.with(WORDS), List.of(rows));
    }

    private static Row comes(@Nullable String word, int n) {
        return Row.of(word, n, Changes.COMES);
    }

    private static Row goes(@Nullable String word, int n) {
        return Row.of(word, n, Changes.GOES);
    }

    private static List<String> net(ColumnBatch... parts) {
        List<String> rows = new ArrayList<>();
        for (ColumnBatch part : NetChanges.arrived(List.of(parts))) {
            assertThat(part.schema()).isEqualTo(WORDS);
            RowForm.rows(part).forEach(row -> rows.add(row.toString()));
        }
        return rows;
    }

    @Test
    void rowsThatGoAreLeftOut() {
        assertThat(net(part(goes("a", 1), comes("a", 2)), part(comes("b", 1)))).containsExactly("[a,2]", "[b,1]");
    }

    @Test
    void aRowThatGoesAndComesIsNoChangeWhicheverIsFirstAndWhereverItStands() {
        assertThat(net(part(goes("a", 1), comes("a", 1)), part(comes("b", 1)), part(goes("b", 1), comes("c", 3))))
                .containsExactly("[c,3]");
        assertThat(net(part(comes(null, 1)), part(goes(null, 1)))).isEmpty();
    }

    @Test
    void ofEqualRowsAsManyStayAsCameMoreThanWent() {
        assertThat(net(part(comes("a", 1), comes("a", 1)), part(goes("a", 1), comes("a", 1), goes("x", 9))))
                .containsExactly("[a,1]", "[a,1]");
    }

    @Test
    void nothingIsMadeOfNothing() {
        assertThat(NetChanges.arrived(List.of())).isEmpty();
        assertThat(net(part(goes("a", 1)))).isEmpty();
    }
}
