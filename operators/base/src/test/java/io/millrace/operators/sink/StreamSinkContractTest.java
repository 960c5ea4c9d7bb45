// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.sink;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.stream.javadsl.Sink;
import io.millrace.operator.OutputOperator;
import io.millrace.testkit.OutputContract;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class StreamSinkContractTest extends OutputContract<String> {

    @SuppressWarnings("NullAway.Init")
    private static ActorTestKit kit;

    private final List<String> taken = new CopyOnWriteArrayList<>();

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
        return StreamSink.ofRecords(kit.system(), Sink.foreach(taken::add));
    }

    @Override
    protected List<String> records(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(i -> "record " + i)
                .toList();
    }

    @Override
    protected List<String> written() {
        return List.copyOf(taken);
    }
}
