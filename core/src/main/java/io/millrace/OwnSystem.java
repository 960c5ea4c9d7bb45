// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Map;

/** The configuration of an actor system that a job brings along itself. */
final class OwnSystem {

    private OwnSystem() {}

    /** Akka's, quiet and without hooks of its own, since the job sees to its end itself. */
    static Config config(Config before) {
        return ConfigFactory.parseMap(Map.of(
                        "akka.loggers", List.of("akka.event.slf4j.Slf4jLogger"),
                        "akka.logging-filter", "akka.event.slf4j.Slf4jLoggingFilter",
                        "akka.loglevel", "INFO",
                        "akka.daemonic", true,
                        "akka.log-dead-letters", "off",
                        "akka.jvm-shutdown-hooks", "off",
                        "akka.coordinated-shutdown.run-by-jvm-shutdown-hook", "off",
                        "akka.actor.allow-java-serialization", "off"))
                .withFallback(before)
                .withFallback(ConfigFactory.load());
    }
}
