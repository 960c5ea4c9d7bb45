// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.SeededRandom;
import io.millrace.runtime.batch.Placement.Transfer;
import io.millrace.runtime.block.ExecutorId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PlacementTest {

    private static final ExecutorId E0 = new ExecutorId(0, 0);
    private static final ExecutorId E1 = new ExecutorId(1, 0);
    private static final ExecutorId E2 = new ExecutorId(2, 0);
    private static final ExecutorId E0B = new ExecutorId(0, 1);
    private static final ExecutorId E1B = new ExecutorId(1, 1);

    private static Placement begun(int partitions, int executors, int copies) {
        Placement placement = new Placement(partitions, executors, copies);
        for (int i = 0; i < executors; i++) {
            placement.up(new ExecutorId(i, 0));
        }
        placement.begin();
        return placement;
    }

    @Test
    void partitionsAreDealtInTurnAndKeptByTheOnesThatFollow() {
        Placement placement = begun(6, 3, 2);

        assertThat(placement.owners()).containsExactly(E0, E1, E2, E0, E1, E2);
        assertThat(placement.standbys())
                .containsExactly(List.of(E1), List.of(E2), List.of(E0), List.of(E1), List.of(E2), List.of(E0));
    }

    @Test
    void withoutExecutorsNothingIsComplete() {
        Placement placement = new Placement(2, 2, 2);
        assertThat(placement.isComplete()).isFalse();

        placement.up(E0);

        assertThat(placement.isComplete()).isTrue();
        assertThat(placement.owners()).containsExactly(E0, E0);
    }

    @Test
    void moreCopiesThanExecutorsAreNotKept() {
        Placement placement = begun(2, 2, 5);

        assertThat(placement.standbys()).containsExactly(List.of(E1), List.of(E0));
    }

    @Test
    void whenAnExecutorDiesTheOneThatStandsByTakesOver() {
        Placement placement = begun(4, 2, 2);

        placement.down(E0);

        assertThat(placement.isLost()).isFalse();
        assertThat(placement.owners()).containsExactly(E1, E1, E1, E1);
        assertThat(placement.standbys()).allMatch(List::isEmpty);
        assertThat(placement.alive()).containsExactly(E1);
    }

    @Test
    void aNewExecutorGetsTheStateBeforeItWorks() {
        Placement placement = begun(4, 2, 2);
        placement.down(E0);

        placement.up(E0B);

        assertThat(placement.owners()).containsOnly(E1);
        assertThat(placement.standbys()).as("nothing was sent yet").allMatch(List::isEmpty);
        assertThat(placement.transfers()).containsExactly(new Transfer(E1, E0B, Set.of(0, 1, 2, 3)));
        assertThat(placement.transfers()).as("asked once").isEmpty();
        assertThat(placement.owners()).containsOnly(E1);
        assertThat(placement.standbys()).as("hears of changes from here on").containsOnly(List.of(E0B));

        placement.installed(E0B, Set.of(0, 1, 2, 3));

        assertThat(placement.owners()).containsExactly(E0B, E1, E0B, E1);
        assertThat(placement.standbys()).containsExactly(List.of(E1), List.of(E0B), List.of(E1), List.of(E0B));
    }

    @Test
    void partitionsArriveOneByOne() {
        Placement placement = begun(4, 2, 2);
        placement.down(E0);
        placement.up(E0B);
        placement.transfers();

        placement.installed(E0B, Set.of(2));

        assertThat(placement.owners()).containsExactly(E1, E1, E0B, E1);
    }

    @Test
    void withOneCopyADeathLosesTheState() {
        Placement placement = begun(4, 2, 1);
        assertThat(placement.standbys()).allMatch(List::isEmpty);

        placement.down(E1);

        assertThat(placement.isLost()).isTrue();
        assertThat(placement.lostPartitions()).isEqualTo(2);
        assertThat(placement.isComplete()).isFalse();
        assertThatThrownBy(placement::owners)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("partition 1 is kept by nobody");
    }

    @Test
    void beforeBatchesBeginNothingCanBeLost() {
        Placement placement = new Placement(2, 2, 1);
        placement.up(E0);
        placement.up(E1);
        placement.down(E1);
        assertThat(placement.isLost()).isFalse();

        placement.up(E1B);
        placement.begin();

        assertThat(placement.isComplete()).isTrue();
        assertThat(placement.transfers()).isEmpty();
    }

    @Test
    void whenTheSenderDiesTheStateIsSentByAnother() {
        Placement placement = begun(3, 3, 3);
        placement.down(E2);
        ExecutorId fresh = new ExecutorId(2, 1);
        placement.up(fresh);
        assertThat(placement.transfers())
                .containsExactlyInAnyOrder(new Transfer(E0, fresh, Set.of(0, 2)), new Transfer(E1, fresh, Set.of(1)));

        placement.down(E0);

        assertThat(placement.transfers()).containsExactly(new Transfer(E1, fresh, Set.of(0, 2)));
        placement.installed(fresh, Set.of(0, 1, 2));
        assertThat(placement.owners()).containsExactly(E1, E1, fresh);
    }

    @Test
    void whenSomebodyElseDiesATransferThatIsOnItsWayStillCounts() {
        Placement placement = begun(3, 3, 3);
        placement.down(E2);
        ExecutorId fresh = new ExecutorId(2, 1);
        placement.up(fresh);
        placement.transfers();

        placement.down(E1);
        placement.installed(fresh, Set.of(0, 2));

        assertThat(placement.transfers()).containsExactly(new Transfer(E0, fresh, Set.of(1)));
        placement.installed(fresh, Set.of(1));
        assertThat(placement.owners()).containsExactly(E0, fresh, fresh);
    }

    @Test
    void anAnswerToATransferWhoseSenderDiedDoesNotCount() {
        Placement placement = begun(2, 2, 2);
        placement.down(E1);
        placement.up(E1B);
        placement.transfers();
        placement.down(E1B);
        ExecutorId third = new ExecutorId(1, 2);
        placement.up(third);

        placement.installed(third, Set.of(0, 1));

        assertThat(placement.owners()).as("it was sent nothing yet").containsExactly(E0, E0);
        assertThat(placement.transfers()).containsExactly(new Transfer(E0, third, Set.of(0, 1)));
    }

    @Test
    void whoeverDiesWhateverTheOrderTheStateIsLostOnlyWithItsLastKeeper() {
        Random random = SeededRandom.of(PlacementTest.class);
        for (int round = 0; round < 300; round++) {
            int executors = 2 + random.nextInt(3);
            int copies = 2 + random.nextInt(executors - 1);
            int partitions = 1 + random.nextInt(8);
            Placement placement = begun(partitions, executors, copies);
            int[] lives = new int[executors];
            List<Transfer> flying = new ArrayList<>();
            for (int step = 0; step < 60 && !placement.isLost(); step++) {
                int choice = random.nextInt(10);
                if (choice < 3) {
                    int number = random.nextInt(executors);
                    ExecutorId victim = new ExecutorId(number, lives[number]);
                    boolean kept = placement.standbys().stream().noneMatch(List::isEmpty);
                    if (kept && flying.isEmpty()) {
                        placement.down(victim);
                        assertThat(placement.isLost())
                                .as("every partition had a standby")
                                .isFalse();
                        lives[number]++;
                        placement.up(new ExecutorId(number, lives[number]));
                    }
                } else if (choice < 6) {
                    flying.addAll(placement.transfers());
                } else if (!flying.isEmpty()) {
                    Transfer arrived = flying.remove(random.nextInt(flying.size()));
                    placement.installed(arrived.to(), arrived.partitions());
                }
                checkOwners(placement);
            }
            for (int i = 0; i < 2; i++) {
                flying.addAll(placement.transfers());
                flying.forEach(arrived -> placement.installed(arrived.to(), arrived.partitions()));
            }
            assertThat(placement.transfers()).isEmpty();
            assertThat(placement.standbys()).allMatch(standbys -> standbys.size() == Math.min(copies, executors) - 1);
            for (int partition = 0; partition < partitions; partition++) {
                assertThat(placement.owners().get(partition).number()).isEqualTo(partition % executors);
            }
        }
    }

    private static void checkOwners(Placement placement) {
        List<ExecutorId> owners = placement.owners();
        List<List<ExecutorId>> standbys = placement.standbys();
        for (int partition = 0; partition < owners.size(); partition++) {
            assertThat(placement.alive()).contains(owners.get(partition)).containsAll(standbys.get(partition));
            assertThat(standbys.get(partition)).doesNotContain(owners.get(partition));
            assertThat(new TreeSet<>(standbys.get(partition))).hasSameSizeAs(standbys.get(partition));
        }
    }
}
