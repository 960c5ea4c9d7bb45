// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import io.millrace.listener.BatchInfo;
import io.millrace.listener.StreamingListener;
import io.millrace.receiver.Receiver;
import io.millrace.receivers.socket.SocketClient;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Feeds a job in the same JVM from a script: says a line, and the next one when the batch that has it is done.
 *
 * <p>So each line falls into a batch of its own, however slow the machine is. {@link #begin} is called by the main thread,
 * everything else by the output thread.
 */
final class Prompter implements StreamingListener, Closeable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Script script;
    private final LineServer server;
    private final ShownBatches shown;
    private final RunEnd end;
    private @Nullable LineClient client;
    private int said;
    private BooleanSupplier ready = () -> true;

    Prompter(Script script, LineServer server, ShownBatches shown, RunEnd end) {
        this.script = script;
        this.server = server;
        this.shown = shown;
        this.end = end;
    }

    /** What connects a job to it. */
    Receiver<String> receiver() {
        return SocketClient.connect(server.host(), server.port());
    }

    /** Waits until the job's receiver is connected and says the first line. */
    void begin() throws InterruptedException {
        LineClient first = next();
        synchronized (this) {
            client = first;
            sayNext();
        }
    }

    /** The job's receiver is about to lose its connection and to make another: the next line goes to that. */
    synchronized void expectReconnect() {
        client = null;
    }

    /** From now on the next line is said only after a batch at the end of which this is true. */
    synchronized void sayOnlyIf(BooleanSupplier condition) {
        ready = condition;
    }

    @Override
    public synchronized void onBatchCompleted(BatchInfo batch) {
        if (said > 0 && said == shown.count() && said < script.size() && !shown.isOver()) {
            if (script.seconds().get(said).isPresent()) {
                shown.awaitLine();
            }
            if (ready.getAsBoolean()) {
                sayNext();
            }
        }
    }

    private void sayNext() {
        Optional<String> line = script.seconds().get(said++);
        try {
            if (line.isPresent() && !say(line.get())) {
                end.reached();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            end.fail(String.valueOf(e.getMessage()));
        }
    }

    /** False if the receiver has hung up, as it does when the job is being stopped. */
    private boolean say(String line) throws InterruptedException {
        LineClient listening = client == null ? next() : client;
        client = listening;
        return listening.say(line);
    }

    private LineClient next() throws InterruptedException {
        return server.next(PATIENCE)
                .orElseThrow(() ->
                        new IllegalStateException("nobody connects to the built-in feeder on " + server.address()));
    }

    /** Says no more. */
    @Override
    public void close() throws IOException {
        server.close();
    }
}
