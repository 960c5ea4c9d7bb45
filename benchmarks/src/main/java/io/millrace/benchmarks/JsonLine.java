// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One line of JSON: a flat object of numbers and plain strings, its first field {@code event}.
 *
 * <p>The processes of a benchmark talk in such lines. Strings are written as they are, so they must not contain quotes,
 * backslashes or control characters.
 */
public final class JsonLine {

    private static final Pattern FIELD = Pattern.compile("\"(\\w+)\":(?:\"([^\"]*)\"|([-+.0-9eE]+))");

    /** Field by name; the values as JSON writes them. */
    private final Map<String, String> fields;

    private JsonLine(Map<String, String> fields) {
        this.fields = Collections.unmodifiableMap(fields);
    }

    /** A line that says that this happened. */
    static JsonLine event(String name) {
        return new JsonLine(new LinkedHashMap<>()).with("event", name);
    }

    /** The line in this text, if it is one of ours. */
    public static Optional<JsonLine> parse(String text) {
        if (!text.startsWith("{\"event\":")) {
            return Optional.empty();
        }
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher matcher = FIELD.matcher(text);
        while (matcher.find()) {
            String string = matcher.group(2);
            fields.put(matcher.group(1), string == null ? matcher.group(3) : quoted(string));
        }
        return Optional.of(new JsonLine(fields));
    }

    /** This line and a string. */
    JsonLine with(String name, String value) {
        return plus(name, quoted(value));
    }

    /** This line and a whole number. */
    JsonLine with(String name, long value) {
        return plus(name, Long.toString(value));
    }

    /** This line and a number, written with four decimals. */
    JsonLine with(String name, double value) {
        return plus(name, String.format(Locale.ROOT, "%.4f", value));
    }

    /** This line and the fields of another, except its event; a field of this line wins. */
    JsonLine with(JsonLine other) {
        Map<String, String> merged = new LinkedHashMap<>(fields);
        other.fields.forEach(merged::putIfAbsent);
        return new JsonLine(merged);
    }

    private JsonLine plus(String name, String json) {
        Map<String, String> more = new LinkedHashMap<>(fields);
        more.put(name, json);
        return new JsonLine(more);
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    /** What happened. */
    String event() {
        return text("event");
    }

    /** The string in this field. */
    String text(String name) {
        String json = json(name);
        return json.substring(1, json.length() - 1);
    }

    /** The whole number in this field. */
    long whole(String name) {
        return Long.parseLong(json(name));
    }

    /** The number in this field. */
    double number(String name) {
        return Double.parseDouble(json(name));
    }

    private String json(String name) {
        String json = fields.get(name);
        if (json == null) {
            throw new IllegalArgumentException("no field " + name + " in " + this);
        }
        return json;
    }

    /** The JSON text, without a line end. */
    @Override
    public String toString() {
        return fields.entrySet().stream()
                .map(field -> quoted(field.getKey()) + ':' + field.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }
}
