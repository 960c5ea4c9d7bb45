// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.pattern.StatusReply;
import io.millrace.operator.Pair;
import io.millrace.operator.output.PrintOperator;
import io.millrace.operators.sink.ActorSink;
import io.millrace.stream.Batch;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Counts words as {@link WordCount} does, inside of an application that has an actor system of its own; the counts go to an actor of the
 * application, and a batch is done when that has replied.
 */
@Command(
        name = "Embedded",
        description =
                "Counts the words of every batch in the actor system of an application, and sends them to its actor.",
        footer = {"", "mvn -q compile exec:java -Dexec.mainClass=io.millrace.samples.Embedded"})
public final class Embedded implements Callable<Integer> {

    private static final Duration REPLY = Duration.ofSeconds(10);

    @Mixin
    private SampleOptions options = new SampleOptions();

    /** What the application's actor is sent. */
    private record Counted(Batch<Pair<String, Integer>> batch, ActorRef<StatusReply<Done>> replyTo) {}

    /** Runs it. */
    public static void main(String... args) {
        Launcher.run(new Embedded(), args);
    }

    @Override
    public Integer call() throws Exception {
        ActorSystem<Counted> application = ActorSystem.create(board(), "application");
        try (SampleRun run = SampleRun.of(options.builder("Embedded").actorSystem(application), options, Script.SEED)) {
            run.context()
                    .receiverStream(run.receiver())
                    .flatMap(line -> List.of(line.split(" ", -1)))
                    .mapToPair(word -> Pair.of(word, 1))
                    .reduceByKey(Integer::sum)
                    .output(run.shown(ActorSink.ask(application, application, Counted::new, REPLY)));
            run.toTheEnd();
        } finally {
            application.terminate();
            application.getWhenTerminated().toCompletableFuture().join();
        }
        return 0;
    }

    /** The application's actor: shows what it is sent. */
    private Behavior<Counted> board() {
        PrintOperator<Pair<String, Integer>> print = new PrintOperator<>(options.format(), System.out);
        return Behaviors.receiveMessage(counted -> {
            print.write(counted.batch().time(), counted.batch().records());
            counted.replyTo().tell(StatusReply.ack());
            return Behaviors.same();
        });
    }
}
