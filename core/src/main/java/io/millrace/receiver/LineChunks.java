// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receiver;

import akka.NotUsed;
import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.javadsl.Flow;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.stream.stage.InHandler;
import akka.stream.stage.OutHandler;
import akka.util.ByteString;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes chunks of whole lines of the bytes of one connection or file.
 *
 * <p>A line ends at {@code '\n'} and nowhere else: a lone carriage return, a NUL and a byte order mark are data, and a
 * character of several bytes is never cut. The bytes are left as they are; the tasks take the carriage return off a
 * line that ends in {@code "\r\n"}. When the upstream completes, a last line without an end is emitted with a newline
 * added; when it fails, such a line is dropped.
 *
 * <p>A line of more than {@code maxLineBytes} (not counting {@code "\n"} or {@code "\r\n"}) is taken out while it
 * arrives and announced as a {@link TextChunk.Rejected}. So never more than {@code maxLineBytes} and one incoming chunk
 * are held. One chunk goes out per incoming one, more only around rejected lines.
 */
public final class LineChunks {

    private static final int LARGEST_LINE = 1 << 30;

    private LineChunks() {}

    /**
     * A connection that failed in the middle of things.
     *
     * @param origin the connection
     * @param position where the dropped bytes stand in it, in bytes from 0
     * @param droppedBytes the bytes of the unfinished line, which are dropped; 0 if it failed between two lines
     * @param cause why it failed
     */
    public record Broken(String origin, long position, long droppedBytes, Throwable cause) {}

    /**
     * A flow of chunks of whole lines.
     *
     * @param origin what the bytes come from, such as {@code 127.0.0.1:51234}
     * @param maxLineBytes the longest line in bytes, without its end; 1 to 2<sup>30</sup>
     */
    public static Flow<ByteString, TextChunk, NotUsed> flow(String origin, int maxLineBytes) {
        return flow(origin, maxLineBytes, broken -> {});
    }

    /**
     * A flow of chunks of whole lines that tells what it had to drop.
     *
     * @param origin what the bytes come from, such as {@code 127.0.0.1:51234}
     * @param maxLineBytes the longest line in bytes, without its end; 1 to 2<sup>30</sup>
     * @param onBroken called once if the upstream fails, before the flow does; runs in the stream and must not block
     */
    public static Flow<ByteString, TextChunk, NotUsed> flow(
            String origin, int maxLineBytes, Consumer<Broken> onBroken) {
        if (maxLineBytes < 1 || maxLineBytes > LARGEST_LINE) {
            throw new IllegalArgumentException(
                    "maxLineBytes must be in 1.." + LARGEST_LINE + ", but is " + maxLineBytes);
        }
        return Flow.fromGraph(new Stage(origin, maxLineBytes, onBroken)).named("lineChunks");
    }

    private static final class Stage extends GraphStage<FlowShape<ByteString, TextChunk>> {

        private final Inlet<ByteString> in = Inlet.create("LineChunks.in");
        private final Outlet<TextChunk> out = Outlet.create("LineChunks.out");
        private final FlowShape<ByteString, TextChunk> shape = FlowShape.of(in, out);
        private final String origin;
        private final int maxLineBytes;
        private final Consumer<Broken> onBroken;

        Stage(String origin, int maxLineBytes, Consumer<Broken> onBroken) {
            this.origin = origin;
            this.maxLineBytes = maxLineBytes;
            this.onBroken = onBroken;
        }

        @Override
        public FlowShape<ByteString, TextChunk> shape() {
            return shape;
        }

        @Override
        public GraphStageLogic createLogic(Attributes inheritedAttributes) {
            return new Logic(this);
        }
    }

    /** Cuts what comes in and ends only when all of it has gone out. */
    private static final class Logic extends GraphStageLogic implements InHandler, OutHandler {

        private final Stage stage;
        private final LineCutter cutter;
        private boolean ended;
        private @Nullable Throwable failure;

        Logic(Stage stage) {
            super(stage.shape);
            this.stage = stage;
            this.cutter = new LineCutter(stage.origin, stage.maxLineBytes);
            setHandler(stage.in, this);
            setHandler(stage.out, this);
        }

        @Override
        public void onPush() {
            cutter.offer(grab(stage.in).toArrayUnsafe());
            deliver();
        }

        @Override
        public void onPull() {
            deliver();
        }

        @Override
        public void onUpstreamFinish() {
            ended = true;
            endIfExhausted();
        }

        @Override
        public void onUpstreamFailure(Throwable cause) {
            failure = cause;
            onUpstreamFinish();
        }

        private void deliver() {
            TextChunk chunk = cutter.next();
            if (chunk != null) {
                push(stage.out, chunk);
            } else if (!ended) {
                pull(stage.in);
            }
            endIfExhausted();
        }

        private void endIfExhausted() {
            if (!ended || !cutter.exhausted()) {
                return;
            }
            if (failure != null) {
                stage.onBroken.accept(
                        new Broken(stage.origin, cutter.unfinishedPosition(), cutter.unfinishedBytes(), failure));
                failStage(failure);
                return;
            }
            TextChunk last = cutter.finish();
            if (last == null) {
                completeStage();
            } else {
                emit(stage.out, last, this::completeStage);
            }
        }
    }
}
