// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.NoSerializationVerificationNeeded;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.millrace.runtime.node.MessageTypes;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The engine's closed list of messages leaves none out. */
class EngineMessagesTest {

    private static final Set<Class<?>> MESSAGES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.millrace.runtime").stream()
                    .filter(type -> type.isAssignableTo(WireMessage.class) && !type.isInterface())
                    .filter(type -> !type.isAssignableTo(NoSerializationVerificationNeeded.class))
                    .map(type -> (Class<?>) type.reflect())
                    .collect(Collectors.toSet());

    @Test
    void everyMessageThatMayTravelIsInTheList() {
        assertThat(MESSAGES).hasSizeGreaterThan(30);
        assertThat(MessageTypes.ALL.messages().values())
                .containsExactlyInAnyOrderElementsOf(MESSAGES.stream()
                        .map(type -> type.asSubclass(WireMessage.class))
                        .collect(Collectors.toSet()));
    }

    @Test
    void everyPartOfEveryMessageHasAForm() {
        ValueCodec values = new ValueCodec(TypeRegistry::empty);
        Codec<akka.actor.typed.ActorRef<?>> refs = new Codec<>() {
            @Override
            public void write(akka.actor.typed.ActorRef<?> value, WireOutput out) {}

            @Override
            public akka.actor.typed.ActorRef<?> read(WireInput in) {
                throw new WireException("nothing is read here");
            }
        };

        MessageCodecs codecs = new MessageCodecs(MessageTypes.ALL, values, refs);

        assertThat(codecs.records()).isNotNull();
    }

    @Test
    void manifestsSayWhoIsSpokenToAndWhat() {
        assertThat(MessageTypes.ALL.messages().keySet())
                .contains("blocks.Add", "executor.Run", "receiver.Seal", "driver.Stop", "holder.Store")
                .allMatch(manifest -> manifest.matches("[a-z]+\\.[A-Za-z]+"));
    }
}
