// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.table.data.Utf8;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The paths of one call of {@code get_json_object}: {@code $.a.b}, {@code $['a']}, {@code $[0]}, {@code $[*]}. For any threads. */
public final class JsonPaths {

    private static final Pattern STEP = Pattern.compile("\\.([^.\\[]+)|\\['([^']+)'\\]|\\[(\\d+)\\]|\\[(\\*)\\]");

    private final Memo<Optional<List<Step>>> paths = new Memo<>(JsonPaths::compile);

    /** Made for the first text that is read: it is costly, and every query makes the functions known. */
    private static final class Mapper {
        static final ObjectMapper MAPPER = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    }

    /** One step: a name, a place from 0, or all if it has neither. */
    private record Step(@Nullable String name, int place) {
        boolean isAll() {
            return place == ALL || "*".equals(name);
        }
    }

    private static final int NAMED = -1;
    private static final int ALL = -2;

    private static Optional<List<Step>> compile(Utf8 path) {
        String text = path.toString().strip();
        if (!text.startsWith("$")) {
            return Optional.empty();
        }
        List<Step> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(text);
        int at = 1;
        while (at < text.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                return Optional.empty();
            }
            String name = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
            if (name != null) {
                steps.add(new Step(name, NAMED));
            } else {
                steps.add(new Step(null, matcher.group(3) == null ? ALL : Integer.parseInt(matcher.group(3))));
            }
            at = matcher.end();
        }
        return Optional.of(steps);
    }

    /** What is at the path, strings without quotes; null if there is nothing or it is null or the text is no JSON. */
    public @Nullable Utf8 get(Utf8 json, Utf8 path) {
        Optional<List<Step>> steps = paths.get(path);
        JsonNode root = steps.isPresent() ? parse(json) : null;
        if (root == null) {
            return null;
        }
        List<JsonNode> found = List.of(root);
        boolean several = false;
        for (Step step : steps.orElseThrow()) {
            several |= step.isAll();
            found = next(found, step);
        }
        if (found.isEmpty()) {
            return null;
        }
        if (!several || found.size() == 1) {
            JsonNode only = found.get(0);
            return only.isNull() ? null : Utf8.of(several ? only.toString() : text(only));
        }
        return Utf8.of(found.stream().map(JsonNode::toString).collect(Collectors.joining(",", "[", "]")));
    }

    private static List<JsonNode> next(List<JsonNode> nodes, Step step) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode node : nodes) {
            if (step.isAll()) {
                if (node.isArray() || step.name() != null) {
                    node.forEach(found::add);
                }
            } else if (step.name() == null) {
                if (node.isArray() && node.has(step.place())) {
                    found.add(node.get(step.place()));
                }
            } else if (node.isObject() && node.has(step.name())) {
                found.add(node.get(step.name()));
            } else if (node.isArray()) {
                node.forEach(element -> {
                    if (element.has(step.name())) {
                        found.add(element.get(step.name()));
                    }
                });
            }
        }
        return found;
    }

    private static String text(JsonNode node) {
        return node.isTextual() ? node.textValue() : node.toString();
    }

    private static @Nullable JsonNode parse(Utf8 json) {
        try {
            JsonNode node = Mapper.MAPPER.readTree(json.bytes(), json.start(), json.length());
            return node.isMissingNode() ? null : node;
        } catch (JsonProcessingException e) {
            return null;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The fields of an object by their names. */
    public static @Nullable Object[] tuple(@Nullable Utf8 json, @Nullable Utf8... names) {
        @Nullable Object[] fields = new @Nullable Object[names.length];
        JsonNode node = json == null ? null : parse(json);
        for (int i = 0; node != null && i < names.length; i++) {
            JsonNode field = node.get(String.valueOf(names[i]));
            fields[i] = field == null || field.isNull() ? null : Utf8.of(text(field));
        }
        return fields;
    }

    /** How many elements an array has; null for anything else. */
    public static @Nullable Integer arrayLength(Utf8 json) {
        JsonNode node = parse(json);
        return node != null && node.isArray() ? (Integer) node.size() : null;
    }

    /** The names of the fields of an object; null for anything else. */
    public static Object @Nullable [] keys(Utf8 json) {
        JsonNode node = parse(json);
        if (node == null || !node.isObject()) {
            return null;
        }
        List<Object> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(name -> names.add(Utf8.of(name)));
        return names.toArray();
    }
}
