// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import akka.actor.setup.Setup;

/**
 * The messages and types with which an actor system starts, known before its guardian can send anything.
 *
 * <p>Given as {@code ActorSystemSetup.create(bootstrapSetup, WireSetup.of(messages, types))}.
 */
public final class WireSetup extends Setup {

    private final MessageRegistry messages;
    private final TypeRegistry types;

    private WireSetup(MessageRegistry messages, TypeRegistry types) {
        this.messages = messages;
        this.types = types;
    }

    /** These messages and types; more can be added to {@link WireFormats}. */
    public static WireSetup of(MessageRegistry messages, TypeRegistry types) {
        return new WireSetup(messages, types);
    }

    void applyTo(WireFormats formats) {
        formats.add(types).add(messages);
    }
}
