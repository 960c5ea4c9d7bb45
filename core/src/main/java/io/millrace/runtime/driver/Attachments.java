// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import io.millrace.operator.BatchTime;
import io.millrace.runtime.executor.Tap;
import io.millrace.runtime.plan.PhysicalPlan;
import io.millrace.stream.StreamNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * The outputs that are attached to the job, and the plan with them. It changes when a batch begins, so all attempts at a batch have the
 * same. Used by the driver's thread only.
 */
final class Attachments {

    private final PhysicalPlan registered;
    private final Outputs outputs;
    private final Executor outputThread;
    private final List<Attachment> wanted = new ArrayList<>();
    private final List<Attachment> coming = new ArrayList<>();
    private final List<Attachment> leaving = new ArrayList<>();
    private PhysicalPlan plan;
    private List<Tap> taps = List.of();

    /** None yet, beside the outputs that the plan has. */
    Attachments(PhysicalPlan registered, Outputs outputs, Executor outputThread) {
        this.registered = registered;
        this.outputs = outputs;
        this.outputThread = outputThread;
        this.plan = registered;
    }

    /** The plan of the batch that is under way, or of the last one. */
    PhysicalPlan plan() {
        return plan;
    }

    /** The nodes whose records the attached outputs want in that batch. */
    List<Tap> taps() {
        return taps;
    }

    /** Later batches are for this output too, after those that were attached before it. */
    void attach(Attachment output) {
        wanted.add(output);
        coming.add(output);
    }

    /** Later batches are not for this output. */
    void detach(Attachment output) {
        if (wanted.remove(output)) {
            coming.remove(output);
            leaving.add(output);
        }
    }

    /** A batch begins: changes take effect. */
    void begins(BatchTime batch) {
        if (coming.isEmpty() && leaving.isEmpty()) {
            return;
        }
        wanted.removeIf(output -> !output.begin());
        number();
        PhysicalPlan next = plan;
        List<Attachment> left = List.copyOf(leaving);
        List<Attachment> begun = List.copyOf(coming);
        leaving.clear();
        coming.clear();
        outputThread.execute(() -> {
            outputs.change(next, left);
            begun.forEach(output -> output.begun(batch));
        });
    }

    private void number() {
        List<StreamNode> nodes = new ArrayList<>();
        List<Tap> newTaps = new ArrayList<>();
        for (Attachment output : wanted) {
            int id = registered.nodes().size() + nodes.size();
            nodes.add(output.node(id));
            newTaps.add(new Tap(id, output.stream(), output.limit()));
        }
        plan = registered.with(nodes);
        taps = List.copyOf(newTaps);
    }
}
