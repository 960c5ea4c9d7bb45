// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.file;

import akka.stream.javadsl.Source;
import io.millrace.receiver.Delivery;
import io.millrace.receiver.Feed;
import io.millrace.receiver.Receiver;
import io.millrace.receiver.ReceiverContext;
import io.millrace.testkit.ReceiverContract;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;

/** Arrays are equal only to themselves, so the contract looks at the number in each. */
class BinaryFilesContractTest extends ReceiverContract<Integer> {

    @TempDir
    Path directory;

    private record Numbers(BinaryFiles files) implements Receiver<Integer> {

        @Override
        public String name() {
            return files.name();
        }

        @Override
        public Feed<Integer> open(ReceiverContext context) {
            Source<? extends Delivery<byte[]>, ?> blocks = ((Feed.Deliveries<byte[]>) files.open(context)).deliveries();
            return Feed.deliveries(blocks.map(block -> (Delivery.Whole<byte[]>) block)
                    .map(block -> new Delivery.Whole<>(
                            block.records().stream()
                                    .map(bytes -> ByteBuffer.wrap(bytes).getInt())
                                    .toList(),
                            block.receipt())));
        }
    }

    @Override
    protected Subject<Integer> start() {
        Numbers receiver =
                new Numbers(BinaryFiles.in(directory, 4).existingFiles(true).settled(false));
        return new Subject<>() {
            private int next;

            @Override
            public Receiver<Integer> receiver() {
                return receiver;
            }

            @Override
            public List<Integer> bring(int count) throws IOException {
                List<Integer> numbers =
                        IntStream.range(next, next + count).boxed().toList();
                ByteBuffer bytes = ByteBuffer.allocate(4 * count);
                numbers.forEach(bytes::putInt);
                Path hidden = Files.write(directory.resolve(".file-" + next), bytes.array());
                Files.move(hidden, directory.resolve("file-" + next));
                next += count;
                return numbers;
            }

            @Override
            public void breakOff() {
                // a directory does not break
            }

            @Override
            public void awaitReleased() {
                // files are open only while they are read
            }

            @Override
            public Duration tick() {
                return Duration.ofSeconds(1);
            }

            @Override
            public void close() {}
        };
    }
}
