// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import akka.actor.typed.ActorRef;
import java.util.HashMap;
import java.util.Map;

/** The messages of a {@link MessageRegistry} with their codecs, all built; what is missing is found at start. */
final class MessageCodecs {

    private final RecordCodecs records;
    private final Map<String, Codec<WireMessage>> byManifest = new HashMap<>();
    private final Map<Class<?>, String> manifests = new HashMap<>();

    MessageCodecs(MessageRegistry registry, ValueCodec values, Codec<ActorRef<?>> actorRefs) {
        RecordCodecs.Builder builder = RecordCodecs.builder(values).codec(ActorRef.class, actorRefs);
        registry.codecs().forEach((type, codec) -> add(builder, type, codec.apply(values)));
        this.records = builder.build();
        registry.messages().forEach(this::add);
    }

    RecordCodecs records() {
        return records;
    }

    String manifest(Object message) {
        Class<?> type = message instanceof Enum<?> constant ? constant.getDeclaringClass() : message.getClass();
        String manifest = manifests.get(type);
        if (manifest == null) {
            throw new WireException("The message " + type.getTypeName()
                    + " is not registered; add MessageRegistry.builder().message(\"…\", " + type.getSimpleName()
                    + ".class) or let it implement NoSerializationVerificationNeeded if it never leaves its actor");
        }
        return manifest;
    }

    byte[] encode(Object message) {
        String manifest = manifest(message);
        WireOutput out = new WireOutput();
        try {
            codec(manifest).write((WireMessage) message, out);
        } catch (WireException e) {
            throw e.in("Message '" + manifest + "'");
        }
        return out.toByteArray();
    }

    WireMessage decode(byte[] bytes, String manifest) {
        Codec<WireMessage> codec = codec(manifest);
        WireInput in = new WireInput(bytes);
        try {
            WireMessage message = codec.read(in);
            in.expectEnd();
            return message;
        } catch (WireException e) {
            throw e.in("Message '" + manifest + "' of " + bytes.length + " bytes");
        }
    }

    private Codec<WireMessage> codec(String manifest) {
        Codec<WireMessage> codec = byManifest.get(manifest);
        if (codec == null) {
            throw new WireException("The manifest of one of " + byManifest.size() + " messages was expected, not "
                    + Excerpt.of(manifest));
        }
        return codec;
    }

    @SuppressWarnings("unchecked")
    private void add(String manifest, Class<? extends WireMessage> type) {
        try {
            byManifest.put(manifest, (Codec<WireMessage>) records.of(type));
            manifests.put(type, manifest);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Message '" + manifest + "': " + e.getMessage(), e);
        }
    }

    @SuppressWarnings("unchecked")
    private static void add(RecordCodecs.Builder builder, Class<?> type, Codec<?> codec) {
        builder.codec((Class<Object>) type, (Codec<Object>) codec);
    }
}
