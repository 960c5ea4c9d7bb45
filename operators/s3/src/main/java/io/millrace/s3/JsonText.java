// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.s3;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Small JSON documents: objects, arrays, texts and whole numbers. */
final class JsonText {

    private static final JsonFactory JSON = new JsonFactory();

    private JsonText() {}

    /** A map, whose values are maps, lists, texts and numbers, in UTF-8. */
    static byte[] of(Map<String, ?> document) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator generator = JSON.createGenerator(out)) {
            write(document, generator);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return out.toByteArray();
    }

    private static void write(Object value, JsonGenerator out) throws IOException {
        if (value instanceof Map<?, ?> map) {
            out.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.writeFieldName((String) entry.getKey());
                write(entry.getValue(), out);
            }
            out.writeEndObject();
        } else if (value instanceof List<?> list) {
            out.writeStartArray();
            for (Object element : list) {
                write(element, out);
            }
            out.writeEndArray();
        } else if (value instanceof Number number) {
            out.writeNumber(number.longValue());
        } else {
            out.writeString(value.toString());
        }
    }

    /**
     * Reads an object.
     *
     * @param source for messages
     * @throws IOException if it is none
     */
    static Map<?, ?> read(byte[] bytes, String source) throws IOException {
        try (JsonParser parser = JSON.createParser(bytes)) {
            parser.nextToken();
            if (value(parser) instanceof Map<?, ?> map) {
                return map;
            }
            throw new IOException("it is no JSON object");
        } catch (IOException e) {
            throw new IOException(source + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Object value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            Map<String, Object> map = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                map.put(name, value(parser));
            }
            return map;
        }
        if (token == JsonToken.START_ARRAY) {
            List<Object> list = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                list.add(value(parser));
            }
            return list;
        }
        if (token == JsonToken.VALUE_NUMBER_INT) {
            return parser.getLongValue();
        }
        if (token == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        throw new IOException("it has " + token + " where a value is expected");
    }

    /** The text of that name. */
    static String text(Map<?, ?> document, String name, String source) throws IOException {
        if (document.get(name) instanceof String text) {
            return text;
        }
        throw new IOException(source + " has no text '" + name + "'");
    }

    /** The number of that name. */
    static long number(Map<?, ?> document, String name, String source) throws IOException {
        if (document.get(name) instanceof Long number) {
            return number;
        }
        throw new IOException(source + " has no number '" + name + "'");
    }

    /** The list of that name. */
    static List<?> list(Map<?, ?> document, String name, String source) throws IOException {
        if (document.get(name) instanceof List<?> list) {
            return list;
        }
        throw new IOException(source + " has no list '" + name + "'");
    }
}
