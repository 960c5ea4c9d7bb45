// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Spark's murmur3 (x86, 32 bits, seed 42) of the values that {@code HashingTF} and {@code FeatureHasher} take. Text is
 * hashed as UTF-8. Files of before Spark 3.0 hash the last bytes of a text, those beyond a multiple of four, in another way.
 */
final class SparkHash {

    private static final int SEED = 42;

    private SparkHash() {}

    /** The hash of a text. */
    static int ofText(String text) {
        int length = text.length();
        int hash = SEED;
        int all = 0;
        int at = 0;
        for (; at < length - 3; at += 4) {
            int word =
                    text.charAt(at) | text.charAt(at + 1) << 8 | text.charAt(at + 2) << 16 | text.charAt(at + 3) << 24;
            all |= text.charAt(at) | text.charAt(at + 1) | text.charAt(at + 2) | text.charAt(at + 3);
            hash = mix(hash, mixWord(word));
        }
        int tail = 0;
        for (int shift = 0; at < length; at++, shift += 8) {
            tail ^= text.charAt(at) << shift;
            all |= text.charAt(at);
        }
        // a text of ASCII is its own UTF-8
        return all < 0x80 ? finish(hash ^ mixWord(tail), length) : ofUtf8(text.getBytes(StandardCharsets.UTF_8));
    }

    private static int ofUtf8(byte[] bytes) {
        int aligned = bytes.length & ~3;
        int hash = words(bytes, aligned);
        int tail = 0;
        for (int i = aligned; i < bytes.length; i++) {
            tail ^= (bytes[i] & 0xff) << (8 * (i - aligned));
        }
        return finish(hash ^ mixWord(tail), bytes.length);
    }

    /** The hash of a text as Spark before 3.0 has it. */
    static int ofTextBefore3(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int aligned = bytes.length & ~3;
        int hash = words(bytes, aligned);
        for (int i = aligned; i < bytes.length; i++) {
            hash = mix(hash, mixWord(bytes[i]));
        }
        return finish(hash, bytes.length);
    }

    /**
     * The hash of a value.
     *
     * @param before3 whether texts are hashed as before Spark 3.0
     * @return the hash, or null for a value of a type that Spark does not hash
     */
    static @Nullable Integer of(@Nullable Object value, boolean before3) {
        if (value instanceof String text) {
            return before3 ? ofTextBefore3(text) : ofText(text);
        }
        if (value == null) {
            return SEED;
        }
        if (value instanceof Boolean truth) {
            return ofInt(truth ? 1 : 0);
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ofInt(((Number) value).intValue());
        }
        if (value instanceof Long number) {
            return ofLong(number);
        }
        if (value instanceof Float number) {
            return ofInt(Float.floatToIntBits(number));
        }
        return value instanceof Double number ? (Integer) ofLong(Double.doubleToLongBits(number)) : null;
    }

    static int ofInt(int value) {
        return finish(mix(SEED, mixWord(value)), 4);
    }

    static int ofLong(long value) {
        return finish(mix(mix(SEED, mixWord((int) value)), mixWord((int) (value >>> 32))), 8);
    }

    private static int words(byte[] bytes, int length) {
        int hash = SEED;
        for (int i = 0; i < length; i += 4) {
            int word =
                    (bytes[i] & 0xff) | (bytes[i + 1] & 0xff) << 8 | (bytes[i + 2] & 0xff) << 16 | bytes[i + 3] << 24;
            hash = mix(hash, mixWord(word));
        }
        return hash;
    }

    private static int mixWord(int word) {
        return Integer.rotateLeft(word * 0xcc9e2d51, 15) * 0x1b873593;
    }

    private static int mix(int hash, int word) {
        return Integer.rotateLeft(hash ^ word, 13) * 5 + 0xe6546b64;
    }

    private static int finish(int hash, int length) {
        int h = hash ^ length;
        h = (h ^ (h >>> 16)) * 0x85ebca6b;
        h = (h ^ (h >>> 13)) * 0xc2b2ae35;
        return h ^ (h >>> 16);
    }
}
