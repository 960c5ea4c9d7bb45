// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputClaim;
import io.millrace.operator.OutputCommit;
import io.millrace.operator.OutputFencedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Runs that are replaced and go on, repeat what they have done, lose requests and replies, in random orders: what is in the real server at
 * the end is what a model of a few lines says.
 */
@Timeout(120)
class RedisInterleavingsTest {

    private static final int SEEDS = 60;
    private static final int STEPS = 60;
    private static final List<CuttingProxy.Cut> CUTS = List.of(
            CuttingProxy.Cut.NONE,
            CuttingProxy.Cut.NONE,
            CuttingProxy.Cut.NONE,
            CuttingProxy.Cut.REQUEST,
            CuttingProxy.Cut.REPLY);

    /** A run of the job; a zombie once a later one has claimed. */
    private record Run(RedisSink<Integer> sink, OutputClaim claim) {}

    /** What should be there. */
    private static final class Model {
        private final List<String> pushed = new ArrayList<>();
        private final Map<Integer, Long> newest = new HashMap<>();
        private long sum;
        private String last = "";

        void commit(long batch, int partition, List<Integer> records) {
            newest.put(partition, batch);
            for (int record : records) {
                pushed.add(Integer.toString(record));
                sum += record;
                last = Integer.toString(record);
            }
        }
    }

    private static List<RedisWrite> writes(int record) {
        String text = Integer.toString(record);
        return List.of(
                RedisWrite.push("pushed", text), RedisWrite.increment("sum", record), RedisWrite.set("last", text));
    }

    /** The records of a part; those of a zombie are others, so that they would show. */
    private static List<Integer> records(long epoch, long batch, int partition) {
        Random random = new Random(epoch * 1_000_003 + batch * 101 + partition);
        return random.ints(random.nextInt(4), 0, 1_000_000).boxed().toList();
    }

    @Test
    void endsAsTheModelSaysWhateverIsRepeatedReplacedOrLost() throws Exception {
        try (TestRedis redis = TestRedis.start();
                CuttingProxy proxy = new CuttingProxy(redis.port())) {
            RedisSink<Integer> known = RedisSink.to(redis.address(), "known", RedisInterleavingsTest::writes);
            known.write(
                    new BatchTime(0),
                    List.of()); // so that the server knows the script, and every loss is that of a batch
            known.close();
            long first = new Random().nextLong();
            int fenced = 0;
            int lost = 0;
            for (long seed = first; seed < first + SEEDS; seed++) {
                redis.client().flushAll();
                int[] seen = run(seed, redis, proxy);
                fenced += seen[0];
                lost += seen[1];
            }
            assertThat(fenced).as("refusals, seeds from " + first).isPositive();
            assertThat(lost)
                    .as("requests and replies lost, seeds from " + first)
                    .isPositive();
        }
    }

    private static int[] run(long seed, TestRedis redis, CuttingProxy proxy) throws Exception {
        Random random = new Random(seed);
        Model model = new Model();
        List<Run> runs = new ArrayList<>();
        int fenced = 0;
        int lost = 0;
        for (int step = 0; step < STEPS; step++) {
            boolean replace = runs.isEmpty() || random.nextInt(8) == 0;
            if (replace) {
                OutputClaim claim = new OutputClaim("job", "out", runs.size() + 1);
                runs.add(new Run(RedisSink.to(proxy.address(), "model", RedisInterleavingsTest::writes), claim));
            }
            int epoch = replace || random.nextInt(3) > 0 ? runs.size() : 1 + random.nextInt(runs.size());
            Run run = runs.get(epoch - 1);
            boolean mayWrite = epoch == runs.size();
            int partition = random.nextInt(2);
            long newest = model.newest.getOrDefault(partition, 0L);
            long batch = Math.max(1, newest + 1 - random.nextInt(3));
            List<Integer> records = records(epoch, batch, partition);
            CuttingProxy.Cut cut = CUTS.get(random.nextInt(CUTS.size()));
            OutputCommit commit = new OutputCommit(run.claim(), batch, new BatchTime(batch * 10), partition);
            String what = "seed " + seed + ", step " + step + ", " + commit.describe() + " by epoch " + epoch;
            try {
                if (replace) {
                    run.sink().claim(run.claim());
                }
                proxy.cutNext(cut);
                boolean written;
                try {
                    written = run.sink().commit(commit, records);
                } catch (IOException e) {
                    assertThat(proxy.hasCut()).as(what + ": " + e).isTrue();
                    lost++;
                    written = run.sink().commit(commit, records); // not known, so once more
                    if (mayWrite && batch > newest) {
                        assertThat(written)
                                .as(what + ", again after " + cut)
                                .isEqualTo(cut == CuttingProxy.Cut.REQUEST);
                        written = true;
                    }
                }
                assertThat(mayWrite).as(what + " was not refused").isTrue();
                assertThat(written).as(what).isEqualTo(batch > newest);
                if (batch > newest) {
                    model.commit(batch, partition, records);
                }
            } catch (OutputFencedException e) {
                assertThat(mayWrite).as(what + ": " + e).isFalse();
                fenced++;
            } finally {
                proxy.cutNext(CuttingProxy.Cut.NONE);
            }
            assertThat(redis.client().lrange("pushed", 0, -1)).as(what).isEqualTo(model.pushed);
        }
        assertThat(redis.client().get("last")).as("seed " + seed).isEqualTo(model.last.isEmpty() ? null : model.last);
        assertThat(redis.client().get("sum"))
                .as("seed " + seed)
                .isEqualTo(model.pushed.isEmpty() ? null : Long.toString(model.sum));
        runs.forEach(run -> run.sink().close());
        return new int[] {fenced, lost};
    }
}
