// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of {@link Functions} with texts and their formats, and with hashes. */
abstract class TextColumns extends ValueColumns {

    TextColumns() {}

    /** The parts of a string between matches of a regular expression, empty ones too. */
    public static Column split(Column text, String pattern) {
        return call("split", text, pattern);
    }

    /** At most {@code limit} parts of a string. */
    public static Column split(Column text, String pattern, int limit) {
        return call("split", text, pattern, limit);
    }

    /** Strings with a separator between them, without nulls. */
    public static Column concat_ws(String separator, Column... columns) {
        List<@Nullable Object> arguments = new ArrayList<>();
        arguments.add(separator);
        arguments.addAll(Arrays.asList(columns));
        return call("concat_ws", arguments.toArray());
    }

    /** A part of a string; {@code start} counts from 1, or from the end if negative. */
    public static Column substring(Column text, int start, int length) {
        return call("substring", text, start, length);
    }

    /** A group of the first match of a regular expression; an empty string if there is none. */
    public static Column regexp_extract(Column text, String pattern, int group) {
        return call("regexp_extract", text, pattern, group);
    }

    /** A string with every match of a regular expression replaced. */
    public static Column regexp_replace(Column text, String pattern, String replacement) {
        return call("regexp_replace", text, pattern, replacement);
    }

    /** JSON as a value of a schema in DDL, as {@code "a int, b string"}. */
    public static Column from_json(Column json, String schema) {
        return call("from_json", json, schema);
    }

    /** What a path such as {@code "$.a.b"} finds in JSON, as a string. */
    public static Column get_json_object(Column json, String path) {
        return call("get_json_object", json, path);
    }

    /** The SHA-2 hash of some bits (224, 256, 384, 512) in hexadecimal digits. */
    public static Column sha2(Column bytes, int bits) {
        return call("sha2", bytes, bits);
    }

    /** In upper case. */
    public static Column upper(Column column) {
        return call("upper", column);
    }

    /** In lower case. */
    public static Column lower(Column column) {
        return call("lower", column);
    }

    /** Without blanks at both ends. */
    public static Column trim(Column column) {
        return call("trim", column);
    }

    /** Without blanks at the start. */
    public static Column ltrim(Column column) {
        return call("ltrim", column);
    }

    /** Without blanks at the end. */
    public static Column rtrim(Column column) {
        return call("rtrim", column);
    }

    /** How many characters, or bytes, there are. */
    public static Column length(Column column) {
        return call("length", column);
    }

    /** Each word with a capital. */
    public static Column initcap(Column column) {
        return call("initcap", column);
    }

    /** A string or array backwards. */
    public static Column reverse(Column column) {
        return call("reverse", column);
    }

    /** A struct, map or array as JSON. */
    public static Column to_json(Column column) {
        return call("to_json", column);
    }

    /** The MD5 hash in hexadecimal digits. */
    public static Column md5(Column column) {
        return call("md5", column);
    }

    /** The CRC-32 checksum. */
    public static Column crc32(Column column) {
        return call("crc32", column);
    }

    /** Strings or arrays one after the other. */
    public static Column concat(Column... columns) {
        return call("concat", (Object[]) columns);
    }

    /** A hash of 32 bits, as Spark's. */
    public static Column hash(Column... columns) {
        return call("hash", (Object[]) columns);
    }

    /** A hash of 64 bits, as Spark's. */
    public static Column xxhash64(Column... columns) {
        return call("xxhash64", (Object[]) columns);
    }
}
