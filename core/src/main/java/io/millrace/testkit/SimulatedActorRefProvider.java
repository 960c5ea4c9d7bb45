// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import akka.actor.ActorPath;
import akka.actor.ActorSystem;
import akka.actor.ActorSystemImpl;
import akka.actor.Deploy;
import akka.actor.DynamicAccess;
import akka.actor.InternalActorRef;
import akka.actor.LocalActorRefProvider;
import akka.actor.Props;
import akka.event.EventStream;
import scala.Option;

/**
 * Makes local actors, as Akka does, with identities that the seed determines. Akka makes it.
 *
 * <p>Akka itself draws the identity of an actor from {@code ThreadLocalRandom} and hashes by it: the watchers of an
 * actor hear of its end in the order of their hashes, which would be another one in every run.
 */
final class SimulatedActorRefProvider extends LocalActorRefProvider {

    private final Identities identities;

    SimulatedActorRefProvider(
            String systemName, ActorSystem.Settings settings, EventStream eventStream, DynamicAccess dynamicAccess) {
        super(systemName, settings, eventStream, dynamicAccess);
        String id = settings.config().getString(SimulationConfig.ID);
        this.identities = SimulationRegistry.get(id).identities();
    }

    @Override
    public InternalActorRef actorOf(
            ActorSystemImpl system,
            Props props,
            InternalActorRef supervisor,
            ActorPath path,
            boolean systemService,
            Option<Deploy> deploy,
            boolean lookupDeploy,
            boolean async) {
        ActorPath identified = path.withUid(identities.next());
        return super.actorOf(system, props, supervisor, identified, systemService, deploy, lookupDeploy, async);
    }
}
