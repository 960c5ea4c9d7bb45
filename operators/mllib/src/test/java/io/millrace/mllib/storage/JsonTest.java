// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonTest {

    private static final int DEPTH = 5;

    /** But for two things: Jackson takes some letters of other scripts for digits of an escape, and minds half pairs in names only. */
    @Test
    void readsAndRefusesAsJackson() {
        long seed = Long.getLong("millrace.seed", 20261125L);
        int accepted = 0;
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            Random random = new Random(seed + i);
            StringBuilder text = new StringBuilder();
            append(text, random, 1);
            for (int change = random.nextInt(4); change > 1; change--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.deleteCharAt(at).append(' ');
                    case 1 -> text.setCharAt(at, odd(random));
                    default -> text.insert(at, odd(random));
                }
            }
            String json = text.toString();
            Object expected;
            try {
                expected = byJackson(json);
            } catch (IOException e) {
                assertThatThrownBy(() -> Json.parse(json, DEPTH))
                        .as("seed %s: %s", seed + i, json)
                        .isInstanceOf(IOException.class);
                refused++;
                continue;
            }
            try {
                Object found = Json.parse(json, DEPTH);
                assertThat(found).as("seed %s: %s", seed + i, json).isEqualTo(expected);
                String written = Json.write(found);
                if (!written.contains("Infinity")) { // what is too large for a double has become a string
                    assertThat(Json.parse(written, DEPTH))
                            .as("seed %s: %s", seed + i, json)
                            .isEqualTo(expected);
                }
            } catch (IOException e) {
                throw new AssertionError("seed " + (seed + i) + ": " + json, e);
            }
            accepted++;
        }
        assertThat(accepted).isGreaterThan(5_000);
        assertThat(refused).isGreaterThan(1_000);
    }

    @Test
    void saysWhatIsWrongAndWhere() {
        assertThatThrownBy(() -> Json.parse(" ", DEPTH)).hasMessage("no JSON");
        assertThatThrownBy(() -> Json.parse("{\"a\":", DEPTH)).hasMessage("the JSON ends early");
        assertThatThrownBy(() -> Json.parse("[1,]", DEPTH)).hasMessage("unexpected character ] at 3");
        assertThatThrownBy(() -> Json.parse("[1] 2", DEPTH)).hasMessage("something follows the JSON at 4");
        assertThatThrownBy(() -> Json.parse("[".repeat(100_000), DEPTH)).hasMessage("JSON nested deeper than 5");
        assertThatThrownBy(() -> Json.parse("1".repeat(1_001), DEPTH)).hasMessage("a number of 1001 characters at 0");
    }

    @Test
    void readsPairsOfEscapesAndOnlyTheDigitsOfJson() throws IOException {
        assertThat(Json.parse("\"\\uD834\\udd1e𝄞\"", DEPTH)).isEqualTo("𝄞𝄞");
        assertThatThrownBy(() -> Json.parse("\"\\u00e\u0663\"", DEPTH)).hasMessageStartingWith("unexpected character");
    }

    @Test
    void writesWhatJsonHasNoFormFor() {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("\u0001\"\\/\b\f\n\r\té", Arrays.asList(Double.NaN, Float.NEGATIVE_INFINITY, 1.5f, 7, null, true));
        assertThat(Json.write(object))
                .isEqualTo("{\"\\u0001\\\"\\\\/\\b\\f\\n\\r\\té\":[\"NaN\",\"-Infinity\",1.5,7,null,true]}");
    }

    private static void append(StringBuilder text, Random random, int depth) {
        space(text, random);
        switch (random.nextInt(depth < 6 ? 9 : 7)) {
            case 0 -> text.append(random.nextInt());
            case 1 -> text.append(random.nextLong()).append(random.nextBoolean() ? "" : "7");
            case 2 -> text.append(random.nextGaussian());
            case 3 -> text.append(random.nextInt(10)).append(random.nextBoolean() ? "e-7" : ".5E+12");
            case 4 -> text.append(List.of("true", "false", "null", "-0", "-0.0").get(random.nextInt(5)));
            case 5, 6 -> string(text, random);
            case 7 -> {
                text.append('[');
                for (int left = random.nextInt(4); left > 0; left--) {
                    append(text, random, depth + 1);
                    text.append(left > 1 ? "," : "");
                }
                space(text, random);
                text.append(']');
            }
            default -> {
                text.append('{');
                for (int left = random.nextInt(4); left > 0; left--) {
                    space(text, random);
                    string(text, random);
                    space(text, random);
                    text.append(':');
                    append(text, random, depth + 1);
                    text.append(left > 1 ? "," : "");
                }
                text.append('}');
            }
        }
        space(text, random);
    }

    private static void space(StringBuilder text, Random random) {
        if (random.nextInt(4) == 0) {
            text.append(" \n\r\t".charAt(random.nextInt(4)));
        }
    }

    private static void string(StringBuilder text, Random random) {
        text.append('"');
        for (int left = random.nextInt(4); left > 0; left--) {
            text.append(List.of("a", "é", "\\n", "\\\"", "\\u00e9", "/", "\\/").get(random.nextInt(7)));
        }
        text.append('"');
    }

    private static char odd(Random random) {
        return "{}[],:\"\\ \n\t0019.-+eEutfn\u0000\u001f\u00a0é'/".charAt(random.nextInt(30));
    }

    private static @Nullable Object byJackson(String text) throws IOException {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(DEPTH).build())
                .build();
        try (JsonParser parser = factory.createParser(text)) {
            Object value = byJackson(parser, parser.nextToken());
            if (parser.nextToken() != null) {
                throw new IOException("something follows");
            }
            return value;
        }
    }

    private static @Nullable Object byJackson(JsonParser parser, @Nullable JsonToken token) throws IOException {
        if (token == null) {
            throw new IOException("the end");
        }
        switch (token) {
            case START_OBJECT -> {
                Map<String, @Nullable Object> object = new LinkedHashMap<>();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String key = parser.currentName();
                    object.put(key, byJackson(parser, parser.nextToken()));
                }
                return object;
            }
            case START_ARRAY -> {
                List<@Nullable Object> array = new ArrayList<>();
                for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    array.add(byJackson(parser, next));
                }
                return array;
            }
            case VALUE_NUMBER_INT -> {
                BigInteger integer = parser.getBigIntegerValue();
                return integer.bitLength() < Long.SIZE ? (Object) integer.longValue() : (Object) integer.doubleValue();
            }
            case VALUE_NUMBER_FLOAT -> {
                return Double.valueOf(parser.getText());
            }
            case VALUE_STRING -> {
                return parser.getText();
            }
            case VALUE_TRUE, VALUE_FALSE -> {
                return token == JsonToken.VALUE_TRUE;
            }
            default -> {
                return null;
            }
        }
    }
}
