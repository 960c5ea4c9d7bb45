// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/** A script that Redis runs as one, and what it answers. */
final class Script {

    static final Script CLAIM = new Script("claim.lua");
    static final Script COMMIT = new Script("commit.lua");

    /** How it went. */
    enum Outcome {
        DONE,
        THERE,
        FENCED,
        FOREIGN,
        REFUSED,
        BROKEN
    }

    /**
     * An answer.
     *
     * @param detail a number or a text, as the script says
     */
    record Answer(Outcome outcome, Object detail) {

        long number() {
            return (Long) detail;
        }

        String text() {
            return detail instanceof byte[] bytes ? new String(bytes, UTF_8) : String.valueOf(detail);
        }
    }

    private final byte[] text;
    private final byte[] digest;

    private Script(String resource) {
        try (InputStream in = Objects.requireNonNull(Script.class.getResourceAsStream(resource), resource)) {
            text = in.readAllBytes();
            digest = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text))
                    .getBytes(UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-1", e);
        }
    }

    /** Runs it by its digest; a server that does not know it yet, as after a restart, is sent the text. */
    Answer run(UnifiedJedis client, List<byte[]> keys, List<byte[]> arguments) {
        Object reply;
        try {
            reply = client.evalsha(digest, keys, arguments);
        } catch (JedisNoScriptException e) {
            reply = client.eval(text, keys, arguments);
        }
        List<?> parts = (List<?>) reply;
        return new Answer(
                Outcome.valueOf(new String((byte[]) Objects.requireNonNull(parts.get(0)), UTF_8)),
                Objects.requireNonNull(parts.get(1)));
    }
}
