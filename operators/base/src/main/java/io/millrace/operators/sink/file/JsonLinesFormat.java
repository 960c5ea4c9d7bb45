// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.sink.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.function.Function;

/**
 * One JSON value per line, ended by a line feed.
 *
 * <p>Texts, numbers, booleans and null are themselves; maps are objects whose keys are the texts of theirs; records, pairs too, are
 * objects of their components; lists, sets, other iterables and arrays are arrays; an {@code Optional} is what is in it, or null. Enums
 * are their names, bytes are Base64, and times of {@code java.time} and UUIDs are their texts. Numbers that JSON has not, such as
 * {@code NaN}, are texts. Anything else is refused, as is what is nested deeper than 1000 levels.
 *
 * @param json what is written of a record
 * @param <T> records
 */
public record JsonLinesFormat<T>(Function<? super T, ?> json) implements FileFormat<T> {

    private static final JsonFactory JSON = new JsonFactory();

    /** Records as they are. */
    public static <T> JsonLinesFormat<T> of() {
        return new JsonLinesFormat<>(Function.identity());
    }

    /**
     * What a function makes of the records.
     *
     * @param json makes a map, a record, a list or a scalar of a record
     */
    public static <T> JsonLinesFormat<T> of(Function<? super T, ?> json) {
        return new JsonLinesFormat<>(json);
    }

    @Override
    public String extension() {
        return "jsonl";
    }

    @Override
    public void append(T record, StringBuilder out) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(text)) {
            JsonValues.write(json.apply(record), generator);
        } catch (IOException e) {
            throw new IllegalArgumentException("a record cannot be written as JSON: " + e.getMessage(), e);
        }
        out.append(text.getBuffer()).append('\n');
    }
}
