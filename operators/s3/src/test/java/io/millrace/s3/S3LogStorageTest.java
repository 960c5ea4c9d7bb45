// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.runtime.log.Claimant;
import io.millrace.runtime.log.DurableLog;
import io.millrace.runtime.log.LogFile;
import io.millrace.runtime.log.LogRecord;
import io.millrace.runtime.log.LogSettings;
import io.millrace.runtime.log.LogStorage;
import io.millrace.runtime.log.LogWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

@Timeout(300)
class S3LogStorageTest {

    private static final int STRIDE = 3;

    private String prefix = TestS3.prefix();

    @SuppressWarnings("NullAway.Init")
    private S3Client client;

    @BeforeEach
    void open() throws Exception {
        client = TestS3.shared().client();
    }

    @AfterEach
    void close() {
        client.close();
    }

    private LogWriter log(LogStorage storage, int start, List<String> found) throws IOException {
        return DurableLog.open(
                storage,
                new Claimant("replies", new UUID(7, start), Instant.EPOCH),
                new LogSettings(100, 1 << 16, 1 << 20),
                (sequence, record) -> found.add(new String(record.payload(), UTF_8)));
    }

    @Test
    void keepsWhatWasCommittedWhicheverReplyIsLost() throws Exception {
        boolean done = false;
        // Every third one, beginning with a random one, so that the test is short; the messages say which.
        for (int request = new Random().nextInt(STRIDE); !done; request += STRIDE) {
            AtRequest.Deed deed = request % 2 == 0 ? AtRequest.Deed.LOSE_REPLY : AtRequest.Deed.FAIL;
            AtRequest lose = new AtRequest(deed);
            prefix = TestS3.prefix();
            int committed = 0;
            try (S3Client losing = TestS3.shared().client(lose)) {
                lose.in(request);
                LogWriter writer = log(S3LogStorage.open(losing, TestS3.BUCKET, prefix), 1, new ArrayList<>());
                for (int record = 0; record < 3; record++) {
                    writer.append(new LogRecord(1, 1, ("record " + record).getBytes(UTF_8)));
                    writer.commit();
                    committed++;
                }
                writer.close();
            } catch (IOException e) {
                assertThat(deed).as("request " + request + ": " + e).isEqualTo(AtRequest.Deed.FAIL);
            }
            done = !lose.isDone();
            List<String> found = new ArrayList<>();
            log(S3LogStorage.open(client, TestS3.BUCKET, prefix), 2, found).close();
            assertThat(found.size()).as("request " + request).isBetween(committed, committed + 1);
            for (int record = 0; record < found.size(); record++) {
                assertThat(found.get(record)).as("request " + request).isEqualTo("record " + record);
            }
        }
    }

    @Test
    void makesFewChunksOfManySyncsAndDeletesThemWithTheLastName() throws Exception {
        LogStorage storage = S3LogStorage.open(client, TestS3.BUCKET, prefix);
        try (LogFile file = storage.create("dir/a")) {
            for (int i = 0; i < 2 * ChunkFile.TOGETHER + 3; i++) {
                file.append(ByteBuffer.wrap(new byte[] {(byte) i}));
                file.sync();
            }
        }
        assertThat(keys()).filteredOn(key -> key.contains("/chunks/")).hasSize(2 + 3);
        byte[] bytes = storage.read("dir/a");
        assertThat(bytes).hasSize(2 * ChunkFile.TOGETHER + 3);
        assertThat(bytes[100]).isEqualTo((byte) 100);

        storage.link("dir/a", "dir/b");
        storage.delete("dir/a");
        assertThat(storage.read("dir/b")).isEqualTo(bytes);
        storage.delete("dir/b");
        assertThat(keys()).isEmpty();
    }

    @Test
    void saysWhichChunkIsMissing() throws Exception {
        LogStorage storage = S3LogStorage.open(client, TestS3.BUCKET, prefix);
        try (LogFile file = storage.create("dir/a")) {
            for (int i = 0; i < 3; i++) {
                file.append(ByteBuffer.wrap(new byte[] {(byte) i}));
                file.sync();
            }
        }
        String second = keys().stream()
                .filter(key -> key.endsWith("000000000001-000000000001"))
                .findFirst()
                .orElseThrow();
        client.deleteObject(request -> request.bucket(TestS3.BUCKET).key(second));

        assertThatThrownBy(() -> storage.read("dir/a"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no chunk that begins with put 1");
    }

    @Test
    void refusesAnEndpointThatIgnoresConditions() throws Exception {
        try (S3Client ignoring = TestS3.shared().client(TestS3.ignoringConditions())) {
            assertThatThrownBy(() -> S3LogStorage.open(ignoring, TestS3.BUCKET, prefix))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("ignores If-None-Match");
        }
    }

    private List<String> keys() {
        return client.listObjectsV2(request -> request.bucket(TestS3.BUCKET).prefix(prefix + "/")).contents().stream()
                .map(S3Object::key)
                .toList();
    }
}
