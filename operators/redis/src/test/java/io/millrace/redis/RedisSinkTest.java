// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputClaim;
import io.millrace.operator.OutputCommit;
import io.millrace.operator.OutputFencedException;
import io.millrace.operator.OutputRefusedException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;

@Timeout(60)
class RedisSinkTest {

    private static final OutputClaim CLAIM = new OutputClaim("words", "counts", 1);

    @SuppressWarnings("NullAway.Init")
    private static TestRedis redis;

    private final List<RedisSink<?>> sinks = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        redis = TestRedis.start();
    }

    @AfterAll
    static void stop() throws Exception {
        redis.close();
    }

    @BeforeEach
    void clear() {
        redis.client().flushAll();
    }

    @AfterEach
    void close() {
        sinks.forEach(RedisSink::close);
    }

    private RedisSink<RedisWrite> sink() {
        return opened(RedisSink.to(redis.address(), "counts", List::of));
    }

    private <T> RedisSink<T> opened(RedisSink<T> sink) {
        sinks.add(sink);
        return sink;
    }

    private static OutputCommit batch(long number) {
        return new OutputCommit(CLAIM, number, new BatchTime(1_000 * number), 0);
    }

    @Test
    void writesEveryKindOfValue() throws Exception {
        assertThat(sink().commit(
                                batch(1),
                                List.of(
                                        RedisWrite.set("text", "grün"),
                                        RedisWrite.set("gone", "x"),
                                        RedisWrite.delete("gone"),
                                        RedisWrite.set("soon", ""),
                                        RedisWrite.expire("soon", Duration.ofHours(1)),
                                        RedisWrite.increment("number", 40),
                                        RedisWrite.increment("number", 2),
                                        RedisWrite.hashSet("hash", "a", "1"),
                                        RedisWrite.hashSet("hash", "b", "2"),
                                        RedisWrite.hashDelete("hash", "b"),
                                        RedisWrite.hashIncrement("hash", "c", -7),
                                        RedisWrite.setAdd("set", "a"),
                                        RedisWrite.setAdd("set", "b"),
                                        RedisWrite.setRemove("set", "a"),
                                        RedisWrite.sortedSetAdd("sorted", "a", 1.5),
                                        RedisWrite.sortedSetAdd("sorted", "b", -2e10),
                                        RedisWrite.sortedSetRemove("sorted", "a"),
                                        RedisWrite.push("list", "a"),
                                        RedisWrite.push("list", "b"))))
                .isTrue();

        RedisClient client = redis.client();
        assertThat(client.get("text")).isEqualTo("grün");
        assertThat(client.exists("gone")).isFalse();
        assertThat(client.get("soon")).isEmpty();
        assertThat(client.pttl("soon")).isBetween(3_500_000L, 3_600_000L);
        assertThat(client.get("number")).isEqualTo("42");
        assertThat(client.hgetAll("hash")).isEqualTo(Map.of("a", "1", "c", "-7"));
        assertThat(client.smembers("set")).isEqualTo(Set.of("b"));
        assertThat(client.zscore("sorted", "b")).isEqualTo(-2e10);
        assertThat(client.zcard("sorted")).isEqualTo(1);
        assertThat(client.lrange("list", 0, -1)).containsExactly("a", "b");
    }

    @Test
    void changesNothingIfOneOfItsWritesCannotBeDone() throws Exception {
        redis.client().set("text", "7x");
        redis.client().set("large", "9199999999999999999");
        RedisSink<RedisWrite> sink = sink();
        List<List<RedisWrite>> impossible = List.of(
                List.of(RedisWrite.push("text", "a")),
                List.of(RedisWrite.increment("text", 1)),
                List.of(RedisWrite.increment("large", 1_000_000_000_000_000L)),
                List.of(RedisWrite.set("new", "07"), RedisWrite.increment("new", 1)),
                List.of(RedisWrite.hashSet("hash", "f", "x"), RedisWrite.hashIncrement("hash", "f", 1)),
                List.of(RedisWrite.setAdd("s", "m"), RedisWrite.push("s", "m")),
                List.of(RedisWrite.delete("text"), RedisWrite.hashSet("text", "f", "x"), RedisWrite.push("text", "m")));

        for (List<RedisWrite> writes : impossible) {
            List<RedisWrite> all = new ArrayList<>(List.of(RedisWrite.set("first", "1")));
            all.addAll(writes);
            assertThatThrownBy(() -> sink.commit(batch(1), all))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("batch 1 (partition 0) of output counts of job words")
                    .hasMessageContaining("nothing of it was")
                    .hasMessageContaining(writes.get(0).key());
        }
        assertThat(redis.client().keys("*")).containsExactlyInAnyOrder("text", "large", sink.fence());

        assertThat(sink.commit(
                        batch(1),
                        List.of(
                                RedisWrite.set("text", "7"),
                                RedisWrite.increment("text", 1),
                                RedisWrite.delete("large"),
                                RedisWrite.increment("large", 5),
                                RedisWrite.delete("text"),
                                RedisWrite.push("text", "a"))))
                .isTrue();
        assertThat(redis.client().get("large")).isEqualTo("5");
        assertThat(redis.client().lrange("text", 0, -1)).containsExactly("a");
    }

    @Test
    void writesAHundredThousandWritesInOneGo() throws Exception {
        List<RedisWrite> writes = IntStream.range(0, 100_000)
                .mapToObj(i -> RedisWrite.hashSet("h" + i % 1_000, "field " + i, "value " + i))
                .toList();

        assertThat(sink().commit(batch(1), writes)).isTrue();

        assertThat(redis.client().hlen("h999")).isEqualTo(100);
        assertThat(redis.client().hget("h7", "field 99007")).isEqualTo("value 99007");
    }

    @Test
    void refusesABatchThatIsTooLarge() {
        RedisSink<RedisWrite> sink = opened(
                RedisSink.<RedisWrite>to(redis.address(), "counts", List::of).mostBytes(100));

        assertThatThrownBy(() -> sink.commit(batch(1), List.of(RedisWrite.set("key", "x".repeat(200)))))
                .isInstanceOf(OutputRefusedException.class)
                .hasMessageContaining("by 100 bytes of writes");
        assertThat(redis.client().exists("key")).isFalse();
    }

    @Test
    void refusesToChangeItsFence() {
        RedisSink<RedisWrite> sink = sink();

        assertThatThrownBy(() -> sink.commit(batch(1), List.of(RedisWrite.delete(sink.fence()))))
                .isInstanceOf(OutputRefusedException.class)
                .hasMessageContaining("millrace:counts");
    }

    @Test
    void goesOnWhenTheServerHasForgottenTheScript() throws Exception {
        RedisSink<RedisWrite> sink = sink();
        sink.commit(batch(1), List.of(RedisWrite.push("list", "a")));
        redis.client().scriptFlush();

        assertThat(sink.commit(batch(2), List.of(RedisWrite.push("list", "b")))).isTrue();
        assertThat(redis.client().lrange("list", 0, -1)).containsExactly("a", "b");
    }

    @Test
    void letsNoOtherOutputWriteUnderItsName() throws Exception {
        sink().commit(batch(1), List.of());
        RedisSink<RedisWrite> other = sink();

        assertThatThrownBy(() -> other.claim(new OutputClaim("a job", "counts", 9)))
                .isInstanceOf(OutputRefusedException.class)
                .hasMessageContaining("belongs to words/counts")
                .hasMessageContaining("millrace:counts");
    }

    @Test
    void takesOverFromAJobWithoutACheckpointDirectory() throws Exception {
        RedisSink<RedisWrite> plain = sink();
        plain.write(new BatchTime(1_795_372_510_000L), List.of(RedisWrite.push("list", "a")));
        RedisSink<RedisWrite> sink = sink();

        assertThat(sink.claim(CLAIM)).isEqualTo(OptionalLong.empty());
        assertThat(sink.commit(batch(1), List.of(RedisWrite.push("list", "b")))).isTrue();

        assertThatThrownBy(() -> plain.write(new BatchTime(1_795_372_511_000L), List.of(RedisWrite.push("list", "c"))))
                .isInstanceOf(OutputFencedException.class);
        assertThat(redis.client().lrange("list", 0, -1)).containsExactly("a", "b");
    }

    @Test
    void writesNothingMoreWhenABatchWasWrittenInPart() throws Exception {
        try (Jedis administrator = redis.connection()) {
            administrator.aclSetUser("some", "on", ">geheim", "+@all", "~millrace:*", "~mine");
        }
        URI address = URI.create("redis://some:geheim@127.0.0.1:" + redis.port());
        RedisSink<RedisWrite> sink = opened(RedisSink.to(address, "counts", List::of));
        // What may be looked at and not be written is what the check does not find.
        try (Jedis administrator = redis.connection()) {
            administrator.aclSetUser("some", "-rpush");
        }

        assertThatThrownBy(
                        () -> sink.commit(batch(1), List.of(RedisWrite.set("mine", "1"), RedisWrite.push("mine", "2"))))
                .isInstanceOf(IOException.class);
        assertThat(redis.client().exists("mine")).isFalse();
        assertThatThrownBy(() -> sink.commit(
                        batch(1),
                        List.of(RedisWrite.set("mine", "1"), RedisWrite.delete("mine"), RedisWrite.push("mine", "2"))))
                .isInstanceOf(OutputRefusedException.class)
                .hasMessageContaining("batch 1 (partition 0) was written up to its write 2, then RPUSH mine")
                .hasMessageContaining("HDEL millrace:counts broken")
                .hasMessageNotContaining("geheim");
        assertThatThrownBy(() -> sink.commit(batch(1), List.of())).isInstanceOf(OutputRefusedException.class);

        redis.client().hdel(sink.fence(), "broken");
        assertThat(sink.commit(batch(1), List.of(RedisWrite.set("mine", "1")))).isTrue();
    }

    @Test
    void printsNoPassword() {
        URI address = URI.create("redis://nobody:geheim@127.0.0.1:" + redis.port());
        RedisSink<RedisWrite> sink = opened(RedisSink.to(address, "counts", List::of));

        assertThat(sink.toString()).doesNotContain("geheim");
        assertThatThrownBy(() -> sink.claim(CLAIM))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("redis://127.0.0.1:" + redis.port() + "/0")
                .hasMessageNotContaining("geheim");
        assertThatThrownBy(() -> RedisSink.<RedisWrite>to(URI.create("http://a:geheim@host:1"), "n", List::of))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("geheim");
    }

    @Test
    void writesToAClusterWhatIsInItsSlot(@TempDir Path directory) throws Exception {
        try (TestRedis node = TestRedis.start("cluster-enabled yes", "dir " + directory)) {
            try (Jedis administrator = node.connection()) {
                administrator.clusterAddSlots(IntStream.range(0, 16_384).toArray());
                while (!administrator.clusterInfo().contains("cluster_state:ok")) {
                    Thread.onSpinWait();
                }
            }
            Function<RedisWrite, List<RedisWrite>> itself = List::of;
            RedisSink<RedisWrite> sink = opened(RedisSink.to(
                            "cluster",
                            () -> RedisClusterClient.create(Set.of(new HostAndPort("127.0.0.1", node.port()))),
                            "counts",
                            itself)
                    .hashTag("words"));

            assertThat(sink.commit(batch(1), List.of(RedisWrite.set("{words}:blue", "1"))))
                    .isTrue();
            assertThat(sink.commit(batch(1), List.of(RedisWrite.set("{words}:blue", "2"))))
                    .isFalse();
            assertThat(node.client().get("{words}:blue")).isEqualTo("1");
            assertThatThrownBy(() -> sink.commit(batch(2), List.of(RedisWrite.set("green", "1"))))
                    .isInstanceOf(OutputRefusedException.class)
                    .hasMessageContaining("slot of {words}: 'green' is not");
        }
    }
}
