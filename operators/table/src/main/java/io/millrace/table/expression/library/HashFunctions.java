// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import static io.millrace.table.type.AtomicType.BINARY;
import static io.millrace.table.type.AtomicType.INT;
import static io.millrace.table.type.AtomicType.LONG;
import static io.millrace.table.type.AtomicType.STRING;

import io.millrace.table.AnalysisException;
import io.millrace.table.data.Utf8;
import io.millrace.table.expression.BoundFunction;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.FunctionLibrary;
import io.millrace.table.expression.ScalarFunction;
import io.millrace.table.type.DataType;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** Hashes of any values and digests of bytes. */
public final class HashFunctions implements FunctionLibrary {

    @Override
    public void register(Consumer<ScalarFunction> to) {
        new Definitions(HashFunctions.class)
                .bound("hash", 1, Integer.MAX_VALUE, (name, arguments) -> hash(name, "hash", INT, arguments))
                .bound("xxhash64", 1, Integer.MAX_VALUE, (name, arguments) -> hash(name, "longHash", LONG, arguments))
                .add("md5", STRING, "md5", STRING)
                .add("md5", STRING, "md5", BINARY)
                .add("sha sha1", STRING, "sha1", STRING)
                .add("sha sha1", STRING, "sha1", BINARY)
                .add("sha2", STRING, "sha2", STRING, INT)
                .add("sha2", STRING, "sha2", BINARY, INT)
                .add("crc32", LONG, "crc32", STRING)
                .add("crc32", LONG, "crc32", BINARY)
                .uncast(0, "md5 sha sha1 sha2 crc32")
                .register(to);
    }

    private static BoundFunction hash(String name, String method, DataType result, List<Expression> arguments) {
        List<DataType> types = arguments.stream().map(Expression::type).toList();
        if (types.stream().anyMatch(Types::hasMap)) {
            throw new AnalysisException(
                    "DATATYPE_MISMATCH.HASH_MAP_TYPE",
                    "The arguments of `" + name
                            + "` must not be or contain maps: the same map may have different hashes");
        }
        return Methods.bind(name, ValueHashes.class, new ValueHashes(types), method, result, types);
    }

    public static Utf8 md5(Utf8 text) {
        return digest("MD5", text);
    }

    public static Utf8 md5(byte[] bytes) {
        return digest("MD5", CodePoints.of(bytes));
    }

    public static Utf8 sha1(Utf8 text) {
        return digest("SHA-1", text);
    }

    public static Utf8 sha1(byte[] bytes) {
        return digest("SHA-1", CodePoints.of(bytes));
    }

    /** Of 224, 256, 384 or 512 bits, 0 for 256; null for others. */
    public static @Nullable Utf8 sha2(Utf8 text, int bits) {
        return switch (bits) {
            case 0, 256 -> digest("SHA-256", text);
            case 224, 384, 512 -> digest("SHA-" + bits, text);
            default -> null;
        };
    }

    public static @Nullable Utf8 sha2(byte[] bytes, int bits) {
        return sha2(CodePoints.of(bytes), bits);
    }

    private static Utf8 digest(String algorithm, Utf8 text) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            digest.update(text.bytes(), text.start(), text.length());
            return Utf8.of(HexFormat.of().formatHex(digest.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no " + algorithm, e);
        }
    }

    public static long crc32(Utf8 text) {
        CRC32 crc = new CRC32();
        crc.update(text.bytes(), text.start(), text.length());
        return crc.getValue();
    }

    public static long crc32(byte[] bytes) {
        return crc32(CodePoints.of(bytes));
    }
}
