// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import io.millrace.listener.OutputInfo;
import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputOperator;
import io.millrace.runtime.executor.Collected;
import io.millrace.runtime.executor.NodeFailure;
import io.millrace.runtime.plan.PhysicalPlan;
import io.millrace.runtime.plan.PlanNode;
import io.millrace.time.TimeSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the outputs of a batch, one after the other in the order in which they were registered, then those that are attached. Runs on
 * the output thread.
 */
final class Outputs {

    /** What became of the outputs of a batch. */
    record Written(List<OutputInfo> outputs, List<Failure> failures) {}

    /** An output that failed. */
    record Failure(String output, String description, Throwable cause) {}

    private static final Logger LOG = LoggerFactory.getLogger(Outputs.class);

    private final TimeSource time;
    private PhysicalPlan plan;

    Outputs(PhysicalPlan plan, TimeSource time) {
        this.plan = plan;
        this.time = time;
    }

    /**
     * Begins to write a batch.
     *
     * @param logged what the log calls the batch, if the job is logged
     */
    OutputRound begin(
            BatchTime batch,
            BatchTime zero,
            List<Collected> collected,
            List<NodeFailure> nodeFailures,
            Optional<LoggedBatch> logged) {
        List<OutputRound.Turn> turns = new ArrayList<>();
        for (PlanNode output : plan.outputs()) {
            if (operator(output).isReported() && plan.hasBatch(output, batch, zero)) {
                turns.add(new OutputRound.Turn(
                        output, records(output, collected), upstreamFailure(output, nodeFailures)));
            }
        }
        return new OutputRound(time, batch, logged, turns, () -> remember(batch, zero, collected, nodeFailures));
    }

    /** Begins to write a batch that an earlier run of the job has prepared: to the outputs for which it staged something. */
    OutputRound again(BatchTime batch, List<Collected> staged, LoggedBatch logged) {
        List<OutputRound.Turn> turns = new ArrayList<>();
        for (PlanNode output : plan.outputs()) {
            if (staged.stream().anyMatch(part -> part.output() == output.id())) {
                turns.add(new OutputRound.Turn(output, records(output, staged), Optional.empty()));
            }
        }
        return new OutputRound(time, batch, Optional.of(logged), turns, () -> {});
    }

    /** Writes what is not reported, before the outputs of the program, which may want to look at it. */
    private void remember(BatchTime batch, BatchTime zero, List<Collected> collected, List<NodeFailure> nodeFailures) {
        for (PlanNode output : plan.outputs()) {
            if (!operator(output).isReported()
                    && plan.hasBatch(output, batch, zero)
                    && upstreamFailure(output, nodeFailures).isEmpty()) {
                var unused = OutputRound.write(output, batch, records(output, collected));
            }
        }
    }

    /** Later batches have the outputs of this plan, to which these do not belong any more. */
    void change(PhysicalPlan newPlan, List<Attachment> detached) {
        plan = newPlan;
        detached.forEach(Attachment::close);
    }

    /** What the outputs of the program are to write, to be logged before they do. */
    List<Collected> staged(BatchTime batch, BatchTime zero, List<Collected> collected, List<NodeFailure> nodeFailures) {
        List<Collected> staged = new ArrayList<>();
        for (PlanNode output : plan.outputs()) {
            if (operator(output).isReported()) {
                given(output, batch, zero, collected, nodeFailures)
                        .ifPresent(records -> staged.add(new Collected(output.id(), 0, 0, records)));
            }
        }
        return staged;
    }

    /** What an output was given in a batch; empty if it had none, or depends on an operator that failed. */
    Optional<List<Object>> given(
            PlanNode output,
            BatchTime batch,
            BatchTime zero,
            List<Collected> collected,
            List<NodeFailure> nodeFailures) {
        return plan.hasBatch(output, batch, zero)
                        && upstreamFailure(output, nodeFailures).isEmpty()
                ? Optional.of(records(output, collected))
                : Optional.empty();
    }

    /** The job ends. */
    void close() {
        for (PlanNode output : plan.outputs()) {
            close(output.node().name(), operator(output));
        }
    }

    /** An output that cannot be closed keeps neither the others from being closed nor the job from going on or ending. */
    static void close(String name, OutputOperator<?> output) {
        try {
            output.close();
        } catch (Throwable e) {
            if (e instanceof VirtualMachineError fatal && !(e instanceof StackOverflowError)) {
                throw fatal;
            }
            LOG.error("output={} could not be closed", name, e);
        }
    }

    private Optional<Failure> upstreamFailure(PlanNode output, List<NodeFailure> failures) {
        for (NodeFailure failure : failures) {
            if (plan.withDependants(Set.of(failure.node())).contains(output.id())) {
                return Optional.of(
                        new Failure(output.node().name(), failure.failed().describe(), failure.cause()));
            }
        }
        return Optional.empty();
    }

    private static List<Object> records(PlanNode output, List<Collected> collected) {
        List<Collected> parts = new ArrayList<>();
        for (Collected part : collected) {
            if (part.output() == output.id()) {
                parts.add(part);
            }
        }
        Collections.sort(parts);
        int limit = operator(output).limit();
        if (parts.size() == 1 && parts.get(0).records().size() <= limit) {
            return Collections.unmodifiableList(parts.get(0).records());
        }
        List<Object> all = new ArrayList<>();
        for (Collected part : parts) {
            for (Object record : part.records()) {
                if (all.size() == limit) {
                    return Collections.unmodifiableList(all);
                }
                all.add(record);
            }
        }
        return Collections.unmodifiableList(all);
    }

    @SuppressWarnings("unchecked")
    static OutputOperator<Object> operator(PlanNode output) {
        return (OutputOperator<Object>) output.node().operator();
    }
}
