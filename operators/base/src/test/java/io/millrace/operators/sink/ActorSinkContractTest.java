// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.sink;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import io.millrace.operator.OutputOperator;
import io.millrace.stream.Batch;
import io.millrace.testkit.OutputContract;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class ActorSinkContractTest extends OutputContract<String> {

    @SuppressWarnings("NullAway.Init")
    private static ActorTestKit kit;

    private final TestProbe<Batch<String>> actor = kit.createTestProbe();
    private final List<String> received = new ArrayList<>();

    @BeforeAll
    static void startTheSystem() {
        kit = ActorTestKit.create();
    }

    @AfterAll
    static void endTheSystem() {
        kit.shutdownTestKit();
    }

    @Override
    protected OutputOperator<String> output() {
        return ActorSink.tell(actor.ref());
    }

    @Override
    protected List<String> records(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(i -> "record " + i)
                .toList();
    }

    @Override
    protected List<String> written() {
        Batch<String> end = new Batch<>(new io.millrace.operator.BatchTime(-1), List.of());
        actor.ref().tell(end);
        for (Batch<String> batch = actor.receiveMessage(); !batch.equals(end); batch = actor.receiveMessage()) {
            received.addAll(batch.records());
        }
        return List.copyOf(received);
    }
}
