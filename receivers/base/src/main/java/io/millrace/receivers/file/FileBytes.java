// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.file;

import akka.NotUsed;
import akka.stream.ActorAttributes;
import akka.stream.Attributes;
import akka.stream.Outlet;
import akka.stream.SourceShape;
import akka.stream.javadsl.Source;
import akka.stream.stage.AbstractOutHandler;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.util.ByteString;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The bytes of one file from where reading begins up to its size, 64 KiB at a time, read on the dispatcher for work that waits. */
final class FileBytes extends GraphStage<SourceShape<ByteString>> {

    private static final int CHUNK_BYTES = 64 << 10;

    private final Outlet<ByteString> out = Outlet.create("FileBytes.out");
    private final SourceShape<ByteString> shape = SourceShape.of(out);
    private final TakenFile file;

    private FileBytes(TakenFile file) {
        this.file = file;
    }

    /** Fails with an {@link IOException} if the file is gone, cannot be read, or is shorter than it was. */
    static Source<ByteString, NotUsed> of(TakenFile file) {
        return Source.fromGraph(new FileBytes(file))
                .async(ActorAttributes.IODispatcher().dispatcher());
    }

    @Override
    public SourceShape<ByteString> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic();
    }

    private final class Logic extends GraphStageLogic {
        private long position = file.from();
        private @Nullable FileChannel channel;

        Logic() {
            super(shape);
            setHandler(out, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    try {
                        read();
                    } catch (IOException e) {
                        failStage(e);
                    } catch (RuntimeException e) {
                        failStage(new IOException(e));
                    }
                }
            });
        }

        private void read() throws IOException {
            FileChannel open = channel;
            if (open == null) {
                open = FileChannel.open(file.path(), StandardOpenOption.READ);
                channel = open;
            }
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, file.size() - position));
            while (buffer.hasRemaining()) {
                int count = open.read(buffer, position);
                if (count < 0) {
                    throw new EOFException("it ends at byte " + position + " and had " + file.size());
                }
                position += count;
            }
            if (buffer.position() > 0) {
                push(out, ByteString.fromArrayUnsafe(buffer.array(), 0, buffer.position()));
            }
            if (position == file.size()) {
                completeStage();
            }
        }

        @Override
        public void postStop() throws IOException {
            if (channel != null) {
                channel.close();
            }
        }
    }
}
