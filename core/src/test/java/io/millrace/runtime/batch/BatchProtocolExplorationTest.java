// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operator.BatchTime;
import io.millrace.runtime.batch.BatchState.Phase;
import io.millrace.runtime.block.ExecutorId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * Goes through every order in which the messages of a batch can arrive: two executors that stand by for each other, of which each may
 * die at any moment, once, and is replaced or not; messages that are late; receivers that answer, are overdue or go.
 */
class BatchProtocolExplorationTest {

    private static final BatchTime BATCH = new BatchTime(1_000);
    private static final Set<ExecutorId> TWO = Set.of(new ExecutorId(0, 0), new ExecutorId(1, 0));

    /**
     * The world around the protocol at one moment.
     *
     * @param state where the protocol is
     * @param flying messages that have been sent and may arrive in any order
     * @param alive the executors that live
     * @param deaths how many more may die
     * @param work by attempt, what has really been done
     * @param writes attempts whose outputs were written
     * @param commits attempts that were committed
     */
    private record World(
            BatchState state,
            Set<BatchEvent> flying,
            Set<ExecutorId> alive,
            int deaths,
            Map<Integer, Work> work,
            List<Integer> writes,
            List<Integer> commits) {}

    /**
     * What has really been done in an attempt.
     *
     * @param participants who works on it
     * @param finished who has finished
     * @param unkept how many copies of changes are not kept yet
     */
    private record Work(Set<ExecutorId> participants, Set<ExecutorId> finished, int unkept) {}

    private final Set<World> seen = new HashSet<>();
    private final Deque<World> open = new ArrayDeque<>();
    private final Map<World, Set<World>> before = new HashMap<>();
    private final Set<World> ends = new HashSet<>();
    private int secondAttempts;

    @Test
    void withoutDeathsEveryOrderOfMessagesWritesAndCommitsOnce() {
        explore(Set.of(0, 1), 0);

        assertThat(ends).allSatisfy(end -> assertThat(end.commits()).containsExactly(0));
        assertThat(secondAttempts).isZero();
    }

    @Test
    void withADeathAtAnyMomentEveryOrderOfMessagesWritesAndCommitsOnce() {
        explore(Set.of(0), 1);

        assertThat(ends).anySatisfy(end -> assertThat(end.commits()).containsExactly(1));
        assertThat(secondAttempts).isPositive();
    }

    @Test
    void withTwoDeathsAtAnyMomentsEveryOrderOfMessagesWritesAndCommitsOnce() {
        explore(Set.of(), 2);

        assertThat(ends).anySatisfy(end -> assertThat(end.commits()).containsExactly(2));
    }

    private void explore(Set<Integer> streams, int deaths) {
        World start = new World(
                BatchState.initial(new BatchTime(0)),
                Set.of(new BatchEvent.Due(BATCH, streams)),
                TWO,
                deaths,
                Map.of(),
                List.of(),
                List.of());
        seen.add(start);
        open.add(start);
        while (!open.isEmpty()) {
            World world = open.remove();
            checkAlways(world);
            if (isEnd(world)) {
                ends.add(world);
                assertThat(world.writes()).hasSize(1);
                assertThat(world.commits()).isEqualTo(world.writes());
            }
            for (World next : successors(world)) {
                before.computeIfAbsent(next, w -> new HashSet<>()).add(world);
                if (seen.add(next)) {
                    open.add(next);
                }
            }
        }
        assertThat(ends).isNotEmpty();
        assertThat(worldsThatReachAnEnd()).as("no world is stuck").hasSameSizeAs(seen);
        System.out.println("BatchProtocolExplorationTest: " + seen.size() + " states, " + ends.size() + " ends");
    }

    private Set<World> worldsThatReachAnEnd() {
        Set<World> reach = new HashSet<>(ends);
        Deque<World> todo = new ArrayDeque<>(ends);
        while (!todo.isEmpty()) {
            for (World earlier : before.getOrDefault(todo.remove(), Set.of())) {
                if (reach.add(earlier)) {
                    todo.add(earlier);
                }
            }
        }
        return reach;
    }

    private static boolean isEnd(World world) {
        return world.state().phase() == Phase.IDLE && !world.commits().isEmpty();
    }

    private static void checkAlways(World world) {
        assertThat(world.writes().size()).as("writes in %s", world).isLessThanOrEqualTo(1);
        assertThat(world.commits().size())
                .as("commits in %s", world)
                .isLessThanOrEqualTo(world.writes().size());
        for (int attempt : world.writes()) {
            Work work = work(world, attempt);
            assertThat(work.finished()).as("written too early: %s", world).containsAll(work.participants());
            assertThat(work.unkept())
                    .as("written before all was kept: %s", world)
                    .isZero();
        }
    }

    // ---- what can happen next ----

    private List<World> successors(World world) {
        List<World> next = new ArrayList<>();
        for (BatchEvent event : world.flying()) {
            next.add(deliver(without(world, event), event));
        }
        if (world.state().phase() == Phase.SEALING) {
            next.add(deliver(world, new BatchEvent.SealOverdue(BATCH)));
            for (int stream : world.state().unsealed()) {
                next.add(deliver(world, new BatchEvent.StreamGone(stream)));
            }
        }
        if (world.deaths() > 0) {
            for (ExecutorId victim : world.alive()) {
                next.add(kill(world, victim));
            }
        }
        return next;
    }

