// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.sink;

import akka.Done;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.pattern.StatusReply;
import io.millrace.operator.OutputOperator;
import io.millrace.stream.Batch;
import io.millrace.testkit.OutputContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A batch is written when the actor has replied, so nothing has to be waited for to read it back. */
class AskedActorContractTest extends OutputContract<String> {

    private record Take(Batch<String> batch, ActorRef<StatusReply<Done>> replyTo) {}

    @SuppressWarnings("NullAway.Init")
    private static ActorTestKit kit;

    private final List<String> received = new ArrayList<>();

    @BeforeAll
    static void startTheSystem() {
        kit = ActorTestKit.create();
    }

    @AfterAll
    static void endTheSystem() {
        kit.shutdownTestKit();
    }

    private Behavior<Take> taking() {
        return Behaviors.receiveMessage(take -> {
            synchronized (received) {
                received.addAll(take.batch().records());
            }
            take.replyTo().tell(StatusReply.ack());
            return Behaviors.same();
        });
    }

    @Override
    protected OutputOperator<String> output() {
        return ActorSink.ask(kit.system(), kit.spawn(taking()), Take::new, Duration.ofSeconds(30));
    }

    @Override
    protected List<String> records(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(i -> "record " + i)
                .toList();
    }

    @Override
    protected List<String> written() {
        synchronized (received) {
            return List.copyOf(received);
        }
    }
}
