// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import io.millrace.operator.OutputOperator;
import io.millrace.runtime.driver.Attachment;
import io.millrace.runtime.driver.JobChange;
import io.millrace.runtime.plan.PhysicalPlan;
import io.millrace.runtime.plan.PlanNode;
import io.millrace.stream.CallSite;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The outputs that were attached to a job: their names, and how many there may be. Thread-safe. */
final class AttachedOutputs {

    /** How many outputs may be attached at once, those included that wait to be closed. */
    static final int MOST = 1_000;

    private final JobRun run;
    private final Map<String, Attachment> names = new HashMap<>();
    private final Set<Attachment> open = new LinkedHashSet<>();
    private int made;
    private boolean over;

    AttachedOutputs(JobRun run) {
        this.run = run;
        run.onEnd(this::end);
    }

    /** Has later batches be for this output too; without a name it gets one. */
    synchronized AttachedOutput attach(
            PhysicalPlan plan, Optional<String> name, int stream, OutputOperator<?> output, CallSite callSite) {
        if (over) {
            throw new IllegalStateException("Outputs are attached to running jobs only, but this one has ended");
        }
        if (open.size() >= MOST) {
            throw new IllegalStateException("At most " + MOST
                    + " outputs can be attached at once, those included that wait to be closed, but there are "
                    + open.size());
        }
        String known = name.orElseGet(() -> unused(plan, output.kind()));
        checkUnused(plan, known);
        Attachment attachment = new Attachment(known, stream, callSite, output);
        names.put(known, attachment);
        open.add(attachment);
        var unused = attachment.closed().whenComplete((last, failure) -> forget(attachment));
        run.change(new JobChange.Attach(attachment));
        return new AttachedOutput(this, attachment);
    }

    /** Has later batches not be for it; its name is free from now on. */
    synchronized void detach(Attachment attachment) {
        if (names.remove(attachment.name(), attachment)) {
            run.change(new JobChange.Detach(attachment));
        }
    }

    private String unused(PhysicalPlan plan, String kind) {
        while (true) {
            String name = "attached-" + kind + "-" + ++made;
            if (!names.containsKey(name) && node(plan, name).isEmpty()) {
                return name;
            }
        }
    }

    private void checkUnused(PhysicalPlan plan, String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("The name of an attached output must not be blank");
        }
        node(plan, name).ifPresent(taken -> {
            throw new IllegalArgumentException("The name " + name + " is taken by the operator defined at "
                    + taken.node().callSite());
        });
        Attachment other = names.get(name);
        if (other != null) {
            throw new IllegalArgumentException(
                    "The name " + name + " is taken by the output attached at " + other.callSite());
        }
    }

    private static Optional<PlanNode> node(PhysicalPlan plan, String name) {
        return plan.nodes().stream()
                .filter(node -> node.node().name().equals(name))
                .findFirst();
    }

    private synchronized void forget(Attachment attachment) {
        open.remove(attachment);
        names.remove(attachment.name(), attachment);
    }

    private void end() {
        List<Attachment> left;
        synchronized (this) {
            over = true;
            left = List.copyOf(open);
        }
        left.forEach(Attachment::jobEnded);
    }
}
