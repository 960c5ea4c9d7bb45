// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.NoSerializationVerificationNeeded;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import akka.serialization.Serializer;
import akka.serialization.Serializers;
import akka.util.ByteString;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.typesafe.config.ConfigFactory;
import io.millrace.operator.BatchTime;
import io.millrace.operator.DeadLetter;
import io.millrace.operator.FailedRecord;
import io.millrace.operator.Pair;
import io.millrace.operator.StableHash;
import io.millrace.receiver.TextChunk;
import io.millrace.runtime.block.Block;
import io.millrace.runtime.block.BlockBuffers;
import io.millrace.runtime.block.BlockHolder;
import io.millrace.runtime.block.BlockId;
import io.millrace.runtime.block.BlockInfo;
import io.millrace.runtime.block.Origins;
import io.millrace.runtime.block.RecordBlock;
import io.millrace.runtime.block.TextBlock;
import io.millrace.runtime.executor.Collected;
import io.millrace.runtime.executor.Executor;
import io.millrace.runtime.executor.NodeFailure;
import io.millrace.runtime.executor.NodeState;
import io.millrace.runtime.executor.Shuffle;
import io.millrace.runtime.state.KeyedTable;
import io.millrace.runtime.state.PairBuffer;
import io.millrace.runtime.state.StateDelta;
import io.millrace.runtime.wire.TypeRegistry;
import io.millrace.runtime.wire.WireException;
import io.millrace.runtime.wire.WireFormats;
import io.millrace.runtime.wire.WireMessage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What actors say to each other comes out of the bytes as it went in. */
class MessageTypesTest {

    record Color(String name, int shade) {}

    private static final ActorSystem<Void> SYSTEM = ActorSystem.create(
            Behaviors.<Void>empty(),
            "messages",
            ConfigFactory.parseString("akka { loglevel = WARNING, actor.allow-java-serialization = off }")
                    .withFallback(ConfigFactory.load()));

    static {
        WireFormats.get(SYSTEM)
                .add(MessageTypes.ALL)
                .add(TypeRegistry.builder().register(Color.class).build());
    }

    private static final BatchTime BATCH = new BatchTime(1_700_000_000_000L);
    private static final BlockId BLOCK = new BlockId(2, 1, 1L << 40);
    private static final BlockInfo INFO = new BlockInfo(BLOCK, 1_234, -1, 11, 12, 13);
    private static final FailedRecord FAILED =
            new FailedRecord(BATCH, "input-0-0-0", 3, "x byte 4", "map-1", "A.java:5", "rec\\n", "java.lang.Error: ä");

    @AfterAll
    static void stop() throws Exception {
        SYSTEM.terminate();
        SYSTEM.getWhenTerminated().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static <T> ActorRef<T> nobody() {
        return SYSTEM.ignoreRef();
    }

    @SuppressWarnings("unchecked")
    private static <M extends WireMessage> M roundTrip(M message) {
        Serialization serialization = SerializationExtension.get(SYSTEM);
        Serializer serializer = serialization.findSerializerFor(message);
        byte[] bytes = serialization.serialize(message).get();
        Object back = serialization
                .deserialize(bytes, serializer.identifier(), Serializers.manifestFor(serializer, message))
                .get();
        assertThat(back).isNotSameAs(message).hasSameClassAs(message);
        return (M) back;
    }

    private static void comesBack(WireMessage message) {
        assertThat(roundTrip(message)).isEqualTo(message);
    }

    private static <M> M sample(Class<M> type) {
        return new Samples(SYSTEM.ignoreRef()).of(type);
    }

    // ---- all of them ----

    @TestFactory
    Stream<DynamicTest> everyMessageComesBackAsItWas() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.millrace.runtime").stream()
                        .filter(type -> type.isAssignableTo(WireMessage.class) && type.isRecord())
                        .filter(type -> !type.isAssignableTo(NoSerializationVerificationNeeded.class))
                        .map(type -> type.reflect().asSubclass(WireMessage.class))
                        .filter(Samples::isComparable)
                        .map(type -> DynamicTest.dynamicTest(type.getSimpleName(), () -> comesBack(sample(type))));
    }

    @Test
    void anActorIsTheSameActorOnTheOtherSide() {
        ActorRef<BlockHolder.Event> self = SYSTEM.unsafeUpcast();
        BlockHolder.Copy copy = new BlockHolder.Copy(BLOCK, nobody(), self);

        assertThat(roundTrip(copy).replyTo()).isEqualTo(self);
    }

    // ---- what is compared by its parts ----

