// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operator.BatchTime;
import io.millrace.operator.Pair;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryTableTest {

    private static final BatchTime FIRST = new BatchTime(1000);
    private static final BatchTime SECOND = new BatchTime(2000);

    @Test
    void keepsTheLastValueOfEveryKey() {
        MemoryTable<String, Integer> table = MemoryTable.latest(10);
        assertThat(table.asOf()).isEmpty();
        table.write(FIRST, List.of(Pair.of("a", 1), Pair.of("b", 1), Pair.of("b", 2)));
        table.write(SECOND, List.of(Pair.of("a", 3)));

        assertThat(table.get("a")).contains(3);
        assertThat(table.get("b")).contains(2);
        assertThat(table.get("c")).isEmpty();
        assertThat(table.asOf()).contains(SECOND);
    }

    @Test
    void letsTheKeysGoThatWereNotWrittenForLongest() {
        MemoryTable<String, Integer> table = MemoryTable.latest(2);
        table.write(FIRST, List.of(Pair.of("a", 1), Pair.of("b", 2)));
        table.write(SECOND, List.of(Pair.of("a", 3), Pair.of("c", 4)));

        assertThat(table.all()).isEqualTo(Map.of("a", 3, "c", 4));
        assertThat(table.size()).isEqualTo(2);
        assertThat(table.evicted()).isEqualTo(1);
    }

    @Test
    void forgetsWhatACompleteBatchDoesNotBring() {
        MemoryTable<String, Integer> table = MemoryTable.complete(2);
        table.write(FIRST, List.of(Pair.of("a", 1), Pair.of("b", 2)));
        Map<String, Integer> before = table.all();
        table.write(SECOND, List.of(Pair.of("b", 3)));

        assertThat(table.all()).isEqualTo(Map.of("b", 3));
        assertThat(before).isEqualTo(Map.of("a", 1, "b", 2));
    }

    @Test
    void refusesACompleteBatchWithTooManyKeysAndStaysAsItWas() {
        MemoryTable<String, Integer> table = MemoryTable.complete(1);
        table.write(FIRST, List.of(Pair.of("a", 1)));

        assertThatThrownBy(() -> table.write(SECOND, List.of(Pair.of("b", 2), Pair.of("c", 3))))
                .hasMessage("the batch 2000 ms has more keys than the maxKeys = 1 of the memory table");

        assertThat(table.all()).isEqualTo(Map.of("a", 1));
        assertThat(table.asOf()).contains(FIRST);
    }

    @Test
    void namesABoundThatMakesNoSense() {
        assertThatThrownBy(() -> MemoryTable.latest(0)).hasMessage("maxKeys must be >= 1, but is 0");
    }
}
