// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.NoSerializationVerificationNeeded;
import org.junit.jupiter.api.Test;

class MessageRegistryTest {

    sealed interface Command extends WireMessage {}

    record Add(int number) implements Command {}

    sealed interface Query extends Command {}

    record Count() implements Query {}

    record Tick() implements Command, NoSerializationVerificationNeeded {}

    sealed interface Wrapped extends Command, NoSerializationVerificationNeeded {}

    record Adapted(Thread thread) implements Wrapped {}

    sealed interface Mixed extends WireMessage {}

    static final class NoRecord implements Mixed {}

    static final class Elsewhere {
        sealed interface Order extends WireMessage {}

        record Add(int number) implements Order {}
    }

    @Test
    void aSealedInterfaceStandsForTheRecordsThatMayTravel() {
        MessageRegistry registry =
                MessageRegistry.builder().messages("block", Command.class).build();

        assertThat(registry.messages())
                .containsOnlyKeys("block.Add", "block.Count")
                .containsEntry("block.Count", Count.class);
    }

    @Test
    void aMessageThatHasAManifestKeepsIt() {
        MessageRegistry registry = MessageRegistry.builder()
                .message("plus", Add.class)
                .messages("block", Command.class)
                .build();

        assertThat(registry.messages()).containsOnlyKeys("plus", "block.Count");
    }

    @Test
    void oneManifestForTwoMessagesIsRefused() {
        MessageRegistry.Builder builder = MessageRegistry.builder().messages("block", Command.class);

        assertThatThrownBy(() -> builder.messages("block", Elsewhere.Order.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'block.Add'")
                .hasMessageContaining("Elsewhere$Add")
                .hasMessageContaining("MessageRegistryTest$Add");
    }

    @Test
    void twoManifestsForOneMessageAreRefused() {
        MessageRegistry.Builder builder = MessageRegistry.builder().message("plus", Add.class);

        assertThatThrownBy(() -> builder.message("add", Add.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("already has the manifest 'plus'");
    }

    @Test
    void aMessageThatIsNoRecordIsRefused() {
        assertThatThrownBy(() -> MessageRegistry.builder().messages("mixed", Mixed.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NoRecord");
        assertThatThrownBy(() -> MessageRegistry.builder().message(" ", Add.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("blank");
    }

    @Test
    void listsThatAgreeCanBeJoined() {
        MessageRegistry one =
                MessageRegistry.builder().messages("block", Command.class).build();
        MessageRegistry other = MessageRegistry.builder()
                .message("block.Add", Add.class)
                .messages("elsewhere", Elsewhere.Order.class)
                .build();

        assertThat(one.with(other).messages()).containsOnlyKeys("block.Add", "block.Count", "elsewhere.Add");
    }
}
