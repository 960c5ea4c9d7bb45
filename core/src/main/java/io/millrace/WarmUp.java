// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.stream.javadsl.Tcp;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;

/** Loads the classes of an actor system and of a stream by running both once, on a thread of its own. */
final class WarmUp {

    private WarmUp() {}

    static void begin() {
        if (Runtime.getRuntime().availableProcessors() > 1) {
            Thread thread = new Thread(WarmUp::run, "millrace-warm-up");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static void run() {
        Config config = OwnSystem.config(ConfigFactory.empty());
        ActorSystem<Void> system = ActorSystem.create(Behaviors.<Void>empty(), "millrace-warm-up", config);
        Tcp.get(system);
        Source.single(NotUsed.getInstance())
                .runWith(Sink.ignore(), system)
                .whenComplete((done, failure) -> system.terminate());
    }
}
