// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.table.AnalysisException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataTypesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INT|int",
                "Long|bigint",
                "varchar(10)|string",
                "decimal|decimal(10,0)",
                "numeric( 5 , 2 )|decimal(5,2)",
                "array< struct<a : int, b decimal(10,2)>>|array<struct<a:int,b:decimal(10,2)>>",
                "map<string,array<double>>|map<string,array<double>>",
                "interval hour to second|interval day to second",
                "interval year|interval year to month",
                "struct<>|struct<>",
            })
    void typesAreRead(String text, String sql) {
        assertThat(DataTypes.parse(text).sql()).isEqualTo(sql);
    }

    @Test
    void schemasAreRead() {
        Schema schema = DataTypes.parseSchema("word STRING, `odd name` BIGINT NOT NULL COMMENT 'how many'");
        assertThat(schema).hasToString("word string, odd name bigint");
        assertThat(schema.field(0).nullable()).isTrue();
        assertThat(schema.field(1).nullable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "intt", "array<int", "decimal(39)", "decimal(3,4)", "map<int>", "int int", "struct<a>"})
    void otherTextsAreRefused(String text) {
        assertThatThrownBy(() -> DataTypes.parse(text))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("character");
    }
}
