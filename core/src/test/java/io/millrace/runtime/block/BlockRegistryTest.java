// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.SeededRandom;
import io.millrace.operator.BatchTime;
import io.millrace.runtime.block.BlockRegistry.CopyPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BlockRegistryTest {

    private static final ExecutorId E0 = new ExecutorId(0, 0);
    private static final ExecutorId E1 = new ExecutorId(1, 0);
    private static final ExecutorId E2 = new ExecutorId(2, 0);
    private static final BatchTime FIRST = new BatchTime(1_000);
    private static final BatchTime SECOND = new BatchTime(2_000);

    private final BlockRegistry registry = new BlockRegistry(2);

    private static BlockId id(long number) {
        return new BlockId(0, 0, number);
    }

    private static BlockInfo info(long number) {
        return new BlockInfo(id(number), 100 + number, -1, 0, 0, 0);
    }

    private void up(ExecutorId... executors) {
        for (ExecutorId executor : executors) {
            registry.executorUp(executor);
        }
    }

    @Test
    void aBlockThatIsHeldOftenEnoughNeedsNoFurtherCopy() {
        up(E0, E1, E2);

        assertThat(registry.add(info(0), List.of(E0, E1))).isEmpty();
        assertThat(registry.underReplicated()).isZero();
        assertThat(registry.waiting()).isEqualTo(1);
        assertThat(registry.waitingBytes()).isEqualTo(100);
    }

    @Test
    void blocksJoinTheNextBatchInOrderOfArrival() {
        up(E0, E1);
        registry.add(info(1), List.of(E0, E1));
        registry.add(info(0), List.of(E1, E0));

        assertThat(registry.allocate(FIRST))
                .containsExactly(
                        new BlockLocation(info(1), List.of(E0, E1)), new BlockLocation(info(0), List.of(E0, E1)));
        assertThat(registry.waiting()).isZero();
    }

    @Test
    void allocatingABatchAgainAnswersTheSameAndWhatCameSince() {
        up(E0, E1);
        registry.add(info(0), List.of(E0, E1));
        List<BlockLocation> once = registry.allocate(FIRST);

        assertThat(registry.allocate(FIRST)).isEqualTo(once);
        assertThat(registry.release(FIRST)).isEqualTo(once);
    }

    @Test
    void aBlockBelongsToOneBatchOnly() {
        up(E0, E1);
        registry.add(info(0), List.of(E0, E1));
        registry.allocate(FIRST);
        registry.add(info(1), List.of(E0, E1));

        assertThat(registry.allocate(SECOND)).containsExactly(new BlockLocation(info(1), List.of(E0, E1)));
        assertThat(registry.release(FIRST)).containsExactly(new BlockLocation(info(0), List.of(E0, E1)));
        assertThat(registry.outstandingBytes(0)).isEqualTo(101);
    }

    @Test
    void aBatchIsReleasedOnce() {
        up(E0, E1);
        registry.add(info(0), List.of(E0, E1));
        registry.allocate(FIRST);

        assertThat(registry.release(FIRST)).hasSize(1);
        assertThat(registry.release(FIRST)).isEmpty();
        assertThat(registry.locations()).isEmpty();
    }

    @Test
    void addingABlockAgainChangesNothing() {
        up(E0, E1);
        registry.add(info(0), List.of(E0, E1));
        registry.allocate(FIRST);

        registry.add(info(0), List.of(E0, E1));

        assertThat(registry.waiting()).isZero();
        assertThat(registry.allocate(SECOND)).isEmpty();
    }

    @Test
    void whenAHolderDiesItsBlocksAreCopiedToAnotherExecutor() {
        up(E0, E1, E2);
        registry.add(info(0), List.of(E0, E1));

        assertThat(registry.executorDown(E0)).containsExactly(new CopyPlan(id(0), E1, E2));
        assertThat(registry.lost()).isEmpty();
        assertThat(registry.underReplicated()).isEqualTo(1);

        assertThat(registry.stored(id(0), E2)).isTrue();
        assertThat(registry.underReplicated()).isZero();
        assertThat(registry.allocate(FIRST)).containsExactly(new BlockLocation(info(0), List.of(E1, E2)));
    }

    @Test
    void withoutAnotherExecutorTheCopyWaitsForANewOne() {
        up(E0, E1);
        registry.add(info(0), List.of(E0, E1));

        assertThat(registry.executorDown(E0)).isEmpty();
        assertThat(registry.executorUp(new ExecutorId(0, 1)))
                .containsExactly(new CopyPlan(id(0), E1, new ExecutorId(0, 1)));
        assertThat(registry.executorUp(E2)).as("it is on its way already").isEmpty();
    }

    @Test
    void copiesAreSpreadOverTheExecutorsThatLive() {
        up(E0, E1, E2, new ExecutorId(3, 0));
        for (int i = 0; i < 4; i++) {
            registry.add(info(i), List.of(E0, E1));
        }

        assertThat(registry.executorDown(E0).stream().map(CopyPlan::to))
                .containsExactly(E2, new ExecutorId(3, 0), E2, new ExecutorId(3, 0));
    }

    @Test
    void aCopyWhoseTargetDiesIsMadeElsewhere() {
        up(E0, E1, E2);
        registry.add(info(0), List.of(E0, E1));
        registry.executorDown(E0);

        assertThat(registry.executorDown(E2)).isEmpty();
        ExecutorId fresh = new ExecutorId(2, 1);
        assertThat(registry.executorUp(fresh)).containsExactly(new CopyPlan(id(0), E1, fresh));
    }

    @Test
    void aCopyWhoseSenderDiesIsSentByAnotherHolder() {
        BlockRegistry three = new BlockRegistry(3);
        ExecutorId e3 = new ExecutorId(3, 0);
        for (ExecutorId executor : List.of(E0, E1, E2, e3)) {
            three.executorUp(executor);
        }
        three.add(info(0), List.of(E0, E1, E2));
        assertThat(three.executorDown(E0)).containsExactly(new CopyPlan(id(0), E1, e3));

        assertThat(three.executorDown(E1)).containsExactly(new CopyPlan(id(0), E2, e3));
    }

    @Test
    void aBlockWhoseLastHolderDiesIsLost() {
        up(E0, E1, E2);
        registry.add(info(0), List.of(E0, E1));
        registry.add(info(1), List.of(E1, E2));
        registry.executorDown(E0);
        assertThat(registry.locations()).hasSize(2);

        assertThat(registry.executorDown(E1)).as("nobody is left to copy to").isEmpty();
        assertThat(registry.lost()).containsExactly(info(0));
        assertThat(registry.underReplicated()).isEqualTo(2);
        assertThat(registry.executorUp(new ExecutorId(0, 1)))
                .as("what is lost cannot be copied")
                .containsExactly(new CopyPlan(id(1), E2, new ExecutorId(0, 1)));
    }

    @Test
    void anExecutorThatDiedBeforeTheBlockWasKnownDoesNotHoldIt() {
        up(E0, E1, E2);
        registry.executorDown(E1);

        assertThat(registry.add(info(0), List.of(E0, E1))).containsExactly(new CopyPlan(id(0), E0, E2));
        assertThat(registry.isLost(id(0))).isFalse();
    }

    @Test
    void aBlockAllOfWhoseHoldersDiedBeforeItWasKnownIsLost() {
        up(E0, E1, E2);
        registry.executorDown(E0);
        registry.executorDown(E1);

        assertThat(registry.add(info(0), List.of(E0, E1))).isEmpty();
        assertThat(registry.isLost(id(0))).isTrue();
        assertThat(registry.isLost(id(1))).as("it is not known at all").isFalse();
        assertThat(registry.lost()).containsExactly(info(0));
    }

    @Test
    void aCopyOfABlockThatIsGoneIsToBeDropped() {
        up(E0, E1, E2);
        registry.add(info(0), List.of(E0, E1));
        registry.executorDown(E0);
        registry.allocate(FIRST);
        registry.release(FIRST);

        assertThat(registry.stored(id(0), E2)).isFalse();
    }

    @Test
    void aCopyOnAnExecutorThatDiedIsToBeDropped() {
        up(E0, E1);
        registry.add(info(0), List.of(E0, E1));

        assertThat(registry.stored(id(0), E2)).isFalse();
    }

    @Test
    void bytesAreCountedPerStream() {
        up(E0, E1);
        registry.add(info(0), List.of(E0, E1));
        registry.add(new BlockInfo(new BlockId(1, 0, 0), 7, -1, 0, 0, 0), List.of(E0, E1));
        registry.allocate(FIRST);

        assertThat(registry.outstandingBytes(0)).isEqualTo(100);
        assertThat(registry.outstandingBytes(1)).isEqualTo(7);
        assertThat(registry.waitingBytes()).isZero();
        registry.release(FIRST);
        assertThat(registry.outstandingBytes(0)).isZero();
    }

    @Test
    void withOneCopyNothingIsEverCopied() {
        BlockRegistry one = new BlockRegistry(1);
        one.executorUp(E0);
        one.executorUp(E1);
        one.add(info(0), List.of(E0));

        assertThat(one.executorDown(E0)).isEmpty();
        assertThat(one.lost()).containsExactly(info(0));
    }

    /** Executors die one at a time, only when everything is held twice: then nothing is ever lost, and everything is copied again. */
    @Test
    void asLongAsCopiesAreMadeBetweenDeathsNothingIsLost() {
        Random random = SeededRandom.of(BlockRegistryTest.class);
        for (int round = 0; round < 100; round++) {
            int executors = 2 + random.nextInt(4);
            BlockRegistry model = new BlockRegistry(2);
            List<ExecutorId> alive = new ArrayList<>();
            for (int i = 0; i < executors; i++) {
                alive.add(new ExecutorId(i, 0));
                model.executorUp(alive.get(i));
            }
            Map<BlockId, Set<ExecutorId>> real =
                    new TreeMap<>((left, right) -> Long.compare(left.number(), right.number()));
            List<CopyPlan> flying = new ArrayList<>();
            long number = 0;
            long batch = 0;
            for (int step = 0; step < 200; step++) {
                switch (random.nextInt(6)) {
                    case 0, 1 -> {
                        int first = random.nextInt(alive.size());
                        List<ExecutorId> holders = List.of(alive.get(first), alive.get((first + 1) % alive.size()));
                        real.put(id(number), new TreeSet<>(holders));
                        flying.addAll(model.add(info(number++), holders));
                    }
                    case 2 -> {
                        if (flying.isEmpty()) {
                            int victim = random.nextInt(alive.size());
                            ExecutorId dead = alive.get(victim);
                            real.values().forEach(holders -> holders.remove(dead));
                            flying.addAll(model.executorDown(dead));
                            assertThat(model.lost()).isEmpty();
                            ExecutorId next = new ExecutorId(dead.number(), dead.incarnation() + 1);
                            alive.set(victim, next);
                            flying.addAll(model.executorUp(next));
                        }
                    }
                    case 3, 4 -> {
                        if (!flying.isEmpty()) {
                            CopyPlan plan = flying.remove(random.nextInt(flying.size()));
                            boolean kept = model.stored(plan.block(), plan.to());
                            Set<ExecutorId> holders = real.get(plan.block());
                            assertThat(kept).isEqualTo(holders != null);
                            if (holders != null) {
                                assertThat(holders).contains(plan.from()).doesNotContain(plan.to());
                                holders.add(plan.to());
                            }
                        }
                    }
                    default -> {
                        BatchTime time = new BatchTime(++batch);
                        model.allocate(time);
                        model.release(time).forEach(released -> {
                            assertThat(real.get(released.info().id())).containsExactlyElementsOf(released.holders());
                            real.remove(released.info().id());
                        });
                        assertThat(real).isEmpty();
                    }
                }
                assertThat(model.locations()).hasSameSizeAs(real.keySet());
                assertThat(model.underReplicated()).isEqualTo((int) real.values().stream()
                        .filter(holders -> holders.size() < 2)
                        .count());
            }
        }
    }
}
