// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operator.ManyRecords;
import io.millrace.runtime.state.PairBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What came is as much as its values stand for. */
class ShuffleTest {

    private record Rows(int records) implements ManyRecords {}

    private static Shuffle of(Object... values) {
        PairBuffer rows = PairBuffer.keyless();
        for (Object value : values) {
            rows.add(value);
        }
        return new Shuffle(0, 0, 0, rows);
    }

    @Test
    void aValueThatStandsForManyCountsAsMany() {
        assertThat(of("one", "two").records(100)).isEqualTo(2);
        assertThat(of("one", new Rows(7), new Rows(0)).records(100)).isEqualTo(8);
        assertThat(of(1L, 2L, 3L).records(100)).isEqualTo(3);
    }

    @Test
    void countsNoFurtherThanIsAskedFor() {
        ManyRecords neverAsked = () -> {
            throw new AssertionError("enough were counted before");
        };
        assertThat(of(new Rows(50), neverAsked).records(10)).isGreaterThanOrEqualTo(10);
        assertThat(of(neverAsked).records(-3)).isEqualTo(1);
    }

    @Test
    void valuesThatRepeatKeysCountToo() {
        PairBuffer rows = PairBuffer.repeatingKeys(2);
        int key = rows.addKey("k", 5);
        rows.addRow(key, new Rows(3));
        rows.addRow(key, new Rows(4));

        assertThat(new Shuffle(0, 0, 0, rows).records(100)).isEqualTo(7);
    }

    @Test
    void fewValuesOfManyRecordsAreWorthASecondTask() {
        assertThat(BatchRun.isSmall(0, List.of(of(new Rows(2000)), of(new Rows(2000)))))
                .isTrue();
        assertThat(BatchRun.isSmall(0, List.of(of(new Rows(2000)), of(new Rows(3000)))))
                .isFalse();
        assertThat(BatchRun.isSmall(3000, List.of(of(new Rows(2000))))).isFalse();
        assertThat(BatchRun.isSmall(5000, List.of())).isFalse();
    }
}
