// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.redrive;

import akka.stream.ActorAttributes;
import akka.stream.javadsl.Source;
import io.millrace.receiver.Feed;
import io.millrace.receiver.Receiver;
import io.millrace.receiver.ReceiverContext;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Feeds dead letters that were written to the files of a directory into a job again: when it is opened all that were not fed before,
 * and from then on what has come whenever {@link #redrive} is called. It does not look by itself, so that letters that fail again do not go
 * round for ever.
 *
 * <p>How far it has come stands in the directory, manifest by manifest, and is noted when the job asks for more than a manifest had: who
 * stops in the middle of one has its letters fed again. One job at a time may use a directory. Letters whose record was not text are
 * left out, unless a {@linkplain #repair repair} makes text of them. Thread-safe.
 */
public final class RedriveFiles implements Receiver<String> {

    private final Path directory;
    private final Function<StoredLetter, Optional<String>> repair;
    private @Nullable Runnable wakeUp;
    private int open;

    private RedriveFiles(Path directory, Function<StoredLetter, Optional<String>> repair) {
        this.directory = directory;
        this.repair = repair;
    }

    /** Feeds the texts again as they were; the directory need not be there yet. */
    public static RedriveFiles of(Path directory) {
        return new RedriveFiles(directory, StoredLetter::text);
    }

    /**
     * The same, but feeds what a function makes of the letters; what it makes nothing of is left out. If it throws, the receiver fails
     * and is opened again, as after any failure of a source.
     */
    public RedriveFiles repair(Function<StoredLetter, Optional<String>> function) {
        return new RedriveFiles(directory, function);
    }

    /** Feeds what has come since it looked last. */
    public void redrive() {
        Runnable told;
        synchronized (this) {
            told = wakeUp;
        }
        if (told != null) {
            told.run();
        }
    }

    @Override
    public String name() {
        return "redrive of " + directory;
    }

    @Override
    public Feed<String> open(ReceiverContext context) {
        return Feed.records(Source.fromGraph(new LetterSource(this, new LetterDirectory(directory), repair))
                .withAttributes(ActorAttributes.dispatcher(
                        ActorAttributes.IODispatcher().dispatcher())));
    }

    /** A source of it has started. */
    synchronized void opened(Runnable newWakeUp) {
        wakeUp = newWakeUp;
        open++;
    }

    /** A source of it has ended. */
    synchronized void closed() {
        open--;
        notifyAll();
    }

    /** Waits until no source of it runs. */
    synchronized void awaitClosed() throws InterruptedException {
        while (open > 0) {
            wait();
        }
    }
}
