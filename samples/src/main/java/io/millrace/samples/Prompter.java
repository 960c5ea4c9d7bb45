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
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Feeds a job in the same JVM from a script, so that each line falls into a batch of its own on the slowest machine.
 *
 * <p>It goes by batches instead of by a clock: when the batch of one line is done, it says the next over TCP, and holds up the
 * job's output thread, and so the next batch, until the engine has taken that line.
 *
 * <p>{@link #begin} is called by the main thread, everything else by the output thread.
 */
final class Prompter implements StreamingListener, Closeable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long GLANCE_MS = 50;

    private final Script script;
    private final LineServer server;
    private final ShownBatches shown;
    private final RunEnd end;
    private final Semaphore taken = new Semaphore(0);
    private @Nullable LineClient client;
    private int said;

    Prompter(Script script, LineServer server, ShownBatches shown, RunEnd end) {
        this.script = script;
        this.server = server;
        this.shown = shown;
        this.end = end;
    }

    /** The receiver the job must have. */
    Receiver<String> receiver() {
        return new ObservedReceiver(SocketClient.connect(server.host(), server.port()), taken::release);
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

    @Override
    public synchronized void onBatchCompleted(BatchInfo batch) {
        if (said > 0 && said == shown.count() && said < script.size() && !shown.isOver()) {
            sayNext();
        }
    }

    private void sayNext() {
        Optional<String> line = script.seconds().get(said++);
        try {
            if (line.isPresent() && !sayUntilTaken(line.get())) {
                end.reached();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            end.fail(String.valueOf(e.getMessage()));
        }
    }

    /** Says a line and waits until the engine has taken it; false if the receiver has hung up instead, as when the job is being stopped. */
    private boolean sayUntilTaken(String line) throws InterruptedException {
        LineClient listening = client == null ? next() : client;
        client = listening;
        taken.drainPermits();
        boolean isTaken = false;
        if (listening.say(line)) {
            do {
                isTaken = taken.tryAcquire(GLANCE_MS, TimeUnit.MILLISECONDS);
            } while (!isTaken && !listening.isGone());
        }
        return isTaken;
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
