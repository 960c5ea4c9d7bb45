// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputClaim;
import io.millrace.operator.OutputCommit;
import io.millrace.operator.OutputFencedException;
import io.millrace.operator.OutputRefusedException;
import io.millrace.operator.TransactionalOutput;
import io.millrace.redis.Script.Answer;
import io.millrace.redis.Script.Outcome;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * Writes batches to Redis, each wholly or not at all, and once.
 *
 * <p>A batch is one call of one script, which Redis runs as one: it looks at the fence of the sink, a hash that says which epoch may write
 * and which batch is the newest; then it checks every write, then it does them all and notes the batch. A batch whose writes cannot all be
 * done, since a key holds a value of another kind or a number would be too large, changes nothing, and fails with an error that names the
 * key. Redis serves nobody else while it runs: about a millisecond per thousand writes.
 *
 * <p>A batch may change 1,000,000 keys by 256 MiB of writes; a larger one fails. Should a command fail between others all the same (as by
 * an access list that allows some keys only), the fence says so, and nothing more is written until somebody has repaired it.
 *
 * <p><b>What is lost when.</b> Redis acknowledges before a replica has the data, and before its disk has it, unless it is set up otherwise
 * ({@code appendfsync always}). A failover or a crash of Redis can lose batches that it had acknowledged, fence and all; the sink says so
 * in the log when it finds out. The fence must not be evicted: with {@code maxmemory-policy allkeys-*} it may be, and a batch be written
 * twice.
 *
 * <p>In a Redis Cluster all keys of a sink must be in one slot, and its {@link #hashTag} says which. Servers older than 5 are not supported.
 *
 * @param <T> records
 */
public final class RedisSink<T> implements TransactionalOutput<T> {

    private static final Logger LOG = LoggerFactory.getLogger(RedisSink.class);
    private static final long MOST_BYTES = 256L << 20;
    private static final long LARGEST_NUMBER = 1L << 53; // numbers of Lua are doubles

    private final RedisServer server;
    private final String name;
    private final Function<? super T, ? extends List<RedisWrite>> writes;
    private final String hashTag;
    private final long mostBytes;
    private final Map<Integer, Long> acknowledged = new HashMap<>();
    private @Nullable UnifiedJedis client;
    private @Nullable OutputClaim claimed;

    RedisSink(
            RedisServer server,
            String name,
            Function<? super T, ? extends List<RedisWrite>> writes,
            String hashTag,
            long mostBytes) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must not be blank");
        }
        this.server = server;
        this.name = name;
        this.writes = writes;
        this.hashTag = hashTag;
        this.mostBytes = mostBytes;
    }

    /**
     * A sink to one server.
     *
     * @param server such as {@code redis://user:password@localhost:6379/0}, or {@code rediss://} for TLS; the password is never printed
     * @param name says which sink this is among all that write to the server, for ever; its fence is called after it
     * @param writes what is written of a record
     */
    public static <T> RedisSink<T> to(URI server, String name, Function<? super T, ? extends List<RedisWrite>> writes) {
        return new RedisSink<>(RedisServer.at(server), name, writes, "", MOST_BYTES);
    }

    /**
     * A sink to whatever a client of the caller's leads to: a cluster, a set with Sentinel, a server with options of its own.
     *
     * @param description of the servers, for messages
     * @param client opens one; the sink closes it when the job ends
     * @param name says which sink this is among all that write to the server, for ever; its fence is called after it
     * @param writes what is written of a record
     */
    public static <T> RedisSink<T> to(
            String description,
            Supplier<? extends UnifiedJedis> client,
            String name,
            Function<? super T, ? extends List<RedisWrite>> writes) {
        return new RedisSink<>(new RedisServer(description, client), name, writes, "", MOST_BYTES);
    }

    /** The same for a cluster: its fence is in the slot of this tag, and so must be all keys, as {@code {words}:blue} is for {@code words}. */
    public RedisSink<T> hashTag(String tag) {
        if (tag.isEmpty() || tag.contains("}")) {
            throw new IllegalArgumentException("a hash tag must have characters and no '}', but is '" + tag + "'");
        }
        return new RedisSink<>(server, name, writes, tag, mostBytes);
    }

    /** For tests: the same with another bound for a batch. */
    RedisSink<T> mostBytes(long bytes) {
        return new RedisSink<>(server, name, writes, hashTag, bytes);
    }

    /** The key of the hash that says who may write and what is written; never to be deleted while the job is of use. */
    public String fence() {
        return hashTag.isEmpty() ? "millrace:" + name : "millrace:{" + hashTag + "}:" + name;
    }

    @Override
    public String kind() {
        return "redis";
    }

    @Override
    public OptionalLong claim(OutputClaim claim) throws IOException, OutputFencedException, OutputRefusedException {
        checkNumber("epoch", claim.epoch());
        Answer answer = run(
                Script.CLAIM,
                List.of(fence().getBytes(UTF_8)),
                List.of(text(claim.epoch()), owner(claim)),
                "output " + claim.output() + " of job " + claim.job() + " could not claim");
        refuse(answer, claim);
        if (!claim.equals(claimed)) {
            claimed = claim;
            acknowledged.clear();
            LOG.info(
                    "claimed server={} fence={} job={} output={} epoch={} newest={}",
                    server.description(),
                    fence(),
                    claim.job(),
                    claim.output(),
                    claim.epoch(),
                    answer.number());
        }
        return answer.number() < 0 ? OptionalLong.empty() : OptionalLong.of(answer.number());
    }

    /**
     * Writes a batch of a job without a checkpoint directory: once for each time of a batch, as epoch 0, so that such jobs are told apart
     * by the name of the sink alone.
     */
    @Override
    public void write(BatchTime time, List<T> records)
            throws IOException, OutputFencedException, OutputRefusedException {
        commit(new OutputCommit(new OutputClaim("-", kind(), 0), time.millis(), time, 0), records);
    }

    @Override
    public boolean commit(OutputCommit commit, List<T> records)
            throws IOException, OutputFencedException, OutputRefusedException {
        checkNumber("batch", commit.batch());
        if (!commit.claim().equals(claimed)) {
            claim(commit.claim());
        }
        BatchFrames frames = frames(commit, records);
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(text(commit.claim().epoch()));
        arguments.add(owner(commit.claim()));
        arguments.add(text(commit.batch()));
        arguments.add(text(commit.partition()));
        arguments.add(text(frames.counts() ? 1 : 0));
        arguments.addAll(frames.chunks());
        String problem = commit.describe() + ", " + records.size() + " records, could not be written";
        Answer answer = run(Script.COMMIT, frames.keys(), arguments, problem);
        refuse(answer, commit.claim());
        if (answer.outcome() == Outcome.REFUSED) {
            throw new IOException(
                    problem + " to " + server.description() + ", and nothing of it was: " + answer.text());
        }
        checkNothingLost(commit, answer.number());
        acknowledged.merge(commit.partition(), commit.batch(), Math::max);
        return answer.outcome() == Outcome.DONE;
    }

    /** The writes of a batch; one that Redis could not take as a whole is refused before anything is sent. */
    private BatchFrames frames(OutputCommit commit, List<T> records) throws OutputRefusedException {
        BatchFrames frames = new BatchFrames(fence(), mostBytes);
        for (T record : records) {
            List<RedisWrite> ofRecord = List.copyOf(writes.apply(record));
            try {
                ofRecord.forEach(frames::add);
            } catch (IllegalArgumentException e) {
                throw new OutputRefusedException(commit.describe() + " cannot be written: " + e.getMessage(), e);
            }
        }
        try {
            checkSlots(frames);
        } catch (IllegalArgumentException e) {
            throw new OutputRefusedException(commit.describe() + " cannot be written: " + e.getMessage(), e);
        }
        return frames;
    }

    private Answer run(Script script, List<byte[]> keys, List<byte[]> arguments, String problem) throws IOException {
        try {
            UnifiedJedis open = client == null ? server.open() : client;
            client = open;
            return script.run(open, keys, arguments);
        } catch (JedisException e) {
            throw new IOException(problem + " to " + server.description() + ": " + e.getMessage(), e);
        }
    }

    private void refuse(Answer answer, OutputClaim claim) throws OutputFencedException, OutputRefusedException {
        switch (answer.outcome()) {
            case FENCED -> throw new OutputFencedException(claim, answer.number());
            case FOREIGN ->
                throw new OutputRefusedException("the sink " + name + " on " + server.description() + " belongs to "
                        + answer.text() + ": give that of output " + claim.output() + " of job " + claim.job()
                        + " another name, or delete the key " + fence() + " if that one is gone for good");
            case BROKEN ->
                throw new OutputRefusedException("the sink " + name + " on " + server.description() + " is broken: "
                        + answer.text() + ". Repair what that batch changes, then: HDEL " + fence() + " broken");
            default -> {
                // it goes on
            }
        }
    }

    /** What this instance was told is there must be there; Redis forgets what it has acknowledged when it fails over. */
    private void checkNothingLost(OutputCommit commit, long newest) {
        Long before = acknowledged.get(commit.partition());
        if (before != null && newest < before) {
            LOG.error(
                    "redis has lost batches that it acknowledged server={} fence={} partition={} acknowledged={} newest={}",
                    server.description(),
                    fence(),
                    commit.partition(),
                    before,
                    newest);
        }
    }

    private void checkSlots(BatchFrames frames) {
        if (hashTag.isEmpty() && !(client instanceof RedisClusterClient)) {
            return;
        }
        int slot = JedisClusterCRC16.getSlot(fence());
        for (String key : frames.written()) {
            if (JedisClusterCRC16.getSlot(key) != slot) {
                throw new IllegalArgumentException("all keys of the sink " + name + " must be in the slot of "
                        + (hashTag.isEmpty() ? "a hash tag, but it has none" : "{" + hashTag + "}") + ": '" + key
                        + "' is not");
            }
        }
    }

    private static void checkNumber(String what, long number) {
        if (number > LARGEST_NUMBER) {
            throw new IllegalArgumentException(what + " must be <= " + LARGEST_NUMBER + ", but is " + number);
        }
    }

    private static byte[] owner(OutputClaim claim) {
        return (URLEncoder.encode(claim.job(), UTF_8) + "/" + URLEncoder.encode(claim.output(), UTF_8)).getBytes(UTF_8);
    }

    private static byte[] text(long number) {
        return Long.toString(number).getBytes(UTF_8);
    }

    @Override
    public void close() {
        UnifiedJedis open = client;
        client = null;
        claimed = null;
        if (open != null) {
            try {
                open.close();
            } catch (JedisException e) {
                LOG.warn("not closed cleanly server={}", server.description(), e);
            }
        }
    }

    @Override
    public String toString() {
        return "redis sink " + name + " on " + server.description();
    }
}
