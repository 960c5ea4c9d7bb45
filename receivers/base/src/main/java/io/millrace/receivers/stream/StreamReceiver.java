// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.stream;

import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.millrace.receiver.Drain;
import io.millrace.receiver.Feed;
import io.millrace.receiver.LineChunks;
import io.millrace.receiver.LineChunks.Broken;
import io.millrace.receiver.Receiver;
import io.millrace.receiver.ReceiverContext;
import io.millrace.receiver.RestartPolicy;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The elements of any Akka Streams source, or the lines of one that brings bytes.
 *
 * <p>The source is asked for again each time that it is opened: at the start, after a failure, and on another executor when the first
 * died. One that completes is finished, unless {@link #restart} says otherwise. The job pulls no more than it has room for. What was
 * pulled and not yet replicated is lost when the executor dies, unless the source brings it again.
 *
 * <p>A graceful stop of the job cancels the source; what is then in buffers of its own, such as those of {@code buffer}, {@code async}
 * or a queue, is lost. To have that processed, say how the source is drained: by a kill switch right behind what is at its beginning, or
 * by the {@code complete} of a queue.
 *
 * <p>Akka's {@code throttle}, {@code delay} and timeouts go by the system's clock, not by that of the job.
 *
 * @param <T> records
 */
public final class StreamReceiver<T> implements Receiver<T> {

    /** Describes what to run. */
    private interface Opening<T> {
        Feed<T> open(ReceiverContext context);
    }

    private final String name;
    private final Opening<T> opening;
    private final RestartPolicy restart;

    private StreamReceiver(String name, Opening<T> opening, RestartPolicy restart) {
        this.name = name;
        this.opening = opening;
        this.restart = restart;
    }

    /**
     * The elements of a source, which must not be changed once they are emitted.
     *
     * @param name what it is, for logs and errors
     * @param source makes the source; must not block
     */
    public static <T> StreamReceiver<T> of(String name, Supplier<? extends Source<T, ?>> source) {
        return new StreamReceiver<>(name, context -> Feed.records(source.get()), RestartPolicy.UNTIL_COMPLETE);
    }

    /**
     * The same; a graceful stop of the job does not cancel the source but reads it until it completes.
     *
     * @param drain is given what the source materialised; must see to it that the source takes nothing new, brings what it holds and
     *     completes. Called at most once for each opening, by a thread of the engine; must not block
     */
    public static <T, M> StreamReceiver<T> of(
            String name, Supplier<? extends Source<T, M>> source, Consumer<? super M> drain) {
        return new StreamReceiver<>(
                name, context -> Feed.records(drained(source.get(), drain)), RestartPolicy.UNTIL_COMPLETE);
    }

    private static <T, M> Source<T, Drain> drained(Source<T, M> source, Consumer<? super M> drain) {
        return source.mapMaterializedValue(made -> () -> drain.accept(made));
    }

    /**
     * The lines of UTF-8 text in a source of bytes. A last line without an end counts when the source completes; when it fails, that
     * line is dropped and reported.
     *
     * @param name what it is, for logs, errors and positions
     * @param source makes the source; must not block
     */
    public static StreamReceiver<String> lines(String name, Supplier<? extends Source<ByteString, ?>> source) {
        return new StreamReceiver<>(
                name,
                context -> Feed.lines(source.get()
                        .via(LineChunks.flow(name, context.maxLineBytes(), broken -> report(broken, context)))),
                RestartPolicy.UNTIL_COMPLETE);
    }

    /**
     * The same; a graceful stop of the job does not cancel the source but reads it until it completes. A last line without an end counts
     * then, too.
     *
     * @param drain as of {@link #of(String, Supplier, Consumer)}
     */
    public static <M> StreamReceiver<String> lines(
            String name, Supplier<? extends Source<ByteString, M>> source, Consumer<? super M> drain) {
        return lines(name, () -> drained(source.get(), drain));
    }

    private static void report(Broken broken, ReceiverContext context) {
        if (broken.droppedBytes() > 0) {
            context.reportError(
                    "dropped " + broken.droppedBytes() + " bytes of an unfinished line of " + broken.origin()
                            + " at position " + broken.position(),
                    broken.cause());
        }
    }

    /** The same with another policy for opening again. Default: {@link RestartPolicy#UNTIL_COMPLETE}. */
    public StreamReceiver<T> restart(RestartPolicy policy) {
        return new StreamReceiver<>(name, opening, policy);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public RestartPolicy restartPolicy() {
        return restart;
    }

    @Override
    public Feed<T> open(ReceiverContext context) {
        return opening.open(context);
    }
}
