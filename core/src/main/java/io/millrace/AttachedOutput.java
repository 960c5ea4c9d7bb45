// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import io.millrace.operator.BatchTime;
import io.millrace.runtime.driver.Attachment;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * An output that was attached to a running job; see {@link StreamingContext#attach}. Thread-safe.
 *
 * <p>What is chained to its stages runs on the job's output thread and must not wait there for a later batch.
 */
public final class AttachedOutput {

    private final AttachedOutputs all;
    private final Attachment attachment;

    AttachedOutput(AttachedOutputs all, Attachment attachment) {
        this.all = all;
        this.attachment = attachment;
    }

    /** Its name in errors and in figures. */
    public String name() {
        return attachment.name();
    }

    /**
     * The first batch it sees, as soon as that begins. Fails with an {@link IllegalStateException} if it is detached, or the job ends,
     * before one does.
     */
    public CompletionStage<BatchTime> firstBatch() {
        return attachment.first();
    }

    /**
     * Detaches it. A batch that is under way it still sees to the end; the next one it does not see. It is closed when that one begins, or
     * when the job ends if that is sooner. Detached again, or after the end of the job, nothing more happens.
     *
     * @return the last batch it was given, empty if there was none; completes when it is closed, or when the job was broken off
     */
    public CompletionStage<Optional<BatchTime>> detach() {
        all.detach(attachment);
        return attachment.closed();
    }

    /** Its name and where it was attached. */
    @Override
    public String toString() {
        return attachment.name() + " (" + attachment.callSite() + ")";
    }
}
