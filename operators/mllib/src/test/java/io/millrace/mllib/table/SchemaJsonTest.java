// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.mllib.attribute.Attribute;
import io.millrace.mllib.attribute.AttributeGroup;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaJsonTest {

    /** As Spark 4.1 writes it. */
    private static final String JSON = "{\"type\":\"struct\",\"fields\":["
            + "{\"name\":\"id\",\"type\":\"long\",\"nullable\":false,\"metadata\":{}},"
            + "{\"name\":\"price\",\"type\":\"decimal(10,2)\",\"nullable\":true,\"metadata\":{}},"
            + "{\"name\":\"ci\",\"type\":\"double\",\"nullable\":false,\"metadata\":"
            + "{\"ml_attr\":{\"type\":\"nominal\",\"name\":\"ci\",\"vals\":[\"u\",\"v\"]}}},"
            + "{\"name\":\"v\",\"type\":{\"type\":\"udt\",\"class\":\"org.apache.spark.ml.linalg.VectorUDT\","
            + "\"pyClass\":\"pyspark.ml.linalg.VectorUDT\",\"sqlType\":{\"type\":\"struct\",\"fields\":["
            + "{\"name\":\"type\",\"type\":\"byte\",\"nullable\":false,\"metadata\":{}},"
            + "{\"name\":\"size\",\"type\":\"integer\",\"nullable\":true,\"metadata\":{}},"
            + "{\"name\":\"indices\",\"type\":{\"type\":\"array\",\"elementType\":\"integer\",\"containsNull\":false},"
            + "\"nullable\":true,\"metadata\":{}},"
            + "{\"name\":\"values\",\"type\":{\"type\":\"array\",\"elementType\":\"double\",\"containsNull\":false},"
            + "\"nullable\":true,\"metadata\":{}}]}},\"nullable\":true,\"metadata\":"
            + "{\"ml_attr\":{\"attrs\":{\"numeric\":[{\"name\":\"a\",\"idx\":0}]},\"num_attrs\":2}}},"
            + "{\"name\":\"words\",\"type\":{\"type\":\"array\",\"elementType\":\"string\",\"containsNull\":true},"
            + "\"nullable\":true,\"metadata\":{}},"
            + "{\"name\":\"pair\",\"type\":{\"type\":\"struct\",\"fields\":["
            + "{\"name\":\"x\",\"type\":\"float\",\"nullable\":true,\"metadata\":{}}]},\"nullable\":true,\"metadata\":{}}"
            + "]}";

    @Test
    void readsWhatSparkWrites() {
        Schema schema = SchemaJson.parse(JSON);
        assertThat(schema)
                .isEqualTo(Schema.of(
                        Field.notNull("id", DataType.LONG),
                        Field.of("price", new DataType.Decimal(10, 2)),
                        Field.notNull("ci", DataType.DOUBLE)
                                .withAttributes(
                                        Attribute.nominal(List.of("u", "v")).withName("ci")),
                        Field.of("v", DataType.VECTOR)
                                .withAttributes(AttributeGroup.of(
                                        "v", List.of(Attribute.numeric().withName("a"), Attribute.numeric()))),
                        Field.of("words", DataType.arrayOf(DataType.STRING)),
                        Field.of("pair", new DataType.Struct(Schema.of(Field.of("x", DataType.FLOAT))))));
    }

    @Test
    void writesAsSparkDoes() {
        assertThat(SchemaJson.write(SchemaJson.parse(JSON))).isEqualTo(JSON);
    }

    @Test
    void takesTheNameOfATypeForIt() {
        String json = "{\"fields\":[{\"name\":\"m\",\"type\":\"matrix\"},{\"name\":\"v\",\"type\":\"vector\"}]}";
        Schema schema = SchemaJson.parse(json);
        assertThat(schema.fields()).containsExactly(Field.of("m", DataType.MATRIX), Field.of("v", DataType.VECTOR));
        assertThat(SchemaJson.parse(SchemaJson.write(schema))).isEqualTo(schema);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"fields\":[{}]}",
                "{\"fields\":[{\"name\":\"x\"}]}",
                "{\"fields\":[{\"name\":\"x\",\"type\":\"interval\"}]}",
                "{\"fields\":[{\"name\":\"x\",\"type\":{\"type\":\"udt\",\"class\":\"java.lang.String\"}}]}",
                "{\"fields\":[{\"name\":\"x\",\"type\":{\"type\":\"map\"}}]}",
            })
    void refusesWhatIsNoSchema(String json) {
        assertThatThrownBy(() -> SchemaJson.parse(json)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesTypesAsSparksMessagesDo() {
        assertThat(TypeNames.catalog(DataType.VECTOR))
                .isEqualTo("struct<type:tinyint,size:int,indices:array<int>,values:array<double>>");
        assertThat(TypeNames.catalog(new DataType.Struct(Schema.of(Field.of("x", DataType.LONG)))))
                .isEqualTo("struct<x:bigint>");
        assertThat(TypeNames.scala(DataType.arrayOf(DataType.SHORT))).isEqualTo("ArrayType(ShortType,true)");
        assertThat(TypeNames.scala(new DataType.Decimal(5, 1))).isEqualTo("DecimalType(5,1)");
        assertThat(TypeNames.javaClass(DataType.BOOLEAN)).isEqualTo("class org.apache.spark.sql.types.BooleanType$");
        assertThat(TypeNames.javaClass(DataType.arrayOf(DataType.BYTE)))
                .isEqualTo("class org.apache.spark.sql.types.ArrayType");
    }
}
