// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.ActorSystem;
import akka.japi.Pair;
import akka.stream.Attributes;
import akka.stream.BoundedSourceQueue;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.SinkQueueWithCancel;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class IdleTimeoutTest {

    private static final ActorSystem SYSTEM = ActorSystem.create("idle-timeout");
    private static final ByteString BYTES = ByteString.fromString("x");

    private final ManualTime time = new ManualTime();
    private final BoundedSourceQueue<ByteString> sender;
    private final SinkQueueWithCancel<ByteString> job;

    IdleTimeoutTest() throws InterruptedException {
        Pair<BoundedSourceQueue<ByteString>, SinkQueueWithCancel<ByteString>> stream = Source.<ByteString>queue(8)
                .via(IdleTimeout.flow(time.source(), Optional.of(Duration.ofSeconds(10))))
                .toMat(Sink.<ByteString>queue().withAttributes(Attributes.inputBuffer(1, 1)), Keep.both())
                .run(SYSTEM);
        sender = stream.first();
        job = stream.second();
        while (time.alarms() == 0) {
            Thread.onSpinWait();
        }
    }

    @AfterAll
    static void stop() throws Exception {
        SYSTEM.terminate();
        SYSTEM.getWhenTerminated().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private CompletableFuture<Optional<ByteString>> ask() {
        return job.pull().toCompletableFuture();
    }

    private Optional<ByteString> await(CompletableFuture<Optional<ByteString>> pulled) throws Exception {
        return pulled.get(10, TimeUnit.SECONDS);
    }

    @Test
    void failsWhenNothingComesForSoLong() throws Exception {
        sender.offer(BYTES);
        assertThat(await(ask())).contains(BYTES);
        CompletableFuture<Optional<ByteString>> pulled = ask();

        while (!pulled.isDone()) {
            time.advance(Duration.ofSeconds(10));
            Thread.onSpinWait();
        }

        assertThatThrownBy(() -> await(pulled))
                .hasCauseInstanceOf(SocketTimeoutException.class)
                .hasMessageContaining("nothing received for PT10S");
    }

    @Test
    void doesNotFailWhileBytesKeepComing() throws Exception {
        for (int i = 0; i < 20; i++) {
            CompletableFuture<Optional<ByteString>> pulled = ask();
            time.advance(Duration.ofSeconds(5));
            sender.offer(BYTES);
            assertThat(await(pulled)).contains(BYTES);
        }
    }

    @Test
    void doesNotFailWhileTheJobDoesNotRead() throws Exception {
        sender.offer(BYTES);
        sender.offer(BYTES);
        sender.offer(BYTES);
        assertThat(await(ask())).contains(BYTES);

        for (int i = 0; i < 20; i++) {
            time.advance(Duration.ofSeconds(10));
        }

        assertThat(await(ask())).contains(BYTES);
        assertThat(await(ask())).contains(BYTES);
    }

    @Test
    void forgetsItsAlarmWhenTheConnectionEnds() throws Exception {
        sender.complete();

        assertThat(await(ask())).isEmpty();
        while (time.alarms() > 0) {
            Thread.onSpinWait();
        }
    }
}
