// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.sink.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.operator.BatchTime;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Manifests as lines of JSON. Members that it does not know are passed over, so that later ones may be added. */
final class ManifestJson {

    private static final JsonFactory JSON = new JsonFactory();

    private ManifestJson() {}

    static String line(Manifest manifest) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartObject();
            out.writeNumberField("sequence", manifest.sequence());
            out.writeNumberField("batch", manifest.batch().millis());
            if (manifest.number().isPresent()) {
                out.writeNumberField("number", manifest.number().getAsLong());
            }
            out.writeNumberField("partition", manifest.partition());
            out.writeArrayFieldStart("ranges");
            for (FileRange range : manifest.ranges()) {
                out.writeStartObject();
                out.writeStringField("file", range.file());
                out.writeNumberField("from", range.from());
                out.writeNumberField("to", range.to());
                out.writeNumberField("records", range.records());
                out.writeNumberField("crc32c", Integer.toUnsignedLong(range.crc32c()));
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        }
        return text.append('\n').toString();
    }

    /** The manifests in a text of lines. */
    static List<Manifest> parse(String text, Path from) throws IOException {
        List<Manifest> manifests = new ArrayList<>();
        try (JsonParser in = JSON.createParser(text)) {
            while (in.nextToken() != null) {
                manifests.add(manifest(in));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException(from + " is no manifest: " + e.getMessage(), e);
        }
        return manifests;
    }

    private static Manifest manifest(JsonParser in) throws IOException {
        long sequence = -1;
        long batch = Long.MIN_VALUE;
        OptionalLong number = OptionalLong.empty();
        int partition = -1;
        List<FileRange> ranges = List.of();
        expect(in, JsonToken.START_OBJECT);
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            in.nextToken();
            switch (name) {
                case "sequence" -> sequence = in.getLongValue();
                case "batch" -> batch = in.getLongValue();
                case "number" -> number = OptionalLong.of(in.getLongValue());
                case "partition" -> partition = in.getIntValue();
                case "ranges" -> ranges = ranges(in);
                default -> in.skipChildren();
            }
        }
        return new Manifest(sequence, new BatchTime(batch), partition, ranges, number);
    }

    private static List<FileRange> ranges(JsonParser in) throws IOException {
        List<FileRange> ranges = new ArrayList<>();
        expect(in, JsonToken.START_ARRAY);
        while (in.nextToken() != JsonToken.END_ARRAY) {
            ranges.add(range(in));
        }
        return ranges;
    }

    private static FileRange range(JsonParser in) throws IOException {
        String file = "";
        long from = -1;
        long to = -1;
        long records = -1;
        long crc32c = 0;
        expect(in, JsonToken.START_OBJECT);
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            in.nextToken();
            switch (name) {
                case "file" -> file = in.getText();
                case "from" -> from = in.getLongValue();
                case "to" -> to = in.getLongValue();
                case "records" -> records = in.getLongValue();
                case "crc32c" -> crc32c = in.getLongValue();
                default -> in.skipChildren();
            }
        }
        return new FileRange(file, from, to, records, (int) crc32c);
    }

    private static void expect(JsonParser in, JsonToken wanted) throws IOException {
        if (in.currentToken() != wanted) {
            throw new IOException("there is " + in.currentToken() + " where " + wanted + " must be, at "
                    + in.currentLocation().getCharOffset());
        }
    }
}
