// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.Config;

/** The simulation and the actor system that one harness, or several together, run their jobs in. */
record HarnessSystem(Simulation simulation, ActorSystem<Void> actors) implements AutoCloseable {

    static HarnessSystem start(SimulationSettings settings, Config config) {
        Simulation simulation = Simulation.of(settings);
        return new HarnessSystem(simulation, simulation.start(Behaviors.empty(), "harness", config));
    }

    @Override
    public void close() {
        simulation.close();
    }
}
