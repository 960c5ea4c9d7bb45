// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.redrive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads manifests and letters. Members that it does not know are passed over. */
final class LetterJson {

    /** What a batch of letters has written. */
    record Manifest(long sequence, List<Range> ranges) {}

    /** Bytes of a file. */
    record Range(String file, long from, long to) {}

    private interface Value<V> {
        V read(JsonParser in) throws IOException;
    }

    private static final JsonFactory JSON = new JsonFactory();

    private LetterJson() {}

    static List<Manifest> manifests(String text, Path from) throws IOException {
        return values(text, from, "manifests", LetterJson::manifest);
    }

    static List<StoredLetter> letters(String text, Path from) throws IOException {
        return values(text, from, "dead letters", LetterJson::letter);
    }

    private static <V> List<V> values(String text, Path from, String what, Value<V> value) throws IOException {
        List<V> values = new ArrayList<>();
        try (JsonParser in = JSON.createParser(text)) {
            while (in.nextToken() != null) {
                values.add(value.read(in));
            }
        } catch (IOException e) {
            throw new IOException(from + " should have " + what + ", but: " + e.getMessage(), e);
        }
        return values;
    }

    private static Manifest manifest(JsonParser in) throws IOException {
        long sequence = -1;
        List<Range> ranges = new ArrayList<>();
        for (String name = first(in); name != null; name = in.nextFieldName()) {
            JsonToken value = in.nextToken();
            if (name.equals("sequence")) {
                sequence = in.getLongValue();
            } else if (name.equals("ranges") && value == JsonToken.START_ARRAY) {
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    ranges.add(range(in));
                }
            } else {
                in.skipChildren();
            }
        }
        return new Manifest(sequence, ranges);
    }

    private static Range range(JsonParser in) throws IOException {
        String file = "";
        long from = -1;
        long to = -1;
        for (String name = first(in); name != null; name = in.nextFieldName()) {
            in.nextToken();
            switch (name) {
                case "file" -> file = in.getText();
                case "from" -> from = in.getLongValue();
                case "to" -> to = in.getLongValue();
                default -> in.skipChildren();
            }
        }
        if (file.isEmpty() || file.startsWith(".") || file.contains("/") || file.contains("\\") || from < 0) {
            throw new IOException("a range of '" + file + "' from " + from + " is none of a file in the directory");
        }
        return new Range(file, from, to);
    }

    private static StoredLetter letter(JsonParser in) throws IOException {
        long batch = 0;
        String operator = "-";
        String callSite = "-";
        String cause = "-";
        String block = "-";
        long ordinal = -1;
        String position = "-";
        String record = "";
        String text = null;
        for (String name = first(in); name != null; name = in.nextFieldName()) {
            in.nextToken();
            switch (name) {
                case "batch" -> batch = in.getLongValue();
                case "operator" -> operator = in.getText();
                case "callSite" -> callSite = in.getText();
                case "cause" -> cause = in.getText();
                case "block" -> block = in.getText();
                case "ordinal" -> ordinal = in.getLongValue();
                case "position" -> position = in.getText();
                case "record" -> record = in.getText();
                case "text" -> text = in.getText();
                default -> in.skipChildren();
            }
        }
        return new StoredLetter(
                Instant.ofEpochMilli(batch),
                operator,
                callSite,
                cause,
                block,
                ordinal,
                position,
                record,
                Optional.ofNullable(text));
    }

    /** Goes into an object, to the name of its first member; null if it has none. */
    private static @Nullable String first(JsonParser in) throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw new IOException("there is " + in.currentToken() + " where an object must be");
        }
        return in.nextFieldName();
    }
}
