// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.storage;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one text of JSON, strictly as RFC 8259 has it, for {@link Json}. A library for it takes a new JVM longer than the rest of a small model. */
final class JsonReader {

    private static final int LONGEST_NUMBER = 1_000;

    private final String text;
    private final int maxDepth;
    private int at;

    JsonReader(String text, int maxDepth) {
        this.text = text;
        this.maxDepth = maxDepth;
    }

    /** The one value in the text. */
    @Nullable
    Object read() throws IOException {
        int first = skipSpace();
        if (first < 0) {
            throw new IOException("no JSON");
        }
        Object value = value(first, 0);
        if (skipSpace() >= 0) {
            throw new IOException("something follows the JSON at " + at);
        }
        return value;
    }

    /** The value that begins with {@code first}, which is where this stands. */
    private @Nullable Object value(int first, int depth) throws IOException {
        return switch (first) {
            case '{' -> object(inner(depth));
            case '[' -> array(inner(depth));
            case '"' -> string();
            case 't' -> literal("true", true);
            case 'f' -> literal("false", false);
            case 'n' -> literal("null", null);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            default -> throw unexpected();
        };
    }

    private int inner(int depth) throws IOException {
        if (depth >= maxDepth) {
            throw new IOException("JSON nested deeper than " + maxDepth);
        }
        return depth + 1;
    }

    private Map<String, @Nullable Object> object(int depth) throws IOException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        at++;
        if (skipSpace() == '}') {
            at++;
            return object;
        }
        do {
            if (skipSpace() != '"') {
                throw unexpected();
            }
            String key = string();
            if (skipSpace() != ':') {
                throw unexpected();
            }
            at++;
            object.put(key, value(skipSpace(), depth));
        } while (goesOn('}'));
        return object;
    }

    private List<@Nullable Object> array(int depth) throws IOException {
        List<@Nullable Object> array = new ArrayList<>();
        at++;
        if (skipSpace() == ']') {
            at++;
            return array;
        }
        do {
            array.add(value(skipSpace(), depth));
        } while (goesOn(']'));
        return array;
    }

    /** Goes over a comma, or over the {@code end} of an object or array. */
    private boolean goesOn(char end) throws IOException {
        int next = skipSpace();
        if (next != ',' && next != end) {
            throw unexpected();
        }
        at++;
        return next == ',';
    }

    private @Nullable Object literal(String literal, @Nullable Object value) throws IOException {
        if (!text.startsWith(literal, at)) {
            throw unexpected();
        }
        at += literal.length();
        return value;
    }

    private Object number() throws IOException {
        int start = at;
        if (current() == '-') {
            at++;
        }
        if (current() == '0') {
            at++;
        } else {
            digits();
        }
        boolean whole = true;
        if (current() == '.') {
            whole = false;
            at++;
            digits();
        }
        if (current() == 'e' || current() == 'E') {
            whole = false;
            at++;
            if (current() == '+' || current() == '-') {
                at++;
            }
            digits();
        }
        if (at - start > LONGEST_NUMBER) {
            throw new IOException("a number of " + (at - start) + " characters at " + start);
        }
        String digits = text.substring(start, at);
        if (!whole) {
            return Double.valueOf(digits);
        }
        if (digits.length() < 19) {
            return Long.valueOf(digits);
        }
        BigInteger integer = new BigInteger(digits);
        return integer.bitLength() < Long.SIZE ? (Object) integer.longValue() : (Object) integer.doubleValue();
    }

    private void digits() throws IOException {
        int start = at;
        while (current() >= '0' && current() <= '9') {
            at++;
        }
        if (at == start) {
            throw unexpected();
        }
    }

    private String string() throws IOException {
        int start = ++at;
        while (current() >= ' ' && current() != '"' && current() != '\\') {
            at++;
        }
        if (current() == '"') {
            return text.substring(start, at++);
        }
        StringBuilder string = new StringBuilder().append(text, start, at);
        for (int next = current(); next != '"'; next = current()) {
            if (next < ' ') {
                throw unexpected();
            }
            at++;
            string.append(next == '\\' ? escaped() : (char) next);
        }
        at++;
        return string.toString();
    }

    private char escaped() throws IOException {
        int escape = current();
        at++;
        return switch (escape) {
            case '"', '\\', '/' -> (char) escape;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hexadecimal();
            default -> {
                at--;
                throw unexpected();
            }
        };
    }

    private char hexadecimal() throws IOException {
        int code = 0;
        for (int i = 0; i < 4; i++, at++) {
            int character = current();
            // only these digits: others that Java knows are no JSON
            int digit = character < 128 ? Character.digit(character, 16) : -1;
            if (digit < 0) {
                throw unexpected();
            }
            code = code << 4 | digit;
        }
        return (char) code;
    }

    /** The character here, -1 behind the last one. */
    private int current() {
        return at < text.length() ? text.charAt(at) : -1;
    }

    /** The next character that is no space, -1 if there is none. */
    private int skipSpace() {
        int next = current();
        while (next == ' ' || next == '\n' || next == '\r' || next == '\t') {
            at++;
            next = current();
        }
        return next;
    }

    private IOException unexpected() {
        int character = current();
        return character < 0
                ? new IOException("the JSON ends early")
                : new IOException("unexpected character " + (char) character + " at " + at);
    }
}