    private World deliver(World world, BatchEvent event) {
        if (event instanceof BatchEvent.Staged staged) {
            Work work = work(world, staged.attempt());
            world = withWork(
                    world, staged.attempt(), new Work(work.participants(), work.finished(), work.unkept() - 1));
        }
        if (event instanceof BatchEvent.Done done) {
            Work work = work(world, done.attempt());
            Set<ExecutorId> finished = new TreeSet<>(work.finished());
            finished.add(done.executor());
            world = withWork(world, done.attempt(), new Work(work.participants(), Set.copyOf(finished), work.unkept()));
        }
        BatchProtocol.Step step = BatchProtocol.step(world.state(), event);
        World now = new World(
                step.state(),
                world.flying(),
                world.alive(),
                world.deaths(),
                world.work(),
                world.writes(),
                world.commits());
        for (BatchEffect effect : step.effects()) {
            now = carryOut(now, effect);
        }
        return now;
    }

    private World carryOut(World world, BatchEffect effect) {
        if (effect instanceof BatchEffect.AskSeal ask) {
            return with(
                    world,
                    ask.streams().stream()
                            .map(stream -> (BatchEvent) new BatchEvent.Sealed(stream, BATCH))
                            .toList());
        }
        if (effect instanceof BatchEffect.Allocate) {
            return with(world, List.of(new BatchEvent.Allocated(BATCH, world.alive())));
        }
        if (effect instanceof BatchEffect.Run run) {
            if (run.attempt() > 0) {
                secondAttempts++;
            }
            return run(world, run.attempt());
        }
        if (effect instanceof BatchEffect.Write) {
            World written = new World(
                    world.state(),
                    world.flying(),
                    world.alive(),
                    world.deaths(),
                    world.work(),
                    plus(world.writes(), world.state().attempt()),
                    world.commits());
            return with(written, List.of(new BatchEvent.Written(BATCH)));
        }
        BatchEffect.Commit commit = (BatchEffect.Commit) effect;
        return new World(
                world.state(),
                world.flying(),
                world.alive(),
                world.deaths(),
                world.work(),
                world.writes(),
                plus(world.commits(), commit.attempt()));
    }

    /** Every executor that works on the attempt will say so; what it changes is kept by the other one, if there is one. */
    private World run(World world, int attempt) {
        Set<ExecutorId> participants = world.state().working();
        List<BatchEvent> answers = new ArrayList<>();
        int copies = 0;
        for (ExecutorId executor : participants) {
            Set<ExecutorId> others = new TreeSet<>(participants);
            others.remove(executor);
            answers.add(new BatchEvent.Done(BATCH, attempt, executor, Set.copyOf(others), Set.of()));
            for (ExecutorId other : others) {
                answers.add(new BatchEvent.Staged(BATCH, attempt, executor, other));
                copies++;
            }
        }
        return with(withWork(world, attempt, new Work(Set.copyOf(participants), Set.of(), copies)), answers);
    }

    /** A dead executor's own messages may still arrive or may not; here they do not. Its place is filled again if it must be. */
    private World kill(World world, ExecutorId victim) {
        Set<ExecutorId> alive = new TreeSet<>(world.alive());
        alive.remove(victim);
        if (alive.isEmpty()) {
            alive.add(new ExecutorId(victim.number(), victim.incarnation() + 1));
        }
        Predicate<BatchEvent> saidByTheDead = event -> (event instanceof BatchEvent.Done done
                        && done.executor().equals(victim))
                || (event instanceof BatchEvent.Staged staged && staged.by().equals(victim));
        Set<BatchEvent> flying = new HashSet<>();
        for (BatchEvent event : world.flying()) {
            if (event instanceof BatchEvent.Allocated) {
                // the driver asks who lives when the answer comes
                flying.add(new BatchEvent.Allocated(BATCH, Set.copyOf(alive)));
            } else if (!saidByTheDead.test(event)) {
                flying.add(event);
            }
        }
        World after = new World(
                world.state(),
                Set.copyOf(flying),
                Set.copyOf(alive),
                world.deaths() - 1,
                world.work(),
                world.writes(),
                world.commits());
        return deliver(after, new BatchEvent.ExecutorLost(victim));
    }

    // ---- copies with a difference ----

    private static Work work(World world, int attempt) {
        return world.work().getOrDefault(attempt, new Work(Set.of(), Set.of(), 0));
    }

    private static World withWork(World world, int attempt, Work work) {
        Map<Integer, Work> all = new HashMap<>(world.work());
        all.put(attempt, work);
        return new World(
                world.state(),
                world.flying(),
                world.alive(),
                world.deaths(),
                Map.copyOf(all),
                world.writes(),
                world.commits());
    }

    private static World with(World world, Collection<? extends BatchEvent> more) {
        Set<BatchEvent> flying = new HashSet<>(world.flying());
        flying.addAll(more);
        return new World(
                world.state(),
                Set.copyOf(flying),
                world.alive(),
                world.deaths(),
                world.work(),
                world.writes(),
                world.commits());
    }

    private static World without(World world, BatchEvent event) {
        Set<BatchEvent> flying = new HashSet<>(world.flying());
        flying.remove(event);
        return new World(
                world.state(),
                Set.copyOf(flying),
                world.alive(),
                world.deaths(),
                world.work(),
                world.writes(),
                world.commits());
    }

    private static <T> List<T> plus(List<T> list, T one) {
        List<T> longer = new ArrayList<>(list);
        longer.add(one);
        return List.copyOf(longer);
    }
}
