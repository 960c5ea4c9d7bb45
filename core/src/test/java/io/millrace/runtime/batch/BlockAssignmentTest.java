// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.runtime.block.BlockId;
import io.millrace.runtime.block.BlockInfo;
import io.millrace.runtime.block.BlockLocation;
import io.millrace.runtime.block.ExecutorId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BlockAssignmentTest {

    private static final ExecutorId E0 = new ExecutorId(0, 0);
    private static final ExecutorId E1 = new ExecutorId(1, 0);
    private static final ExecutorId E2 = new ExecutorId(2, 0);
    private static final int MEGABYTE = 1024 * 1024;

    private final BlockAssignment assignment = new BlockAssignment(Set.of());

    private static BlockLocation block(int number, long bytes, ExecutorId... holders) {
        return new BlockLocation(new BlockInfo(new BlockId(0, 0, number), bytes, -1, 0, 0, 0), List.of(holders));
    }

    @Test
    void aBatchWithoutBlocksGivesNobodyAnythingToDo() {
        assertThat(assignment.assign(List.of(), Set.of(E0, E1))).isEmpty();
    }

    @Test
    void aSmallBatchIsWorkedOnByOneExecutor() {
        List<BlockLocation> blocks = List.of(block(0, 100, E0, E1), block(1, 100, E0, E1), block(2, 100, E1, E0));

        assertThat(assignment.assign(blocks, Set.of(E0, E1))).isEqualTo(Map.of(E0, List.of(0, 1, 2)));
    }

    @Test
    void blocksThatOnlyNameWhatIsReadAreSharedHoweverFewBytesTheyHave() {
        List<BlockLocation> blocks = List.of(block(0, 16, E0, E1), block(1, 16, E0, E1), block(2, 16, E0, E1));
        BlockAssignment reading = new BlockAssignment(Set.of(0));

        assertThat(reading.assign(blocks, Set.of(E0, E1))).isEqualTo(Map.of(E0, List.of(0, 2), E1, List.of(1)));
        assertThat(reading.isSmall(blocks)).isFalse();
        assertThat(assignment.isSmall(blocks)).isTrue();
        assertThat(new BlockAssignment(Set.of(1)).work(blocks.get(0))).isEqualTo(16);
    }

    @Test
    void aLargeBatchIsSharedEvenlyAmongThoseThatHoldIt() {
        List<BlockLocation> blocks = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            blocks.add(block(i, MEGABYTE, E0, E1));
        }

        assertThat(assignment.assign(blocks, Set.of(E0, E1)))
                .isEqualTo(Map.of(E0, List.of(0, 2, 4), E1, List.of(1, 3, 5)));
    }

    @Test
    void sharesAreByBytesAndNotByBlocks() {
        List<BlockLocation> blocks = List.of(
                block(0, 3 * MEGABYTE, E0, E1),
                block(1, MEGABYTE, E0, E1),
                block(2, MEGABYTE, E0, E1),
                block(3, MEGABYTE, E0, E1));

        assertThat(assignment.assign(blocks, Set.of(E0, E1))).isEqualTo(Map.of(E0, List.of(0), E1, List.of(1, 2, 3)));
    }

    @Test
    void aBlockIsWorkedOnByOneThatHoldsItEvenIfAnotherHasLessToDo() {
        List<BlockLocation> blocks =
                List.of(block(0, MEGABYTE, E2, E1), block(1, MEGABYTE, E2), block(2, MEGABYTE, E2));

        assertThat(assignment.assign(blocks, Set.of(E0, E1, E2))).isEqualTo(Map.of(E1, List.of(0), E2, List.of(1, 2)));
    }

    @Test
    void aHolderThatIsDeadIsLeftOut() {
        assertThat(assignment.assign(List.of(block(0, 100, E0, E1)), Set.of(E1)))
                .isEqualTo(Map.of(E1, List.of(0)));
    }

    @Test
    void anExecutorsNextLifeDoesNotHoldWhatItsLastOneDid() {
        ExecutorId reborn = new ExecutorId(0, 1);

        assertThatThrownBy(() -> assignment.assign(List.of(block(7, 100, E0)), Set.of(reborn, E1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("input-0-0-7");
    }
}
