// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import static io.millrace.table.expression.library.Calls.fails;
import static io.millrace.table.expression.library.Calls.is;
import static io.millrace.table.expression.library.Calls.list;
import static io.millrace.table.expression.library.Calls.nested;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataTypes;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class FormatFunctionsTest {

    private static final String SCHEMA = "a int, b string";

    @Test
    void readsJson() {
        is(list(1, "x"), "from_json", "{\"a\":1,\"b\":\"x\"}", SCHEMA);
        is(list(null, null), "from_json", "{\"a\":\"no\"}", SCHEMA);
        is(list(null, "x"), "from_json", "{\"a\":\"no\",\"b\":\"x\"}", SCHEMA);
        is(list(null, null), "from_json", "oops", SCHEMA);
        is(null, "from_json", null, SCHEMA);
        is(null, "from_json", "", SCHEMA);
        is(list(null, "[1,2]"), "from_json", "{\"b\":[1,2],\"c\":{\"d\":true}}", SCHEMA);
        is(list(null, null), "from_json", "{\"a\":99999999999}", SCHEMA);
        is(list(1, 2), "from_json", "[1,2]", "array<int>");
        is(java.util.Map.of("k", 1.5), "from_json", "{\"k\":1.5}", "map<string,double>");
        is(
                list(list(new BigDecimal("1.20"), true)),
                "from_json",
                "{\"s\":{\"d\":1.2,\"t\":true}}",
                "s struct<d:decimal(5,2),t:boolean>");
        Object held = Calls.held(Calls.time("2024-01-02T01:04:05Z"));
        is(list(held), "from_json", "{\"t\":\"2024-01-02T03:04:05+02:00\"}", "t timestamp");
        is(
                list(held),
                "from_json",
                "{\"t\":\"02.01.24 01:04:05\"}",
                "t timestamp",
                nested("map", "timestampFormat", "dd.MM.yy HH:mm:ss"));
    }

    @Test
    void saysWhatIsWrongWithARecord() {
        is(list(null, "oops"), "from_json", "oops", "a int, _corrupt_record string");
        is(list(1, null), "from_json", "{\"a\":1}", "a int, _corrupt_record string");
        fails(
                "MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION",
                "from_json",
                "oops",
                SCHEMA,
                nested("map", "mode", "FAILFAST"));
        fails("DATATYPE_MISMATCH.INVALID_JSON_SCHEMA", "from_json", "1", "int");
    }

    @Test
    void writesJson() {
        is("{\"x\":1,\"y\":\"a\\\"b\"}", "to_json", nested("named_struct", "x", 1, "y", "a\"b"));
        is("{}", "to_json", nested("named_struct", "x", Calls.typed(AtomicType.INT, null)));
        is(
                "{\"t\":\"2024-01-01T03:25:45.678Z\"}",
                "to_json",
                nested("named_struct", "t", Calls.time("2024-01-01T03:25:45.678Z")));
        is("[1,null]", "to_json", Calls.array(AtomicType.INT, 1, null));
        is("{\"a\":null}", "to_json", Calls.map(AtomicType.STRING, AtomicType.INT, "a", null));
        is("{\"d\":1.50,\"e\":2.0}", "to_json", nested("named_struct", "d", new BigDecimal("1.50"), "e", 2.0));
    }

    @Test
    void followsPaths() {
        String json = "{\"a\":1,\"b\":{\"c\":[\"x\",{\"d\":true}],\"e f\":null}}";
        is("1", "get_json_object", json, "$.a");
        is("x", "get_json_object", json, "$.b.c[0]");
        is("true", "get_json_object", json, "$.b.c[1].d");
        is("[\"x\",{\"d\":true}]", "get_json_object", json, "$.b.c");
        is(null, "get_json_object", json, "$['b']['e f']");
        is(null, "get_json_object", json, "$.nope");
        is(null, "get_json_object", "oops", "$.a");
        is(null, "get_json_object", json, "a");
        is("[1,2]", "get_json_object", "[{\"a\":1},{\"a\":2}]", "$[*].a");
        is("\"b\"", "get_json_object", "[{\"a\":\"b\"}]", "$[*].a");
        is(list("1", null), "json_tuple", json, "a", "z");
        is(3, "json_array_length", "[1,2,3]");
        is(list("a", "b"), "json_object_keys", json);
    }

    @Test
    void tellsSchemas() {
        is("STRUCT<a: BIGINT, b: ARRAY<DOUBLE>>", "schema_of_json", "{\"b\":[1,1.5],\"a\":1}");
        assertThat(DataTypes.parse("STRUCT<a: BIGINT, b: ARRAY<DOUBLE>>").sql())
                .isEqualTo("struct<a:bigint,b:array<double>>");
        is("STRUCT<_c0: INT, _c1: STRING>", "schema_of_csv", "1,abc");
    }

    @Test
    void readsAndWritesCsv() {
        is(list(1, "x y"), "from_csv", "1,x y", SCHEMA);
        is(list(1, "a,\"b"), "from_csv", "1,\"a,\\\"b\"", SCHEMA);
        is(list(null, null), "from_csv", "x", SCHEMA);
        is(list(1, ""), "from_csv", "1;\"\"", SCHEMA, nested("map", "sep", ";"));
        is("1,\"a,b\",", "to_csv", nested("named_struct", "a", 1, "b", "a,b", "c", Calls.typed(AtomicType.INT, null)));
    }

    @Test
    void hashesAsSparkDoes() {
        is(-279802404, "hash", "ä", -1);
        is(1143746540, "hash", "", 0);
        is(42, "hash", null, null);
        is(532252686, "hash", "a", 1);
        is(-2231371021577252851L, "xxhash64", "ä", -1);
        is(5333022629466737987L, "xxhash64", "", 0);
        is(-4810547614043336770L, "xxhash64", "a", 1);
        is("8419b71c87a225a2c70b50486fbee545", "md5", "ä");
        is("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "sha2", "", 256);
        is(null, "sha2", "", 1);
        is("86f7e437faa5a7fce15d1ddcb9eaeaea377667b8", "sha1", "a");
        is(3904355907L, "crc32", "a");
        is(0L, "crc32", "");
    }

    @Test
    void agreesWithXxHash64OnLongTexts() {
        assertThat(XxHash64.ofBytes(new byte[0], 0, 0, 0)).isEqualTo(0xEF46DB3751D8E999L);
        byte[] text = "Nobody inspects the spammish repetition".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        assertThat(XxHash64.ofBytes(text, 0, text.length, 0)).isEqualTo(0xFBCEA83C8A378BF1L);
    }

    @Test
    void encodes() {
        is("U3BhcmsgU1FM", "base64", "Spark SQL");
        is("Spark SQL", "decode", nested("unbase64", "U3BhcmsgU1FM"), "UTF-8");
        is("Spark", "decode", nested("unhex", "537061726B"), "utf-8");
        is(null, "unhex", "xx");
        fails("INVALID_PARAMETER_VALUE.CHARSET", "encode", "a", "nope");
        fails("MALFORMED_CHARACTER_CODING", "encode", "😀", "US-ASCII");
    }

    @Test
    void knowsUrls() {
        String url = "http://user@spark.apache.org:80/path?query=1&b=2#ref";
        is("spark.apache.org", "parse_url", url, "HOST");
        is("query=1&b=2", "parse_url", url, "QUERY");
        is("2", "parse_url", url, "QUERY", "b");
        is("/path?query=1&b=2", "parse_url", url, "FILE");
        is(null, "parse_url", url, "nope");
        fails("INVALID_URL", "parse_url", "a b", "HOST");
        is(null, "try_parse_url", "a b", "HOST");
        is("https%3A%2F%2Fspark", "url_encode", "https://spark");
        is("https://spark", "url_decode", "https%3A%2F%2Fspark");
        fails("CANNOT_DECODE_URL", "url_decode", "%x");
    }
}
