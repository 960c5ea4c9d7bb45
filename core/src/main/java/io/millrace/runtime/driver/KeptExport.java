// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import akka.actor.NoSerializationVerificationNeeded;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.millrace.runtime.block.Block;
import io.millrace.runtime.block.BlockHolder;
import io.millrace.runtime.block.BlockId;
import io.millrace.runtime.block.BlockLocation;
import io.millrace.runtime.block.BlockManager;
import io.millrace.runtime.block.ExecutorId;
import io.millrace.runtime.executor.KeptStates;
import io.millrace.time.TimeSource;
import io.millrace.time.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Collects the blocks of kept batches from those that hold them, gives away the batches, and ends. */
final class KeptExport extends AbstractBehavior<KeptExport.Command> {

    /** A holder that has not answered after this time has died. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** What an export hears. */
    sealed interface Command extends NoSerializationVerificationNeeded {}

    private record FromHolder(BlockHolder.Event event) implements Command {}

    private record Overdue() implements Command {}

    /**
     * What is to be given away.
     *
     * @param before the state before the first batch, which nobody else changes
     * @param given what the outputs of a batch were given
     * @param reply gets it
     */
    record Task(
            KeptRun.Job job,
            KeptStates before,
            List<KeptBatches.Kept> batches,
            Function<KeptBatches.Kept, List<Emitted>> given,
            CompletableFuture<KeptRun> reply) {}

    private final Task task;
    private final Map<BlockId, Block> found = new HashMap<>();
    private final Timer.Scheduled limit;
    private int expected;

    private KeptExport(
            ActorContext<Command> context, Task task, TimeSource time, ActorRef<BlockManager.Command> blocks) {
        super(context);
        this.task = task;
        List<BlockId> ids = new ArrayList<>();
        for (KeptBatches.Kept batch : task.batches()) {
            batch.blocks().forEach(block -> ids.add(block.info().id()));
        }
        this.expected = ids.size();
        ActorRef<Command> self = context.getSelf();
        this.limit = time.timer().at(time.now().plus(PATIENCE), () -> self.tell(new Overdue()));
        blocks.tell(new BlockManager.Collect(ids, context.messageAdapter(BlockHolder.Event.class, FromHolder::new)));
    }

    /** An export that begins at once. */
    static Behavior<Command> create(Task task, TimeSource time, ActorRef<BlockManager.Command> blocks) {
        return Behaviors.setup(context -> new KeptExport(context, task, time, blocks));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(FromHolder.class, this::onFromHolder)
                .onMessage(Overdue.class, this::onOverdue)
                .onSignal(PostStop.class, this::onPostStop)
                .build();
    }

    private Behavior<Command> onFromHolder(FromHolder message) {
        if (message.event() instanceof BlockHolder.Fetched fetched) {
            fetched.blocks().forEach(block -> found.put(block.info().id(), block));
            expected -= fetched.blocks().size() + fetched.gone().size();
        }
        return expected > 0 ? this : finish();
    }

    private Behavior<Command> onOverdue(Overdue overdue) {
        getContext().getLog().warn("{} kept blocks were not handed over within {}", expected, PATIENCE);
        return finish();
    }

    private Behavior<Command> onPostStop(PostStop signal) {
        limit.cancel();
        task.reply()
                .completeExceptionally(
                        new IllegalStateException("The job ended before its kept batches were collected"));
        return this;
    }

    /** Gives away the batches after the last one of which a block is gone, and the state before them. */
    private Behavior<Command> finish() {
        List<KeptBatches.Kept> whole = new ArrayList<>();
        for (KeptBatches.Kept batch : task.batches()) {
            whole.add(batch);
            if (!batch.blocks().stream()
                    .allMatch(block -> found.containsKey(block.info().id()))) {
                whole.forEach(lost -> task.before().apply(lost.changes(), lost.failedNodes()));
                whole.clear();
            }
        }
        if (whole.isEmpty()) {
            task.reply()
                    .completeExceptionally(new IllegalStateException(
                            "No batch is kept as a whole: all executors that held blocks of batch "
                                    + task.batches()
                                            .get(task.batches().size() - 1)
                                            .batch() + " died"));
        } else {
            task.reply()
                    .complete(new KeptRun(
                            task.job(),
                            task.before().all(),
                            whole.get(0).lost(),
                            whole.stream().map(this::kept).toList()));
        }
        return Behaviors.stopped();
    }

    private KeptBatch kept(KeptBatches.Kept batch) {
        List<KeptBlock> blocks = new ArrayList<>();
        for (BlockLocation location : batch.blocks()) {
            Block block = found.get(location.info().id());
            if (block != null) {
                blocks.add(new KeptBlock(
                        block,
                        location.holders().stream().map(ExecutorId::number).toList()));
            }
        }
        return new KeptBatch(
                batch.batch(), batch.absorbed(), blocks, task.given().apply(batch), List.of());
    }
}
