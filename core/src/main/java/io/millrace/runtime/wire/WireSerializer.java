// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import akka.actor.ExtendedActorSystem;
import akka.serialization.SerializerWithStringManifest;

/**
 * Akka's way to the {@link WireFormats}: turns {@link WireMessage}s into bytes and back.
 *
 * <p>A manifest that is not in the closed list, and bytes that are not exactly one message, are refused with a
 * {@link WireException}; Akka logs it and drops the message.
 */
public final class WireSerializer extends SerializerWithStringManifest {

    /** The number by which Akka tells this serializer from others; part of the protocol between nodes. */
    public static final int IDENTIFIER = 740_517;

    private final ExtendedActorSystem system;

    /** Made by Akka when an actor system starts, as {@code reference.conf} says; does nothing before it is needed. */
    public WireSerializer(ExtendedActorSystem system) {
        this.system = system;
    }

    private MessageCodecs messages() {
        return WireFormats.get(system).messages();
    }

    @Override
    public int identifier() {
        return IDENTIFIER;
    }

    @Override
    public String manifest(Object message) {
        return messages().manifest(message);
    }

    @Override
    public byte[] toBinary(Object message) {
        return messages().encode(message);
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) {
        return messages().decode(bytes, manifest);
    }
}
