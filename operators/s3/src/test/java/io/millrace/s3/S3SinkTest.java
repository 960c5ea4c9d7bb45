// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputClaim;
import io.millrace.operator.OutputCommit;
import io.millrace.operator.OutputFencedException;
import io.millrace.operator.OutputRefusedException;
import io.millrace.operators.sink.file.CsvFormat;
import io.millrace.operators.sink.file.TextFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

@Timeout(120)
class S3SinkTest {

    private static final String JOB = "words";

    private final List<S3Client> clients = new ArrayList<>();
    private String prefix = TestS3.prefix();

    @SuppressWarnings("NullAway.Init")
    private S3Client client;

    @BeforeEach
    void open() throws Exception {
        client = client();
    }

    @AfterEach
    void close() {
        clients.forEach(S3Client::close);
    }

    private S3Client client(ExecutionInterceptor... interceptors) throws IOException {
        S3Client opened = TestS3.shared().client(interceptors);
        clients.add(opened);
        return opened;
    }

    private S3Sink<String> sink(S3Client through) {
        return S3Sink.to(through, TestS3.BUCKET, prefix, TextFormat.lines());
    }

    private S3ManifestReader reader() {
        return S3ManifestReader.of(client, TestS3.BUCKET, prefix);
    }

    private static OutputClaim claim(long epoch) {
        return new OutputClaim(JOB, "counts", epoch);
    }

    private static OutputCommit part(long epoch, long batch, int partition) {
        return new OutputCommit(claim(epoch), batch, new BatchTime(1_000 * batch), partition);
    }

    private List<String> written() throws IOException {
        List<String> lines = new ArrayList<>();
        for (S3Manifest manifest : reader().manifests()) {
            lines.addAll(reader().lines(manifest));
        }
        return lines;
    }

    /**
     * A run that wakes up after it was replaced, at every request of its commit; it writes other records, so that it would show. A commit
     * gets an object only when the client has lost the reply to a put and tried again, so gets are not counted.
     */
    @Test
    void countsNothingOfARunThatWasReplacedAnywhere() throws Exception {
        boolean done = false;
        int overtaken = 0;
        int counted = 0;
        for (int request = 0; !done; request++) {
            prefix = TestS3.prefix();
            List<String> expected = new ArrayList<>(List.of("1"));
            AtomicReference<List<String>> seen = new AtomicReference<>(List.of());
            AtomicReference<OptionalLong> newest = new AtomicReference<>(OptionalLong.empty());
            AtRequest pause = new AtRequest(AtRequest.Deed.PAUSE, () -> {
                        try {
                            S3Sink<String> next = sink(client);
                            newest.set(next.claim(claim(2)));
                            next.commit(part(2, 2, 0), List.of("2 by the next run"));
                            next.commit(part(2, 3, 0), List.of("3 by the next run"));
                            seen.set(written());
                        } catch (OutputRefusedException e) {
                            throw new AssertionError(e);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        } catch (OutputFencedException e) {
                            throw new IllegalStateException(e);
                        }
                    })
                    .skipping(GetObjectRequest.class);
            S3Sink<String> zombie = sink(client(pause));
            zombie.claim(claim(1));
            zombie.commit(part(1, 1, 0), List.of("1"));
            pause.in(request);
            try {
                zombie.commit(part(1, 2, 0), List.of("2 by the zombie"));
                done = true;
            } catch (OutputFencedException e) {
                overtaken++;
            }
            assertThat(done).as("request " + request).isEqualTo(!pause.isDone());
            if (!done) {
                boolean zombieCounts = OptionalLong.of(2).equals(newest.get());
                counted += zombieCounts ? 1 : 0;
                expected.add(zombieCounts ? "2 by the zombie" : "2 by the next run");
                expected.add("3 by the next run");
                assertThat(seen.get())
                        .as("before the zombie wakes up at " + request)
                        .isEqualTo(expected);
                assertThat(written())
                        .as("after the zombie woke up at " + request)
                        .isEqualTo(expected);
                S3Sink<String> third = sink(client);
                assertThat(third.claim(claim(3))).isEqualTo(OptionalLong.of(3));
                assertThat(written()).as("for a third run, " + request).isEqualTo(expected);
            }
        }
        assertThat(overtaken).isEqualTo(4);
        assertThat(counted).isEqualTo(1);
    }

