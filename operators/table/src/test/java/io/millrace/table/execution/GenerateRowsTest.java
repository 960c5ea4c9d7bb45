// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ColumnBatchBuilder;
import io.millrace.table.data.Utf8;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.FunctionRegistry;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.type.ArrayType;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataTypes;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenerateRowsTest {

    private static final Schema IN = DataTypes.parseSchema("a bigint, text string, b bigint");
    private static final Expression TEXT = new Expression.Reference(1, AtomicType.STRING, true, "text");

    @ParameterizedTest
    @CsvSource({"1,' '", "2,' '", "3,', '", "4,'ä'", "5,'aa'", "6,'[ x]'"})
    void piecesOfTextsAreThoseThatSplitGives(long seed, String separator) {
        Random random = new Random(seed);
        ColumnBatchBuilder rows = new ColumnBatchBuilder(IN);
        List<List<@Nullable Object>> expected = new ArrayList<>();
        Pattern pattern = Pattern.compile(separator.startsWith("[") ? separator : Pattern.quote(separator));
        for (long row = 0; row < 300; row++) {
            String text = random.nextInt(20) == 0 ? null : text(random, separator);
            rows.append(new @Nullable Object[] {row, text == null ? null : Utf8.of(text), -row});
            if (text != null) {
                for (String piece : pattern.split(text, -1)) {
                    expected.add(Arrays.asList(row, text, -row, piece));
                }
            }
        }
        ColumnBatch made =
                FusedSteps.work(generate(separator, false), false).apply(0).apply(rows.build());
        assertThat(plain(made)).as("seed %d", seed).isEqualTo(expected);
    }

    @Test
    void aProjectionOfPiecesReadsTheColumnsItAskedFor() {
        QueryPlan.Generate generate = generate(" ", false);
        Schema out = DataTypes.parseSchema("piece string, b bigint");
        QueryPlan.Project project = new QueryPlan.Project(
                generate,
                List.of(
                        new Expression.Reference(3, AtomicType.STRING, false, "piece"),
                        new Expression.Reference(2, AtomicType.LONG, true, "b")),
                out);
        ColumnBatchBuilder rows = new ColumnBatchBuilder(IN);
        rows.append(new @Nullable Object[] {1L, Utf8.of("x yy"), 10L});
        rows.append(new @Nullable Object[] {2L, null, 20L});
        rows.append(new @Nullable Object[] {3L, Utf8.of(""), null});
        ColumnBatch made = FusedSteps.work(project, false).apply(0).apply(rows.build());
        assertThat(made.schema()).isEqualTo(out);
        assertThat(plain(made)).isEqualTo(List.of(List.of("x", 10L), List.of("yy", 10L), Arrays.asList("", null)));
        ColumnBatch changes = FusedSteps.work(project, true).apply(0).apply(Changes.marked(rows.build(), Changes.GOES));
        assertThat(plain(changes))
                .isEqualTo(List.of(List.of("x", 10L, -1), List.of("yy", 10L, -1), Arrays.asList("", null, -1)));
        assertThat(FusedSteps.first(project)).isSameAs(generate);
    }

    @Test
    void anOuterStepKeepsARowWithoutPieces() {
        ColumnBatchBuilder rows = new ColumnBatchBuilder(IN);
        rows.append(new @Nullable Object[] {1L, null, 2L});
        ColumnBatch made = FusedSteps.work(generate(" ", true), false).apply(0).apply(rows.build());
        assertThat(plain(made)).isEqualTo(List.of(Arrays.asList(1L, null, 2L, null)));
    }

    private static QueryPlan.Generate generate(String separator, boolean outer) {
        List<Expression> arguments = List.of(TEXT, new Expression.Literal(Utf8.of(separator), AtomicType.STRING));
        Expression split = new Expression.Call(
                FunctionRegistry.spark().scalar("split").orElseThrow().bind(arguments), arguments);
        assertThat(split.type()).isInstanceOf(ArrayType.class);
        List<Field> fields = new ArrayList<>(IN.fields());
        fields.add(Field.of("piece", AtomicType.STRING));
        return new QueryPlan.Generate(
                new QueryPlan.Scan("rows", true, IN), split, false, false, outer, new Schema(fields));
    }

    private static String text(Random random, String separator) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            switch (random.nextInt(4)) {
                case 0 -> text.append(separator);
                case 1 -> text.append(random.nextBoolean() ? "a" : " ");
                case 2 -> text.append("übung,");
                default -> text.append("longer word".repeat(random.nextInt(3)));
            }
        }
        return text.toString();
    }

    private static List<List<@Nullable Object>> plain(ColumnBatch batch) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int row = 0; row < batch.rows(); row++) {
            List<@Nullable Object> values = new ArrayList<>();
            for (Object value : batch.row(row)) {
                values.add(value instanceof Utf8 text ? text.toString() : value);
            }
            rows.add(values);
        }
        return rows;
    }
}
