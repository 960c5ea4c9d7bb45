// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import akka.actor.ActorPath;
import akka.actor.ExtendedActorSystem;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Adapter;

/** An actor's reference as its path with the address of its node. One that is no more becomes dead letters. */
final class ActorRefCodec implements Codec<ActorRef<?>> {

    /** Stands for the reference that ignores what it is told; Akka would make dead letters of its path. */
    private static final String IGNORE = "";

    private final ExtendedActorSystem system;

    ActorRefCodec(ExtendedActorSystem system) {
        this.system = system;
    }

    @Override
    public void write(ActorRef<?> value, WireOutput out) {
        ActorSystem<Void> typed = typed();
        boolean ignores = value.equals(typed.ignoreRef());
        out.writeString(ignores ? IGNORE : ActorRefResolver.get(typed).toSerializationFormat(value));
    }

    @Override
    public ActorRef<?> read(WireInput in) {
        int start = in.position();
        String path = in.readString();
        if (path.equals(IGNORE)) {
            return typed().ignoreRef();
        }
        try {
            ActorPath.fromString(path);
        } catch (Exception e) { // a MalformedURLException that Scala does not declare
            throw new WireException(
                    "The path of an actor was expected at byte " + start + ", not " + Excerpt.of(path), e);
        }
        return ActorRefResolver.get(typed()).resolveActorRef(path);
    }

    /** Looked up when needed: the serializer is made while the system is still starting. */
    private ActorSystem<Void> typed() {
        return Adapter.toTyped(system);
    }
}
