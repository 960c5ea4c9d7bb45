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
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** The bytes of a piece of a file, 64 KiB at a time, read on the dispatcher for work that waits. */
final class FileBytes extends GraphStage<SourceShape<ByteString>> {

    private static final int CHUNK_BYTES = 64 << 10;

    private final Outlet<ByteString> out = Outlet.create("FileBytes.out");
    private final SourceShape<ByteString> shape = SourceShape.of(out);
    private final TakenFile file;

    private FileBytes(TakenFile file) {
        this.file = file;
    }

    /**
     * Fails with an {@link IOException} if the file is gone, cannot be read, or is shorter than it was; if it was seen in an earlier life
     * of the receiver, also if it is not the same any more.
     */
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
                checkIdentity();
                open = FileChannel.open(file.path(), StandardOpenOption.READ);
                channel = open;
            }
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, file.to() - position));
            while (buffer.hasRemaining()) {
                int count = open.read(buffer, position);
                if (count < 0) {
                    throw new EOFException("it ends at byte " + position + " and had " + file.to());
                }
                position += count;
            }
            if (buffer.position() > 0) {
                push(out, ByteString.fromArrayUnsafe(buffer.array(), 0, buffer.position()));
            }
            if (position == file.to()) {
                completeStage();
            }
        }

        private void checkIdentity() throws IOException {
            FileIdentity identity = file.known() ? FileIdentity.of(file.split()).orElse(null) : null;
            if (identity != null) {
                FoundFile now = FoundFile.of(file.path(), Files.readAttributes(file.path(), BasicFileAttributes.class));
                if (now.size() < identity.size() || now.head(identity.size()) != identity.head()) {
                    throw new IOException(file.path() + " is not the file any more that was seen before, which had "
                            + identity.size() + " bytes and is read from byte " + file.from() + " to " + file.to());
                }
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