    @Test
    void recordsOfUsersTravelInResults() {
        List<Object> records = Arrays.asList(
                "text",
                1L,
                null,
                Pair.of("a", List.of(1, 2)),
                new Color("blue", 3),
                new DeadLetter(FAILED, "the record"));
        comesBack(Samples.with(sample(Executor.Done.class), "collected", List.of(new Collected(4, 1, 2, records))));
    }

    @Test
    void aFailureTravelsWithTheTextOfItsCause() {
        Throwable cause = new IllegalStateException("deep", new ArithmeticException("deeper"));
        NodeFailure failure = new NodeFailure(7, FAILED, cause);

        Executor.Done back = roundTrip(Samples.with(sample(Executor.Done.class), "failures", List.of(failure)));

        NodeFailure arrived = back.failures().get(0);
        assertThat(arrived.node()).isEqualTo(7);
        assertThat(arrived.failed()).isEqualTo(FAILED);
        assertThat(arrived.cause())
                .hasMessageContaining("java.lang.IllegalStateException: deep")
                .hasMessageContaining("Caused by: java.lang.ArithmeticException: deeper");
    }

    @Test
    void whatCannotBePrintedTravelsAllTheSame() {
        String odd = "\uD83D and \uDE00 alone";
        FailedRecord failed = new FailedRecord(BATCH, "-", -1, "-", "map-1", "A.java:5", odd, odd);

        Executor.Done back = roundTrip(Samples.with(
                sample(Executor.Done.class), "failures", List.of(new NodeFailure(0, failed, new Error(odd)))));

        assertThat(back.failures().get(0).failed().record()).contains("alone");
    }

    @Test
    void aBlockOfTextTravelsWithItsOriginsAndWhatWasRejected() {
        byte[] bytes = "blue\ngrün\nold rest".getBytes(StandardCharsets.UTF_8);
        int length = bytes.length - 8;
        TextChunk.Rejected rejected = new TextChunk.Rejected("a:1", 5, 1L << 40, ByteString.fromString("long"), -7);
        TextBlock block = new TextBlock(
                INFO,
                bytes,
                length,
                new Origins(List.of("a:1", "b:2"), new int[] {0, 5}, new long[] {1L << 35, 3}),
                List.of(rejected),
                BlockBuffers.UNPOOLED);

        Block back = roundTrip(new BlockHolder.Store(block, nobody())).block();

        assertThat(back).isInstanceOfSatisfying(TextBlock.class, text -> {
            assertThat(text.info()).isEqualTo(INFO);
            assertThat(new String(text.bytes(), 0, text.length(), StandardCharsets.UTF_8))
                    .isEqualTo("blue\ngrün\n");
            assertThat(text.origins().describe(2)).isEqualTo("a:1 byte " + ((1L << 35) + 2));
            assertThat(text.origins().describe(6)).isEqualTo("b:2 byte 4");
            assertThat(text.rejected()).containsExactly(rejected);
            assertThat(text.retain()).isTrue();
        });
    }

    @Test
    void aBlockOfTextThatWasDamagedIsRefused() {
        byte[] bytes = "blue\ngreen\n".getBytes(StandardCharsets.UTF_8);
        TextBlock block = new TextBlock(
                INFO,
                bytes,
                bytes.length,
                new Origins(List.of(), new int[0], new long[0]),
                List.of(),
                BlockBuffers.UNPOOLED);
        BlockHolder.Store message = new BlockHolder.Store(block, nobody());
        Serialization serialization = SerializationExtension.get(SYSTEM);
        Serializer serializer = serialization.findSerializerFor(message);
        byte[] sent = serialization.serialize(message).get();
        int at = new String(sent, StandardCharsets.ISO_8859_1).indexOf("green");
        sent[at] ^= 1;

        assertThatThrownBy(() -> serialization
                        .deserialize(sent, serializer.identifier(), Serializers.manifestFor(serializer, message))
                        .get())
                .isInstanceOf(WireException.class)
                .hasMessageContaining("The block " + BLOCK + " was damaged on its way");
    }

    @Test
    void aBlockOfObjectsTravels() {
        RecordBlock block = new RecordBlock(INFO, new Object[] {"a", 1L, null, new Color("red", 1), List.of(2.5)});

        Block back = roundTrip(new BlockHolder.Store(block, nobody())).block();

        assertThat(back).isInstanceOfSatisfying(RecordBlock.class, records -> {
            assertThat(records.info()).isEqualTo(INFO);
            assertThat(records.records()).containsExactly("a", 1L, null, new Color("red", 1), List.of(2.5));
        });
    }

