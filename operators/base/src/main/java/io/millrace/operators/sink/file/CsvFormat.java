// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.sink.file;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Comma-separated values as in RFC 4180: fields with commas, quotes or line ends are quoted, quotes in them are doubled, and records end
 * with CR LF. An empty text is written as {@code ""}, a null as nothing at all, except in files of one column, where both are
 * {@code ""}: an empty line would be no record.
 *
 * @param names the first line of every file; empty for none
 * @param fields the fields of a record; as many as there are names, if there are
 * @param <T> records
 */
public record CsvFormat<T>(List<String> names, Function<? super T, ? extends List<? extends @Nullable Object>> fields)
        implements FileFormat<T> {

    /** Copies the names. */
    public CsvFormat {
        names = List.copyOf(names);
    }

    /** Files without a first line of names. */
    public static <T> CsvFormat<T> of(Function<? super T, ? extends List<? extends @Nullable Object>> fields) {
        return new CsvFormat<>(List.of(), fields);
    }

    /** The same with a first line of names. */
    public CsvFormat<T> names(String... columns) {
        return new CsvFormat<>(List.of(columns), fields);
    }

    @Override
    public String extension() {
        return "csv";
    }

    @Override
    public String header() {
        StringBuilder header = new StringBuilder();
        if (!names.isEmpty()) {
            appendLine(names, header);
        }
        return header.toString();
    }

    @Override
    public void append(T record, StringBuilder out) {
        List<? extends @Nullable Object> values = fields.apply(record);
        if (values.isEmpty() || (!names.isEmpty() && values.size() != names.size())) {
            throw new IllegalArgumentException("a record of CSV files must have "
                    + (names.isEmpty() ? "fields" : names.size() + " fields, as there are names")
                    + ", but this one has "
                    + values.size());
        }
        appendLine(values, out);
    }

    private static void appendLine(List<? extends @Nullable Object> values, StringBuilder out) {
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder()
                .quoteStrategy(QuoteStrategies.EMPTY)
                .bufferSize(0)
                .build(text)) {
            boolean alone = values.size() == 1;
            csv.writeRecord(values.stream()
                    .map(value -> value == null && !alone ? null : Objects.toString(value, ""))
                    .toArray(String[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a writer in memory does not fail
        }
        out.append(text.getBuffer());
    }
}
