// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.redrive;

import io.millrace.receiver.Receiver;
import io.millrace.testkit.ReceiverContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

class RedriveFilesContractTest extends ReceiverContract<String> {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Override
    protected Subject<String> start() throws IOException {
        LetterWriter writer = new LetterWriter(directory);
        RedriveFiles receiver = RedriveFiles.of(directory);
        return new Subject<>() {
            private int number;

            @Override
            public Receiver<String> receiver() {
                return receiver;
            }

            @Override
            public List<String> bring(int count) throws IOException {
                List<String> texts = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    texts.add("text " + number++);
                }
                writer.texts(texts);
                receiver.redrive();
                return texts;
            }

            @Override
            public void breakOff() throws IOException, InterruptedException {
                Path broken = writer.next();
                Files.writeString(broken, "no manifest");
                receiver.redrive();
                receiver.awaitClosed();
                Files.delete(broken);
            }

            @Override
            public void awaitReleased() throws InterruptedException {
                receiver.awaitClosed();
            }

            @Override
            public void close() {
                // the directory is the test's
            }
        };
    }
}
