// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import akka.actor.AbstractExtensionId;
import akka.actor.ClassicActorSystemProvider;
import akka.actor.ExtendedActorSystem;
import akka.actor.Extension;
import akka.actor.typed.ActorRef;

/**
 * What one actor system can put on the wire: the engine's messages, and the users' types of all contexts it hosts.
 *
 * <p>Both lists only grow. Messages must be added before the first is sent: through a {@link WireSetup} when the system
 * is made, or at the very start of its guardian.
 *
 * <p>Used by many threads at once.
 */
public final class WireFormats implements Extension {

    private static final Id ID = new Id();

    private final Codec<ActorRef<?>> actorRefs;
    private final ValueCodec values = new ValueCodec(this::types);
    private volatile TypeRegistry types = TypeRegistry.empty();
    private MessageRegistry messages = MessageRegistry.builder().build();
    private volatile MessageCodecs codecs;

    private WireFormats(ExtendedActorSystem system) {
        this.actorRefs = new ActorRefCodec(system);
        this.codecs = new MessageCodecs(messages, values, actorRefs);
    }

    /** The formats of an actor system, typed or classic. */
    public static WireFormats get(ClassicActorSystemProvider system) {
        return ID.get(system);
    }

    /**
     * Admits messages, besides those that are there; the same again is fine.
     *
     * @throws IllegalArgumentException if a manifest is another class's or a component has no form on the wire
     */
    public synchronized WireFormats add(MessageRegistry added) {
        MessageRegistry union = messages.with(added);
        codecs = new MessageCodecs(union, values, actorRefs);
        messages = union;
        return this;
    }

    /**
     * Admits users' types, besides those that are there; the same again is fine.
     *
     * @throws IllegalArgumentException if a name is another class's
     */
    public synchronized WireFormats add(TypeRegistry added) {
        types = types.with(added);
        return this;
    }

    /** How users' values are written; knows types that are added later. */
    public ValueCodec values() {
        return values;
    }

    /** How records of the engine are written, with the codecs and messages added so far. */
    public RecordCodecs records() {
        return codecs.records();
    }

    /** The messages added so far. */
    MessageCodecs messages() {
        return codecs;
    }

    private TypeRegistry types() {
        return types;
    }

    private static final class Id extends AbstractExtensionId<WireFormats> {

        @Override
        public WireFormats createExtension(ExtendedActorSystem system) {
            WireFormats formats = new WireFormats(system);
            system.settings().setup().get(WireSetup.class).ifPresent(setup -> setup.applyTo(formats));
            return formats;
        }
    }
}
