// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import akka.actor.ActorPath;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.Behaviors;
import io.millrace.runtime.block.BlockHolder;
import io.millrace.runtime.block.BlockManager;
import io.millrace.runtime.block.CrashPoint;
import io.millrace.runtime.block.DurablePoint;
import io.millrace.runtime.block.ExecutorId;
import io.millrace.runtime.driver.ExecutorHandle;
import io.millrace.runtime.driver.KeptBlock;
import io.millrace.runtime.executor.Executor;
import io.millrace.runtime.executor.NodeState;
import io.millrace.runtime.node.Inspection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Looks inside a job in a simulation: counts, asks its actors, and lets executors die as planned. Used by whoever runs the simulation. */
final class JobProbe implements Inspection {

    private final Simulation simulation;
    private final ActorSystem<?> system;
    private final String name;
    private final CrashPlan crashes = new CrashPlan();
    private final Map<Integer, ExecutorHandle> executors = new TreeMap<>();
    private final Map<CrashPoint, Integer> passed = new TreeMap<>();
    private @Nullable ActorRef<BlockManager.Command> blocks;
    private IntConsumer crash = executor -> {};
    private Runnable writing = () -> {};
    private Consumer<Enum<?>> points = point -> {};
    private int questions;

    JobProbe(Simulation simulation, ActorSystem<?> system, String name) {
        this.simulation = simulation;
        this.system = system;
        this.name = name;
    }

    /** Says how an executor is killed. */
    void onCrash(IntConsumer newCrash) {
        crash = newCrash;
    }

    /** Says what happens when the outputs of a batch are about to be written. */
    void onWriting(Runnable newWriting) {
        writing = newWriting;
    }

    /** Says who hears of every point that is reached, a {@link CrashPoint} or a {@link DurablePoint}. */
    void onPoint(Consumer<Enum<?>> listener) {
        points = listener;
    }

    CrashPlan crashes() {
        return crashes;
    }

    /** How often a point was reached. */
    int passed(CrashPoint point) {
        return passed.getOrDefault(point, 0);
    }

    @Override
    public void reached(CrashPoint point, Optional<ExecutorId> executor) {
        passed.merge(point, 1, Integer::sum);
        if (point == CrashPoint.BEFORE_OUTPUT) {
            writing.run();
        }
        points.accept(point);
        crashes.reached(point, executor, crash);
    }

    @Override
    public void reached(DurablePoint point) {
        points.accept(point);
    }

    @Override
    public void onBlockManager(ActorRef<BlockManager.Command> newBlocks) {
        blocks = newBlocks;
    }

    @Override
    public void onExecutor(ExecutorHandle executor) {
        executors.put(executor.id().number(), executor);
    }

    /** The executors that were heard of last, by their numbers. */
    Set<ExecutorId> executors() {
        return executors.values().stream()
                .map(ExecutorHandle::id)
                .collect(Collectors.toCollection(java.util.TreeSet::new));
    }

    /** The path below which all actors of an executor are. */
    ActorPath path(int executor) {
        ExecutorHandle handle = executors.get(executor);
        if (handle == null) {
            throw new IllegalArgumentException("there is no executor " + executor + " among " + executors.keySet());
        }
        return handle.executor().path().parent();
    }

    /** The path below which all actors of the job are. */
    ActorPath path() {
        return path(executors.keySet().stream()
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("the job does not run yet")))
                .parent();
    }

    /** What the block manager knows. */
    BlockManager.Contents blocks() {
        ActorRef<BlockManager.Command> manager = blocks;
        if (manager == null) {
            throw new IllegalStateException("the job does not run yet");
        }
        return (BlockManager.Contents)
                this.<BlockManager.Event>ask(asker -> manager.tell(new BlockManager.Inspect(asker)));
    }

    /** Has blocks count as received, on the executors of these numbers. */
    void inject(List<KeptBlock> kept) {
        ActorRef<BlockManager.Command> manager = blocks;
        if (manager == null) {
            throw new IllegalStateException("the job does not run yet");
        }
        for (KeptBlock one : kept) {
            List<ExecutorHandle> holders = one.holders().stream()
                    .map(executors::get)
                    .filter(Objects::nonNull)
                    .toList();
            holders.forEach(holder -> holder.holder()
                    .tell(new BlockHolder.StoreAgain(one.block(), system.<BlockHolder.Event>ignoreRef())));
            simulation.runUntilIdle();
            manager.tell(new BlockManager.Add(
                    one.block().info(),
                    holders.stream().map(ExecutorHandle::id).toList(),
                    Optional.empty(),
                    system.<BlockManager.ReceiverEvent>ignoreRef()));
            simulation.runUntilIdle();
        }
    }

    /** Which blocks each executor holds in fact. */
    Map<ExecutorId, Set<String>> held() {
        Map<ExecutorId, Set<String>> held = new TreeMap<>();
        for (ExecutorHandle executor : List.copyOf(executors.values())) {
            BlockHolder.Held answer = (BlockHolder.Held)
                    this.<BlockHolder.Event>ask(asker -> executor.holder().tell(new BlockHolder.Inspect(asker)));
            held.put(
                    executor.id(),
                    answer.blocks().stream()
                            .map(Object::toString)
                            .collect(Collectors.toCollection(java.util.TreeSet::new)));
        }
        return held;
    }

    /** The state that each executor keeps, in these many partitions; between two batches only. */
    Map<ExecutorId, List<NodeState>> states(int partitions) {
        Set<Integer> all = IntStream.range(0, partitions).boxed().collect(Collectors.toSet());
        Map<ExecutorId, List<NodeState>> states = new TreeMap<>();
        for (ExecutorHandle executor : List.copyOf(executors.values())) {
            Executor.InstallState answer = (Executor.InstallState) this.<Executor.Command>ask(asker ->
                    executor.executor().tell(new Executor.SendState(all, asker, system.<Executor.Event>ignoreRef())));
            states.put(executor.id(), answer.states());
        }
        return states;
    }

    private <T> T ask(Consumer<ActorRef<T>> question) {
        Answer<T> answer = new Answer<>();
        ActorRef<T> asker = system.systemActorOf(answer.behavior(), name + "-asks-" + questions++, Props.empty());
        question.accept(asker);
        simulation.runUntilIdle();
        return answer.get();
    }

    private static final class Answer<T> {
        private @Nullable T answer;

        Behavior<T> behavior() {
            return Behaviors.receiveMessage(message -> {
                answer = message;
                return Behaviors.stopped();
            });
        }

        T get() {
            T given = answer;
            if (given == null) {
                throw new AssertionError("an actor of the job did not answer");
            }
            return given;
        }
    }
}
