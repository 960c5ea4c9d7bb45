// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The configuration that puts an actor system on a simulation. */
final class SimulationConfig {

    /** Where a dispatcher and a scheduler find the id of their simulation. */
    static final String ID = "millrace.testkit.simulation";

    /** Waits for sockets, so it keeps its real thread. */
    private static final String SELECTOR = "akka.io.pinned-dispatcher";

    private static final String PROVIDER = "akka.actor.provider";

    private static final Set<String> TYPES = Set.of("Dispatcher", "PinnedDispatcher");
    private static final Set<String> EXECUTORS =
            Set.of("default-executor", "fork-join-executor", "thread-pool-executor", "affinity-pool-executor");

    /** What cannot be otherwise in a simulation. */
    private static final Config FIXED = ConfigFactory.parseMap(Map.of(
            "akka.scheduler.implementation", VirtualScheduler.class.getName(),
            "akka.actor.allow-java-serialization", "off",
            "akka.jvm-exit-on-fatal-error", "off",
            "akka.jvm-shutdown-hooks", "off",
            "akka.coordinated-shutdown.exit-jvm", "off",
            "akka.coordinated-shutdown.run-by-jvm-shutdown-hook", "off"));

    /**
     * What the caller may have otherwise.
     *
     * <p>The logger writes to standard output without being an actor, so the log level does not change the schedule.
     */
    private static final Config DEFAULTS = ConfigFactory.parseMap(Map.of(
            "akka.use-slf4j", "off",
            "akka.loggers", List.of("akka.event.Logging$StandardOutLogger"),
            "akka.stdout-loglevel", "WARNING",
            "akka.log-dead-letters", "off",
            "akka.coordinated-shutdown.run-by-actor-system-terminate", "off"));

    private SimulationConfig() {}

    /** The caller's configuration over the reference, with all its dispatchers and its scheduler on simulation {@code id}. */
    static Config of(String id, Config callers) {
        Config merged = callers.withFallback(DEFAULTS)
                .withFallback(ConfigFactory.defaultReferenceUnresolved())
                .resolve();
        Map<String, Object> overrides = new HashMap<>();
        overrides.put(ID, id);
        if (merged.getString(PROVIDER).equals("local")) {
            overrides.put(PROVIDER, SimulatedActorRefProvider.class.getName());
        }
        for (String path : dispatchers(merged)) {
            overrides.put(path + ".type", "Dispatcher");
            overrides.put(path + ".executor", RunQueueExecutor.Configurator.class.getName());
            overrides.put(path + ".throughput", 1);
        }
        return ConfigFactory.parseMap(overrides).withFallback(FIXED).withFallback(merged);
    }

    private static List<String> dispatchers(Config config) {
        List<String> found = new ArrayList<>();
        collectDispatchers(List.of(), config.root(), found);
        found.remove(SELECTOR);
        return found;
    }

    private static void collectDispatchers(List<String> path, ConfigObject section, List<String> found) {
        if (TYPES.contains(text(section, "type")) || EXECUTORS.contains(text(section, "executor"))) {
            found.add(ConfigUtil.joinPath(path));
        }
        section.forEach((key, value) -> {
            if (value instanceof ConfigObject inner) {
                List<String> innerPath = new ArrayList<>(path);
                innerPath.add(key);
                collectDispatchers(innerPath, inner, found);
            }
        });
    }

    private static String text(ConfigObject section, String key) {
        ConfigValue value = section.get(key);
        return value != null && value.unwrapped() instanceof String text ? text : "";
    }
}
