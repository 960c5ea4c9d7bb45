// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.table.QueryExecutionException;
import io.millrace.table.Row;
import io.millrace.table.TableSession;
import io.millrace.table.type.DataTypes;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A record of few characters may stand for a number of millions of digits, which nobody may write out: that takes minutes. */
@Timeout(30)
class HugeNumbersTest {

    private static final TableSession SESSION = TableSession.builder().build();

    @TempDir
    Path directory;

    @AfterAll
    static void close() {
        SESSION.close();
    }

    private static Row first(String sql) {
        return SESSION.sql(sql).collect().get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "1e-90000000, 0.00",
        "-1e-90000000, 0.00",
        "0.00499, 0.00",
        "0.005, 0.01",
        "-0.005, -0.01",
        "0e30, 0.00",
        "0e-90000000, 0.00",
        "99999999.994, 99999999.99",
        "1e7, 10000000.00",
    })
    void aTextIsRounded(String text, BigDecimal expected) {
        SESSION.fromRows(DataTypes.parseSchema("s string"), List.of(Row.of(text)))
                .createOrReplaceTempView("texts");

        assertThat(first("SELECT CAST(s AS decimal(10, 2)) FROM texts")).isEqualTo(Row.of(expected));
        assertThat(first("SELECT from_json(concat('{\"n\":', s, '}'), 'n decimal(10, 2)').n FROM texts"))
                .isEqualTo(Row.of(expected));
    }

    @ParameterizedTest
    @CsvSource({"1e90000000", "-1e90000000", "1e8", "99999999.995"})
    void aTextThatIsTooLargeIsNoValue(String text) {
        SESSION.fromRows(DataTypes.parseSchema("s string"), List.of(Row.of(text)))
                .createOrReplaceTempView("texts");

        assertThatThrownBy(() -> first("SELECT CAST(s AS decimal(10, 2)) FROM texts"))
                .isInstanceOf(QueryExecutionException.class);
        assertThat(first("SELECT from_json(concat('{\"n\":', s, '}'), 'n decimal(10, 2)').n FROM texts")
                        .get(0))
                .isNull();
        assertThat(first("SELECT from_csv(s, 'n decimal(10, 2)').n FROM texts").get(0))
                .isNull();
    }

    @Test
    void cellsOfFilesAreNoValueOrRounded() throws Exception {
        Files.writeString(directory.resolve("a.csv"), "1e90000000\n1e-90000000\n2.5\n");

        assertThat(SESSION.read()
                        .format("csv")
                        .schema("n decimal(10, 2)")
                        .load(directory.toString())
                        .collect())
                .containsExactly(Row.of((Object) null), Row.of(new BigDecimal("0.00")), Row.of(new BigDecimal("2.50")));
    }
}
