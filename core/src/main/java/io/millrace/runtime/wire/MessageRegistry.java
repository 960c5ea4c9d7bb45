// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import akka.actor.NoSerializationVerificationNeeded;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The closed list of messages that may come in, each under its manifest, and the codecs of what is in them and is no
 * record.
 */
public final class MessageRegistry {

    private final Map<String, Class<? extends WireMessage>> messages;
    private final Map<Class<?>, Function<ValueCodec, ? extends Codec<?>>> codecs;

    private MessageRegistry(Builder builder) {
        this.messages = new LinkedHashMap<>(builder.messages);
        this.codecs = new LinkedHashMap<>(builder.codecs);
    }

    /** A list to be filled. */
    public static Builder builder() {
        return new Builder();
    }

    /** This list and another; a class that has a codec in both keeps the first. */
    public MessageRegistry with(MessageRegistry other) {
        Builder union = new Builder();
        messages.forEach(union::message);
        other.messages.forEach(union::message);
        union.codecs.putAll(codecs);
        other.codecs.forEach(union.codecs::putIfAbsent);
        return union.build();
    }

    /** The messages by manifest, in order of registration. */
    Map<String, Class<? extends WireMessage>> messages() {
        return messages;
    }

    /** The codecs by class, each still to be told how users' values are written. */
    Map<Class<?>, Function<ValueCodec, ? extends Codec<?>>> codecs() {
        return codecs;
    }

    /** Collects messages and codecs. */
    public static final class Builder {

        private final Map<String, Class<? extends WireMessage>> messages = new LinkedHashMap<>();
        private final Map<Class<?>, String> manifests = new LinkedHashMap<>();
        private final Map<Class<?>, Function<ValueCodec, ? extends Codec<?>>> codecs = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Admits a record under this manifest.
         *
         * @throws IllegalArgumentException if it is no record, or if the manifest or the class is taken by another
         */
        public Builder message(String manifest, Class<? extends WireMessage> type) {
            if (manifest.isBlank()) {
                throw new IllegalArgumentException("The manifest of " + type.getTypeName() + " is blank");
            }
            if (!type.isRecord() && !type.isEnum()) {
                throw new IllegalArgumentException(
                        "A message must be a record or an enum, but " + type.getTypeName() + " is neither");
            }
            Class<?> sameManifest = messages.putIfAbsent(manifest, type);
            if (sameManifest != null && sameManifest != type) {
                throw new IllegalArgumentException("The manifest '" + manifest + "' of " + type.getTypeName()
                        + " is already that of " + sameManifest.getTypeName());
            }
            String sameType = manifests.putIfAbsent(type, manifest);
            if (sameType != null && !sameType.equals(manifest)) {
                throw new IllegalArgumentException(type.getTypeName() + " already has the manifest '" + sameType
                        + "', so it cannot have '" + manifest + "' as well");
            }
            return this;
        }

        /**
         * Admits all records that a sealed interface permits, under the prefix, a dot and their simple name.
         *
         * <p>Left out is what says of itself, by {@link NoSerializationVerificationNeeded}, that it never leaves its
         * actor, such as timers and adapted replies, and what was admitted before, which keeps its manifest.
         */
        public Builder messages(String prefix, Class<? extends WireMessage> sealed) {
            for (Class<?> leaf : SealedLeaves.of(sealed)) {
                if (!NoSerializationVerificationNeeded.class.isAssignableFrom(leaf) && !manifests.containsKey(leaf)) {
                    message(prefix + "." + leaf.getSimpleName(), leaf.asSubclass(WireMessage.class));
                }
            }
            return this;
        }

        /** Uses a codec wherever a component of a message is declared to be of this class. */
        public <T> Builder codec(Class<? super T> type, Codec<T> codec) {
            return codec(type, values -> codec);
        }

        /** Uses a codec that needs to know how users' values are written. */
        public <T> Builder codec(Class<? super T> type, Function<ValueCodec, Codec<T>> codec) {
            if (codecs.putIfAbsent(type, codec) != null) {
                throw new IllegalArgumentException(type.getTypeName() + " has a codec already");
            }
            return this;
        }

        /** The list, closed. */
        public MessageRegistry build() {
            return new MessageRegistry(this);
        }
    }
}