    /** The same while the other run claims: whoever claims first, the reader sees one beginning of the same story. */
    @Test
    void claimsOneAfterTheOtherWhereverTheFirstIsOvertaken() throws Exception {
        boolean done = false;
        for (int request = 0; !done; request++) {
            prefix = TestS3.prefix();
            S3Sink<String> first = sink(client);
            first.commit(part(1, 1, 0), List.of("1"));
            AtRequest pause = new AtRequest(AtRequest.Deed.PAUSE, () -> {
                try {
                    S3Sink<String> third = sink(client);
                    // overtaken behind its manifest, the second run has written its batch, though it is not told so
                    long newest = third.claim(claim(3)).getAsLong();
                    assertThat(written()).hasSize(Math.toIntExact(newest));
                    assertThat(third.commit(part(3, 2, 0), List.of("2"))).isEqualTo(newest == 1);
                } catch (OutputRefusedException e) {
                    throw new AssertionError(e);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                } catch (OutputFencedException e) {
                    throw new IllegalStateException(e);
                }
            });
            S3Sink<String> second = sink(client(pause));
            pause.in(request);
            boolean fenced = false;
            try {
                second.claim(claim(2));
                second.commit(part(2, 2, 0), List.of("2 by the second"));
            } catch (OutputFencedException e) {
                fenced = true;
            }
            done = !pause.isDone();
            assertThat(fenced).as("request " + request).isEqualTo(!done);
            if (!done) {
                assertThat(written().get(0)).as("request " + request).isEqualTo("1");
                assertThat(written()).as("request " + request).hasSize(2);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = AtRequest.Deed.class,
            names = {"LOSE_REPLY", "FAIL"})
    void writesOnceWhicheverReplyIsLost(AtRequest.Deed deed) throws Exception {
        boolean done = false;
        for (int request = 0; !done; request++) {
            prefix = TestS3.prefix();
            AtRequest lose = new AtRequest(deed);
            S3Sink<String> sink = sink(client(lose));
            lose.in(request);
            for (int tried = 0; tried < 2; tried++) {
                try {
                    sink.claim(claim(1));
                    sink.commit(part(1, 1, 0), List.of("a", "b"));
                    sink.commit(part(1, 2, 0), List.of("c"));
                    break;
                } catch (IOException e) {
                    assertThat(tried).as("request " + request + ": " + e).isZero();
                    assertThat(deed).isEqualTo(AtRequest.Deed.FAIL);
                }
            }
            done = !lose.isDone();
            assertThat(written()).as("request " + request).containsExactly("a", "b", "c");
        }
    }

    @Test
    void refusesAnEndpointThatIgnoresConditions() throws Exception {
        S3Sink<String> sink = sink(client(TestS3.ignoringConditions()));

        assertThatThrownBy(() -> sink.claim(claim(1)))
                .isInstanceOf(OutputRefusedException.class)
                .hasMessageContaining("s3://millrace/" + prefix)
                .hasMessageContaining("ignores If-None-Match");
        assertThat(client.listObjectsV2(request -> request.bucket(TestS3.BUCKET).prefix(prefix + "/"))
                        .contents())
                .isEmpty();
    }

    @Test
    void findsTheNewestOfManyBatches() throws Exception {
        S3Sink<String> sink = sink(client);
        for (int batch = 1; batch <= 23; batch++) {
            sink.commit(part(1, batch, 0), List.of());
            if (batch < 23) {
                sink.commit(part(1, batch, 1), List.of(batch + "\u00fc"));
            }
        }

        S3Sink<String> next = sink(client);
        assertThat(next.claim(claim(2))).isEqualTo(OptionalLong.of(23));
        assertThat(next.commit(part(2, 22, 1), List.of("x"))).isFalse();
        assertThat(next.commit(part(2, 23, 0), List.of("x"))).isFalse();
        assertThat(next.commit(part(2, 23, 1), List.of("23"))).isTrue();
        assertThat(written()).hasSize(23).startsWith("1\u00fc").endsWith("22\u00fc", "23");

        List<S3Manifest> paged = new ArrayList<>();
        S3ManifestReader few = reader().most(5);
        for (List<S3Manifest> page = few.manifests(); !page.isEmpty(); page = few.after(page.get(page.size() - 1))) {
            assertThat(page).hasSizeLessThanOrEqualTo(5);
            paged.addAll(page);
        }
        assertThat(paged).isEqualTo(reader().manifests()).hasSize(46);
    }

    @Test
    void takesOverFromAJobWithoutACheckpointDirectory() throws Exception {
        S3Sink<String> plain = sink(client);
        plain.write(new BatchTime(1_795_372_510_000L), List.of("a"));
        plain.write(new BatchTime(1_795_372_511_000L), List.of("b"));
        S3Sink<String> again = sink(client);
        again.write(new BatchTime(1_795_372_511_000L), List.of("b"));
        again.write(new BatchTime(1_795_372_512_000L), List.of("c"));
        S3Sink<String> sink = sink(client);

        assertThat(sink.claim(claim(1))).isEqualTo(OptionalLong.empty());
        assertThat(sink.commit(part(1, 1, 0), List.of("d"))).isTrue();

        assertThatThrownBy(() -> plain.write(new BatchTime(1_795_372_513_000L), List.of("e")))
                .isInstanceOf(OutputFencedException.class);
        assertThat(written()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void letsNoOtherOutputWriteUnderItsPrefix() throws Exception {
        sink(client).claim(claim(1));

        assertThatThrownBy(() -> sink(client).claim(new OutputClaim("another", "counts", 4)))
                .isInstanceOf(OutputRefusedException.class)
                .hasMessageContaining("belongs to output counts of job words");
    }

    @Test
    void putsOneObjectPerPartWithItsHeader() throws Exception {
        S3Sink<String> sink = S3Sink.to(
                client, TestS3.BUCKET, prefix, CsvFormat.<String>of(List::of).names("word"));
        sink.commit(part(1, 17, 2), List.of("blue", "green"));

        S3Manifest manifest = reader().manifests().get(0);
        assertThat(manifest.object()).isEqualTo("0000000000000000017-00002.csv");
        assertThat(manifest.records()).isEqualTo(2);
        assertThat(manifest.time()).isEqualTo(new BatchTime(17_000));
        assertThat(reader().lines(manifest)).containsExactly("word", "blue", "green");
    }

    @Test
    void findsOutThatAnObjectWasChanged() throws Exception {
        sink(client).commit(part(1, 1, 0), List.of("blue"));
        S3Manifest manifest = reader().manifests().get(0);
        client.putObject(
                request -> request.bucket(TestS3.BUCKET).key(prefix + "/" + manifest.object()),
                RequestBody.fromString("grey\n"));

        assertThatThrownBy(() -> reader().bytes(manifest))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(manifest.object());
    }

    @Test
    void refusesABatchThatIsTooLarge() {
        assertThatThrownBy(() -> sink(client).mostBytes(10).commit(part(1, 1, 0), List.of("12345", "67890")))
                .isInstanceOf(OutputRefusedException.class)
                .hasMessageContaining("batch 1 (partition 0) of output counts of job words, 2 records")
                .hasMessageContaining("more than 10 bytes");
    }
}
