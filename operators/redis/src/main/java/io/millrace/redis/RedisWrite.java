// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.redis;

import java.time.Duration;
import java.util.List;

/**
 * One thing to be written to Redis. All texts are written in UTF-8.
 *
 * @param command what is done
 * @param key where
 * @param arguments what else the command takes
 */
public record RedisWrite(Command command, String key, List<String> arguments) {

    /** The longest time after which a key may expire: ten years. */
    public static final Duration LONGEST_EXPIRY = Duration.ofDays(3653);

    /** What can be done. */
    public enum Command {
        /** See {@link RedisWrite#set}. */
        SET(0, 1),
        /** See {@link RedisWrite#delete}. */
        DEL(1, 0),
        /** See {@link RedisWrite#expire}. */
        PEXPIRE(2, 1),
        /** See {@link RedisWrite#increment}. */
        INCRBY(3, 1),
        /** See {@link RedisWrite#hashSet}. */
        HSET(4, 2),
        /** See {@link RedisWrite#hashDelete}. */
        HDEL(5, 1),
        /** See {@link RedisWrite#hashIncrement}. */
        HINCRBY(6, 2),
        /** See {@link RedisWrite#setAdd}. */
        SADD(7, 1),
        /** See {@link RedisWrite#setRemove}. */
        SREM(8, 1),
        /** See {@link RedisWrite#sortedSetAdd}. */
        ZADD(9, 2),
        /** See {@link RedisWrite#sortedSetRemove}. */
        ZREM(10, 1),
        /** See {@link RedisWrite#push}. */
        RPUSH(11, 1);

        private final int code;
        private final int arguments;

        Command(int code, int arguments) {
            this.code = code;
            this.arguments = arguments;
        }

        /** Its place in the list of the script. */
        int code() {
            return code;
        }
    }

    /** Checks the number of arguments. */
    public RedisWrite {
        arguments = List.copyOf(arguments);
        if (arguments.size() != command.arguments) {
            throw new IllegalArgumentException(
                    command + " takes " + command.arguments + " arguments, but got " + arguments.size());
        }
    }

    /** Puts a text under a key, in the place of whatever was there. */
    public static RedisWrite set(String key, String value) {
        return new RedisWrite(Command.SET, key, List.of(value));
    }

    /** Takes a key away. */
    public static RedisWrite delete(String key) {
        return new RedisWrite(Command.DEL, key, List.of());
    }

    /** Lets a key vanish after a time of 1 ms to {@link #LONGEST_EXPIRY}, counted by Redis from the write. */
    public static RedisWrite expire(String key, Duration after) {
        if (after.toMillis() < 1 || after.compareTo(LONGEST_EXPIRY) > 0) {
            throw new IllegalArgumentException("after must be in 1 ms.." + LONGEST_EXPIRY + ", but is " + after);
        }
        return new RedisWrite(Command.PEXPIRE, key, List.of(Long.toString(after.toMillis())));
    }

    /** Adds to a number; one that is not there is 0. */
    public static RedisWrite increment(String key, long by) {
        return new RedisWrite(Command.INCRBY, key, List.of(Long.toString(by)));
    }

    /** Sets a field of a hash. */
    public static RedisWrite hashSet(String key, String field, String value) {
        return new RedisWrite(Command.HSET, key, List.of(field, value));
    }

    /** Takes a field out of a hash. */
    public static RedisWrite hashDelete(String key, String field) {
        return new RedisWrite(Command.HDEL, key, List.of(field));
    }

    /** Adds to a number in a field of a hash; one that is not there is 0. */
    public static RedisWrite hashIncrement(String key, String field, long by) {
        return new RedisWrite(Command.HINCRBY, key, List.of(field, Long.toString(by)));
    }

    /** Adds a member to a set. */
    public static RedisWrite setAdd(String key, String member) {
        return new RedisWrite(Command.SADD, key, List.of(member));
    }

    /** Takes a member out of a set. */
    public static RedisWrite setRemove(String key, String member) {
        return new RedisWrite(Command.SREM, key, List.of(member));
    }

    /** Adds a member to a sorted set, or changes its score, which must be finite. */
    public static RedisWrite sortedSetAdd(String key, String member, double score) {
        if (!Double.isFinite(score)) {
            throw new IllegalArgumentException("score must be finite, but is " + score);
        }
        return new RedisWrite(Command.ZADD, key, List.of(Double.toString(score), member));
    }

    /** Takes a member out of a sorted set. */
    public static RedisWrite sortedSetRemove(String key, String member) {
        return new RedisWrite(Command.ZREM, key, List.of(member));
    }

    /** Appends a text to a list. */
    public static RedisWrite push(String key, String value) {
        return new RedisWrite(Command.RPUSH, key, List.of(value));
    }
}
