// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.file;

import io.millrace.receiver.Receiver;
import io.millrace.testkit.ReceiverContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;

class TextFilesContractTest extends ReceiverContract<String> {

    @TempDir
    Path directory;

    @Override
    protected Subject<String> start() {
        TextFiles receiver = TextFiles.in(directory).existingFiles(true).settled(false);
        return new Subject<>() {
            private int files;

            @Override
            public Receiver<String> receiver() {
                return receiver;
            }

            @Override
            public List<String> bring(int count) throws IOException {
                String name = "file-" + files++;
                List<String> lines =
                        IntStream.range(0, count).mapToObj(i -> name + " " + i).toList();
                Path hidden = Files.writeString(directory.resolve("." + name), String.join("\n", lines));
                Files.move(hidden, directory.resolve(name));
                return lines;
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