    @Test
    void aClassThatIsNotRegisteredIsRefusedWithAdvice() {
        RecordBlock block = new RecordBlock(INFO, new Object[] {new Object()});

        assertThatThrownBy(() -> roundTrip(new BlockHolder.Store(block, nobody())))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("java.lang.Object");
    }

    private static PairBuffer keyed() {
        PairBuffer rows = PairBuffer.keyed();
        rows.mark(3);
        rows.add("a", StableHash.of("a"), 1L);
        rows.add("b", StableHash.of("b"), 2L);
        rows.mark(5);
        rows.add("a", StableHash.of("a"), 3L);
        rows.mark(6);
        return rows;
    }

    @Test
    void rowsTravelWithTheirKeysAndTheBlocksTheyComeFrom() {
        Executor.LevelDone back = roundTrip(
                Samples.with(sample(Executor.LevelDone.class), "shuffles", List.of(new Shuffle(4, 0, 2, keyed()))));

        Shuffle shuffle = back.shuffles().get(0);
        assertThat(shuffle.node()).isEqualTo(4);
        assertThat(shuffle.partition()).isEqualTo(2);
        PairBuffer rows = shuffle.rows();
        assertThat(rows.isKeyed()).isTrue();
        assertThat(rows.values().isLongs()).isTrue();
        assertThat(rows.size()).isEqualTo(3);
        assertThat(rows.key(1)).isEqualTo("b");
        assertThat(rows.hash(1)).isEqualTo(StableHash.of("b"));
        assertThat(rows.value(2)).isEqualTo(3L);
        assertThat(rows.segments()).isEqualTo(2);
        assertThat(rows.ordinal(0)).isEqualTo(3);
        assertThat(rows.ordinal(1)).isEqualTo(5);
        assertThat(rows.start(1)).isEqualTo(2);
    }

    @Test
    void rowsWithoutKeysTravel() {
        PairBuffer rows = PairBuffer.keyless();
        rows.add("x");
        rows.add(null);

        PairBuffer back = roundTrip(Samples.with(
                        sample(Executor.LevelDone.class),
                        "shuffles",
                        List.of(new Shuffle(0, 1, 0, rows), new Shuffle(0, 1, 1, PairBuffer.keyless()))))
                .shuffles()
                .get(0)
                .rows();

        assertThat(back.isKeyed()).isFalse();
        assertThat(back.size()).isEqualTo(2);
        assertThat(back.value(0)).isEqualTo("x");
        assertThat(back.value(1)).isNull();
    }

    @Test
    void changesOfStateTravelWithTimersAndRemovals() {
        KeyedTable<Object, Object> table = new KeyedTable<>();
        table.begin();
        table.insert("gone", StableHash.of("gone"), 1L);
        table.commit();
        table.begin();
        int kept = table.insert("kept", StableHash.of("kept"), new Color("blue", 2));
        table.setTimer(kept, 5_000);
        table.remove(table.find("gone", StableHash.of("gone")));
        StateDelta<Object, Object> delta = table.delta();

        StateDelta<Object, Object> back = roundTrip(
                        Samples.with(sample(Executor.Stage.class), "changes", List.of(new NodeState(3, 1, delta))))
                .changes()
                .get(0)
                .delta();

        KeyedTable<Object, Object> copy = new KeyedTable<>();
        copy.begin();
        copy.insert("gone", StableHash.of("gone"), 1L);
        copy.commit();
        copy.apply(back);
        assertThat(copy.size()).isEqualTo(1);
        int entry = copy.find("kept", StableHash.of("kept"));
        assertThat(copy.value(entry)).isEqualTo(new Color("blue", 2));
        assertThat(copy.timer(entry)).isEqualTo(5_000);
        assertThat(copy.find("gone", StableHash.of("gone"))).isEqualTo(-1);
    }

    @Test
    void aWholeStateOfCountsTravels() {
        KeyedTable<Object, Object> table = new KeyedTable<>();
        table.begin();
        for (long i = 0; i < 5_000; i++) {
            table.insert("key" + i, StableHash.of("key" + i), i);
        }
        table.commit();

        Executor.InstallState back = roundTrip(Samples.with(
                sample(Executor.InstallState.class), "states", List.of(new NodeState(3, 1, table.snapshot()))));

        KeyedTable<Object, Object> copy = new KeyedTable<>();
        copy.apply(back.states().get(0).delta());
        assertThat(copy.size()).isEqualTo(5_000);
        for (long i = 0; i < 5_000; i++) {
            assertThat(copy.value(copy.find("key" + i, StableHash.of("key" + i))))
                    .isEqualTo(i);
        }
    }
}
