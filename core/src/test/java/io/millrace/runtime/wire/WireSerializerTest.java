// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.BootstrapSetup;
import akka.actor.setup.ActorSystemSetup;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.javadsl.Behaviors;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import akka.serialization.Serializers;
import com.typesafe.config.ConfigFactory;
import io.millrace.operator.Pair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class WireSerializerTest {

    sealed interface Command extends WireMessage {}

    record Echo(Object value, Bag bag, ActorRef<Event> replyTo) implements Command {}

    record Introduce(
            List<Pair<String, Long>> pairs,
            Map<Integer, List<Inner>> inners,
            Optional<ActorRef<Event>> perhaps,
            ActorRef<Event> replyTo)
            implements Command {}

    record Inner(String name) {}

    record Empty() implements Command {}

    sealed interface Event extends WireMessage {}

    record Echoed(Object value, Bag bag) implements Event {}

    record Introduced(String actor, boolean same) implements Event {}

    record Forgotten(int number) implements WireMessage {}

    record Point(int x, int y) {}

    record Late(String text) {}

    static final class Elsewhere {
        record Point(String text) {}
    }

    /** Something that is no record, with users' values in it. */
    private static final class Bag {
        private final Object content;

        private Bag(Object content) {
            this.content = content;
        }
    }

    record BagCodec(ValueCodec values) implements Codec<Bag> {
        @Override
        public void write(Bag value, WireOutput out) {
            values.write(value.content, out);
        }

        @Override
        public Bag read(WireInput in) {
            Object content = values.read(in);
            if (content == null) {
                throw new WireException("The content of a bag was expected, not null");
            }
            return new Bag(content);
        }
    }

    private static final MessageRegistry MESSAGES = MessageRegistry.builder()
            .messages("test", Command.class)
            .messages("test", Event.class)
            .codec(Bag.class, BagCodec::new)
            .build();

    private static final TypeRegistry TYPES =
            TypeRegistry.builder().register(Point.class).build();

    private static final ActorSystem<Command> SYSTEM = start();

    private static ActorSystem<Command> start() {
        String config =
                "akka { loglevel = WARNING, actor { serialize-messages = on, allow-java-serialization = off } }";
        return ActorSystem.create(
                echo(),
                "wire",
                ActorSystemSetup.create(
                        BootstrapSetup.create(ConfigFactory.parseString(config).withFallback(ConfigFactory.load())),
                        WireSetup.of(MESSAGES, TYPES)));
    }

    private static Behavior<Command> echo() {
        return Behaviors.receive(Command.class)
                .onMessage(Echo.class, echo -> {
                    echo.replyTo().tell(new Echoed(echo.value(), echo.bag()));
                    return Behaviors.same();
                })
                .onMessage(Introduce.class, introduce -> {
                    boolean same = introduce
                            .perhaps()
                            .filter(introduce.replyTo()::equals)
                            .isPresent();
                    introduce.replyTo().tell(new Introduced(introduce.pairs() + " " + introduce.inners(), same));
                    return Behaviors.same();
                })
                .build();
    }

    @AfterAll
    static void stop() throws Exception {
        SYSTEM.terminate();
        SYSTEM.getWhenTerminated().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void everyMessageBetweenActorsGoesThroughTheBytes() throws Exception {
        Point point = new Point(1, 2);

        Event event = ask(replyTo -> new Echo(point, new Bag(List.of("a", point)), replyTo));

        assertThat(event).isInstanceOfSatisfying(Echoed.class, echoed -> {
            assertThat(echoed.value()).isEqualTo(point).isNotSameAs(point);
            assertThat(echoed.bag().content).isEqualTo(List.of("a", point));
        });
    }

    @Test
    void referencesToActorsComeBackAsTheSameActor() throws Exception {
        Event event = ask(replyTo -> new Introduce(
                List.of(Pair.of("a", 1L)), Map.of(1, List.of(new Inner("b"))), Optional.of(replyTo), replyTo));

        assertThat(event).isEqualTo(new Introduced("[(a,1)] {1=[Inner[name=b]]}", true));
    }

    @Test
    void referencesToNobodyComeBackToo() {
        ActorRef<Event> nobody = SYSTEM.ignoreRef();
        ActorRef<Event> dead = SYSTEM.<Event>deadLetters();

        for (ActorRef<Event> ref : List.of(nobody, dead)) {
            Echo back = (Echo) roundTrip(new Echo("x", new Bag("y"), ref));
            assertThat(back.replyTo()).isEqualTo(ref);
        }
    }

    @Test
    void aMessageHasItsManifestAndTheSerializersNumber() {
        Serialization serialization = SerializationExtension.get(SYSTEM);

        assertThat(serialization.findSerializerFor(new Empty()).identifier()).isEqualTo(740_517);
        assertThat(Serializers.manifestFor(serialization.findSerializerFor(new Empty()), new Empty()))
                .isEqualTo("test.Empty");
        assertThat(roundTrip(new Empty())).isEqualTo(new Empty());
    }

    @Test
    void aManifestThatIsNotInTheListIsRefused() {
        for (String manifest : List.of("", "test.Forgotten", Forgotten.class.getName(), "java.lang.Runtime")) {
            assertThatThrownBy(() -> deserialize(new byte[] {0}, manifest))
                    .isInstanceOf(WireException.class)
                    .hasMessageContaining("'" + manifest + "'");
        }
    }

    @Test
    void aMessageThatIsNotRegisteredIsRefused() {
        assertThatThrownBy(() -> SerializationExtension.get(SYSTEM)
                        .serialize(new Forgotten(1))
                        .get())
                .isInstanceOf(WireException.class)
                .hasMessageContaining("Forgotten")
                .hasMessageContaining("NoSerializationVerificationNeeded");
    }

    @Test
    void bytesThatAreLeftOverAreRefused() {
        assertThatThrownBy(() -> deserialize(new byte[] {0, 0}, "test.Empty"))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("'test.Empty' of 2 bytes")
                .hasMessageContaining("1 bytes are left");
    }

    @Test
    void flippedBitsAreAMessageOrAreRefused() {
        Random random = Seeded.random("flippedBitsAreAMessageOrAreRefused");
        byte[] whole = SerializationExtension.get(SYSTEM)
                .serialize(new Introduce(
                        List.of(Pair.of("a", 1L)),
                        Map.of(1, List.of(new Inner("b"))),
                        Optional.of(SYSTEM.ignoreRef()),
                        SYSTEM.<Event>deadLetters()))
                .get();
        for (int round = 0; round < 10_000; round++) {
            byte[] flipped = whole.clone();
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                assertThat(deserialize(flipped, "test.Introduce")).isInstanceOf(Introduce.class);
            } catch (WireException e) {
                assertThat(e).hasMessageStartingWith("Message 'test.Introduce'");
            }
        }
    }

    @Test
    void typesMayBeAddedLaterAndTheSameTwice() {
        TypeRegistry late = TypeRegistry.builder().register(Late.class).build();
        WireFormats formats = WireFormats.get(SYSTEM);
        ValueCodec values = formats.values();

        formats.add(late).add(late).add(TYPES).add(MESSAGES);

        assertThat(values.decode(values.encode(List.of(new Late("a"), new Point(1, 2)))))
                .isEqualTo(List.of(new Late("a"), new Point(1, 2)));
    }

    @Test
    void typesOfTwoContextsWithOneNameAreRefused() {
        TypeRegistry clash =
                TypeRegistry.builder().register(Elsewhere.Point.class).build();

        assertThatThrownBy(() -> WireFormats.get(SYSTEM).add(clash))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'Point'");
        assertThat(((Echo) roundTrip(new Echo(new Point(3, 4), new Bag(1), SYSTEM.ignoreRef()))).value())
                .isEqualTo(new Point(3, 4));
    }

    private static Event ask(akka.japi.function.Function<ActorRef<Event>, Command> question) throws Exception {
        return AskPattern.ask(SYSTEM, question, Duration.ofSeconds(10), SYSTEM.scheduler())
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private static Object roundTrip(WireMessage message) {
        Serialization serialization = SerializationExtension.get(SYSTEM);
        return deserialize(
                serialization.serialize(message).get(),
                Serializers.manifestFor(serialization.findSerializerFor(message), message));
    }

    private static Object deserialize(byte[] bytes, String manifest) {
        return SerializationExtension.get(SYSTEM)
                .deserialize(bytes, WireSerializer.IDENTIFIER, manifest)
                .get();
    }
}
