// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.recommendation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.mllib.MllibModels;
import io.millrace.mllib.SavedCopy;
import io.millrace.mllib.model.RowProgram;
import io.millrace.mllib.model.ScoringException;
import io.millrace.mllib.storage.ModelFormatException;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.storage.ParquetRow;
import io.millrace.mllib.storage.TestRows;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import io.millrace.mllib.table.Schema;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ALSTest {

    private static final Params PARAMS = Params.of("als", Map.of());

    @TempDir
    private Path directory;

    private final ALSModel model = model(PARAMS);

    private static ALSModel model(Params params) {
        return new ALSModel(
                params,
                2,
                FactorTable.of(List.of(factors(7, 1, 0), factors(-3, 0, 2)), 2),
                FactorTable.of(List.of(factors(10, 1, 1), factors(11, 3, 1), factors(12, 3, -1)), 2));
    }

    @Test
    void predictsWhatItKnows() {
        assertThat(model.predict(7, 11)).isEqualTo(3f);
        assertThat(model.predict(-3, 12)).isEqualTo(-2f);
        assertThat(model.predict(8, 11)).isNaN();
        assertThat(model.predict(7, 99)).isNaN();
        assertThat(model.userIds()).containsExactly(-3, 7);
    }

    @Test
    void recommendsTheBestFirstAndOfEqualOnesTheLargerId() {
        assertThat(model.recommendForUser(7, 5))
                .containsExactly(new Recommendation(12, 3), new Recommendation(11, 3), new Recommendation(10, 1));
        assertThat(model.recommendForUser(7, 1)).containsExactly(new Recommendation(12, 3));
        assertThat(model.recommendForUser(1, 1)).isEmpty();
        assertThat(model.recommendForItem(12, 1)).containsExactly(new Recommendation(7, 3));
        assertThat(model.recommendForAllUsers(1)).containsOnlyKeys(-3, 7);
        assertThat(model.recommendForAllItems(2)).containsOnlyKeys(10, 11, 12);
        assertThat(model.recommendForUserSubset(List.of(7, 8, 7), 2)).containsOnlyKeys(7);
        assertThat(model.recommendForItemSubset(List.of(11), 2).get(11))
                .containsExactly(new Recommendation(7, 3), new Recommendation(-3, 2));
        assertThatThrownBy(() -> model.recommendForAllUsers(0)).hasMessage("most=0 < 1");
    }

    @Test
    void takesIdsOfAnyTypeOfNumberThatAreWholeAndWithinInt() {
        assertThat(score(DataType.LONG, 7L)).isEqualTo(3f);
        assertThat(score(DataType.SHORT, (short) 7)).isEqualTo(3f);
        assertThat(score(DataType.BYTE, (byte) 7)).isEqualTo(3f);
        assertThat(score(DataType.DOUBLE, 7.0)).isEqualTo(3f);
        assertThat(score(DataType.FLOAT, 7f)).isEqualTo(3f);
        assertThat(score(new DataType.Decimal(5, 1), new BigDecimal("7.0"))).isEqualTo(3f);
        refused(DataType.DOUBLE, 7.5, "without fractional part for column user, but got 7.5 SQLSTATE");
        refused(DataType.FLOAT, 7.5f, "but got 7.5 SQLSTATE");
        refused(DataType.LONG, 1L << 31, "The value 2147483648L of the type \"BIGINT\" cannot be cast to \"INT\"");
        refused(DataType.LONG, (1L << 32) + 7, "of the type \"BIGINT\"");
        refused(DataType.DOUBLE, Double.NaN, "The value NaN of the type \"DOUBLE\"");
        refused(DataType.FLOAT, 1e10f, "The value 1.0E10 of the type \"FLOAT\"");
        refused(new DataType.Decimal(12, 1), new BigDecimal("3000000000.0"), "The value 3000000000.0BD of the type");
        refused(DataType.INTEGER, null, "[USER_RAISED_EXCEPTION] user Ids MUST NOT be Null SQLSTATE: P0001");
        refused(DataType.LONG, null, "[USER_RAISED_EXCEPTION] null SQLSTATE: P0001");
        assertThatThrownBy(() -> program(model, DataType.STRING))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Column user must be of type numeric");
    }

    @Test
    void dropsWhatItDoesNotKnowIfToldSo() {
        RowProgram program = program(model(PARAMS.with("coldStartStrategy", "DROP")), DataType.INTEGER);
        assertThat(program.run(new Object[] {8, 11})).isNull();
        assertThat(program.run(new Object[] {7, 11})).containsExactly(7, 11, 3f);
    }

    @Test
    void castsTheColumnsOfIdsInTheirPlaces() {
        RowProgram program = program(model, DataType.LONG);
        assertThat(program.outputSchema().names()).containsExactly("user", "item", "prediction");
        assertThat(program.outputSchema().field("user").type()).isEqualTo(DataType.INTEGER);
        assertThat(program.run(new Object[] {7L, 11})).containsExactly(7, 11, 3f);
    }

    @Test
    void refusesWhatAreNoFactors() throws IOException {
        assertThatThrownBy(() -> FactorTable.of(List.of(factors(1, 1, 1), factors(1, 1, 1)), 2))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage("data: column id is 1 in two rows");
        assertThatThrownBy(() -> FactorTable.of(List.of(factors(1, 1)), 2))
                .hasMessage("data: column features has 1 entries, the rank is 2");
        SavedCopy copy = SavedCopy.of("als", directory);
        copy.with("metadata", "\"rank\":4", "\"rank\":5");
        assertThatThrownBy(() -> MllibModels.load(copy.path()))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("has 4 entries, the rank is 5");
        copy.with("metadata", "\"rank\":5", "\"rank\":0");
        assertThatThrownBy(() -> MllibModels.load(copy.path())).hasMessageContaining("rank is 0, must be at least 1");
        copy.with("metadata", "\"rank\":0", "\"rank\":4").with("metadata", "\"nan\"", "\"maybe\"");
        assertThatThrownBy(() -> MllibModels.load(copy.path())).hasMessageContaining("must be nan or drop");
    }

    private static RowProgram program(ALSModel model, DataType userType) {
        return model.program(Schema.of(Field.of("user", userType), Field.of("item", DataType.INTEGER)));
    }

    private @Nullable Object score(DataType type, @Nullable Object user) {
        Object[] row = program(model, type).run(new Object[] {user, 11});
        return row == null ? null : row[2];
    }

    private void refused(DataType type, @Nullable Object user, String message) {
        assertThatThrownBy(() -> score(type, user))
                .isInstanceOf(ScoringException.class)
                .hasMessageContaining(message);
    }

    private static ParquetRow factors(int id, float... features) {
        return TestRows.row(Map.of("id", id, "features", features));
    }
}
