// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import io.millrace.operator.BatchTime;
import io.millrace.operator.ErrorPolicy;
import io.millrace.operator.OutputOperator;
import io.millrace.stream.CallSite;
import io.millrace.stream.StreamNode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

/**
 * An output of the user that is attached to a running job, and what has become of it. It is closed once, as registered outputs are: after
 * its last batch, and also if it has seen none. Thread-safe.
 */
public final class Attachment implements OutputOperator<Object> {

    private enum Life {
        WAITING,
        ATTACHED,
        CLOSED
    }

    private final String name;
    private final int stream;
    private final CallSite callSite;
    private final OutputOperator<Object> output;
    private final String kind;
    private final boolean reported;
    private final int limit;
    private final AtomicReference<Life> life = new AtomicReference<>(Life.WAITING);
    private final CompletableFuture<BatchTime> first = new CompletableFuture<>();
    private final CompletableFuture<Optional<BatchTime>> closed = new CompletableFuture<>();
    private volatile Optional<BatchTime> last = Optional.empty();

    /**
     * An output that waits for its first batch. What it says of itself is asked here, so that if it throws, the caller hears of it.
     *
     * @param name under which it stands in figures
     * @param stream the node whose records it gets
     * @param callSite where the program attached it
     * @param output what the user wants done
     */
    @SuppressWarnings(
            "unchecked") // the records are those of the stream, which the compiler has compared with the output
    public Attachment(String name, int stream, CallSite callSite, OutputOperator<?> output) {
        this.name = name;
        this.stream = stream;
        this.callSite = callSite;
        this.output = (OutputOperator<Object>) output;
        this.kind = output.kind();
        this.reported = output.isReported();
        this.limit = output.limit();
    }

    /** Under which it stands in figures. */
    public String name() {
        return name;
    }

    /** Where the program attached it. */
    public CallSite callSite() {
        return callSite;
    }

    /** The first batch it sees, when that begins; a failure if it sees none. */
    public CompletionStage<BatchTime> first() {
        return first.minimalCompletionStage();
    }

    /** The last batch it was given, when it is closed or the job has ended. */
    public CompletionStage<Optional<BatchTime>> closed() {
        return closed.minimalCompletionStage();
    }

    /** The node whose records it gets. */
    int stream() {
        return stream;
    }

    /** It as a node of a plan. */
    StreamNode node(int id) {
        return new StreamNode(id, name, this, List.of(stream), callSite, ErrorPolicy.FAIL);
    }

    /** Batches are for it from now on; false if it is closed, since the job has ended. */
    boolean begin() {
        return life.compareAndSet(Life.WAITING, Life.ATTACHED) || life.get() == Life.ATTACHED;
    }

    /** This batch has begun with it. */
    void begun(BatchTime batch) {
        first.complete(batch);
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public boolean isReported() {
        return reported;
    }

    @Override
    public int limit() {
        return limit;
    }

    @Override
    public void write(BatchTime time, List<Object> records) throws Exception {
        last = Optional.of(time);
        output.write(time, records);
    }

    @Override
    public void close() {
        if (life.getAndSet(Life.CLOSED) != Life.CLOSED) {
            closeOutput();
        }
    }

    /** The job has ended: an output that no batch has begun with is closed here, every other one was, or is, by the output thread. */
    public void jobEnded() {
        if (life.compareAndSet(Life.WAITING, Life.CLOSED)) {
            closeOutput();
        }
        closed.complete(last);
    }

    private void closeOutput() {
        first.completeExceptionally(new IllegalStateException("The attached output " + name + " (" + callSite
                + ") has seen no batch: it was detached, or the job ended, before one began"));
        Outputs.close(name, output);
        closed.complete(last);
    }
}
