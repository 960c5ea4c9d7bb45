// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.block.Block;
import io.millrace.runtime.block.RecordBlock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordCutterTest {

    private final List<RecordBlock> cut = new ArrayList<>();

    private static RecordCutter cutter(int maxBytes, int maxRecords) {
        return new RecordCutter(new BlockNumbers(0, 0), maxBytes, maxRecords);
    }

    private void take(Block block) {
        cut.add((RecordBlock) block);
    }

    @Test
    void aBlockIsCutWhenItHasSoManyRecords() {
        RecordCutter cutter = cutter(1_000_000, 2);

        for (int i = 0; i < 5; i++) {
            cutter.add(i, 10 + i, this::take);
        }

        assertThat(cut).extracting(RecordBlock::records).containsExactly(new Object[] {0, 1}, new Object[] {2, 3});
        assertThat(cut).extracting(block -> block.info().records()).containsExactly(2L, 2L);
        assertThat(cut).extracting(block -> block.info().firstMicros()).containsExactly(10L, 12L);
        assertThat(cut).extracting(block -> block.info().sealedMicros()).containsExactly(11L, 13L);
        assertThat(cutter.isEmpty()).isFalse();
    }

    @Test
    void aBlockIsCutWhenItHasSoManyBytes() {
        RecordCutter cutter = cutter(200, 1_000);

        long text = cutter.add("0123456789", 0, this::take);
        long bytes = cutter.add(new byte[50], 0, this::take);
        assertThat(text + bytes).isBetween(100L, 199L);
        assertThat(cut).isEmpty();
        long object = cutter.add(new Object(), 0, this::take);

        assertThat(cut).hasSize(1);
        assertThat(cut.get(0).info().bytes()).isEqualTo(text + bytes + object).isGreaterThanOrEqualTo(200);
    }

    @Test
    void aRecordLargerThanABlockIsABlockOfItsOwn() {
        RecordCutter cutter = cutter(200, 1_000);

        cutter.add("x".repeat(1_000), 0, this::take);

        assertThat(cut).hasSize(1);
        assertThat(cutter.isEmpty()).isTrue();
    }

    @Test
    void withoutABoundOnRecordsABlockIsCutEveryTenThousand() {
        RecordCutter cutter = cutter(Integer.MAX_VALUE, Integer.MAX_VALUE);

        for (int i = 0; i < 20_001; i++) {
            cutter.add(i, 0, this::take);
        }

        assertThat(cut).extracting(block -> block.records().length).containsExactly(10_000, 10_000);
    }

    @Test
    void nothingIsSealedWhenThereIsNothing() {
        RecordCutter cutter = cutter(200, 10);
        cutter.seal(0, this::take);
        assertThat(cut).isEmpty();

        cutter.add("a", 0, this::take);
        cutter.seal(0, this::take);
        cutter.seal(0, this::take);

        assertThat(cut).hasSize(1);
    }
}
