// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputOperator;
import io.millrace.operator.SourceOperator;
import io.millrace.runtime.block.BlockManager;
import io.millrace.runtime.executor.KeptStates;
import io.millrace.runtime.executor.LostBatch;
import io.millrace.runtime.plan.PlanNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Has the blocks of a batch that is done let go or kept, and gives away the batches that are kept. Used by the driver's thread only.
 */
final class BatchKeeper {

    private final DriverSetup setup;
    private final BatchTime zero;
    private final Outputs outputs;
    private final ActorRef<BlockManager.Command> blocks;
    private final Optional<KeptBatches> kept;

    BatchKeeper(DriverSetup setup, BatchTime zero, Outputs outputs, ActorRef<BlockManager.Command> blocks) {
        this.setup = setup;
        this.zero = zero;
        this.outputs = outputs;
        this.blocks = blocks;
        this.kept = setup.keptStates()
                .map(states -> new KeptBatches(setup.settings().keep(), states));
    }

    /** A batch is done, but for the operators that failed; {@code lost} is what windows had lost before it. */
    void completed(BatchRecord record, Set<Integer> failedNodes, List<LostBatch> lost) {
        if (!record.blocks().isEmpty()) {
            blocks.tell(new BlockManager.Release(record.batch(), kept.isPresent()));
        }
        kept.ifPresent(batches -> {
            List<BatchTime> gone = batches.add(new KeptBatches.Kept(
                    record.batch(),
                    record.absorbed(),
                    record.blocks(),
                    record.collected(),
                    record.failures(),
                    record.changes(),
                    failedNodes,
                    lost));
            if (!gone.isEmpty()) {
                blocks.tell(new BlockManager.Forget(gone));
            }
        });
    }

    /** Collects what is kept now. */
    void export(ActorContext<?> context, CompletableFuture<KeptRun> reply) {
        if (kept.isEmpty() || setup.keptStates().isEmpty()) {
            reply.completeExceptionally(new IllegalStateException(
                    "No batches are kept: millrace.keep.batches is 0, see StreamingContextBuilder.keepBatches"));
        } else if (kept.get().batches().isEmpty()) {
            reply.completeExceptionally(new IllegalStateException(
                    "No batch is kept: none is done yet, or the last one needs more than" + " millrace.keep.bytes = "
                            + setup.settings().keep().bytes()));
        } else {
            KeptStates before = kept.get().statesBefore();
            context.spawnAnonymous(KeptExport.create(
                    new KeptExport.Task(
                            job(setup.keptStates().get()), before, kept.get().batches(), this::given, reply),
                    setup.time(),
                    blocks));
        }
    }

    private KeptRun.Job job(KeptStates states) {
        List<KeptOperator> operators = new ArrayList<>();
        for (PlanNode node : setup.plan().nodes()) {
            operators.add(new KeptOperator(
                    node.id(), node.node().name(), node.node().operator() instanceof SourceOperator<?>));
        }
        return new KeptRun.Job(
                setup.plan().intervalMillis(), zero, setup.settings().replication(), states.settings(), operators);
    }

    /** What the outputs of a batch were given. */
    private List<Emitted> given(KeptBatches.Kept batch) {
        List<Emitted> given = new ArrayList<>();
        for (PlanNode output : setup.plan().outputs()) {
            if (((OutputOperator<?>) output.node().operator()).isReported()) {
                outputs.given(output, batch.batch(), zero, batch.collected(), batch.failures())
                        .ifPresent(
                                records -> given.add(new Emitted(output.node().name(), records)));
            }
        }
        return given;
    }
}
