// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnTest {

    private final Column column = new Column();

    @Test
    void keepsLongValuesUnboxed() {
        for (long i = 0; i < 1000; i++) {
            column.add(i);
        }

        assertThat(column.isLongs()).isTrue();
        assertThat(column.size()).isEqualTo(1000);
        assertThat(column.longs()).startsWith(0, 1, 2);
        assertThat(column.longAt(999)).isEqualTo(999);
        assertThat(column.get(999)).isEqualTo(999L);
    }

    @Test
    void boxesWhatIsThereWhenAnotherValueComes() {
        column.addLong(1);
        column.addLong(2);

        column.add("three");

        assertThat(column.isLongs()).isFalse();
        assertThat(contents(column)).containsExactly(1L, 2L, "three");
        assertThat(column.objects()).startsWith(1L, 2L, "three");
    }

    @Test
    void boxesWhenAValueIsReplacedByNull() {
        column.addLong(1);
        column.addLong(2);

        column.set(0, null);
        column.setLong(1, 3);

        assertThat(contents(column)).containsExactly(null, 3L);
    }

    @Test
    void takesAnIntegerForAnObject() {
        column.add(1);

        assertThat(column.isLongs()).isFalse();
        assertThat(column.get(0)).isEqualTo(1);
    }

    @Test
    void letsGoOfObjectsWhenItIsCleared() {
        column.add("a");
        column.add("b");
        @Nullable Object[] behind = column.objects();

        column.clear();

        assertThat(behind).containsOnlyNulls();
        assertThat(column.size()).isZero();
    }

    @Test
    void goesBackToLongsWhenItIsEmptyAndALongComesFirst() {
        column.add("a");
        column.clear();

        column.add(7L);

        assertThat(column.isLongs()).isTrue();
        assertThat(contents(column)).containsExactly(7L);
    }

    @Test
    void keepsTheRoomForObjectsAcrossClears() {
        column.add("a");
        @Nullable Object[] behind = column.objects();
        column.clear();

        column.add("b");

        assertThat(column.objects()).isSameAs(behind);
    }

    @Test
    void isMadeOfRawArraysWithoutACopy() {
        long[] longs = {1, 2, 3};
        @Nullable Object[] objects = {"a", null};

        assertThat(Column.of(longs, 2).longs()).isSameAs(longs);
        assertThat(contents(Column.of(longs, 2))).containsExactly(1L, 2L);
        assertThat(contents(Column.of(objects, 2))).containsExactly("a", null);
        assertThatThrownBy(() -> Column.of(longs, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0..3, but is 4");
    }

    @Test
    void refusesToGiveTheArrayItDoesNotHave() {
        Column objects = Column.of(new Object[1], 1);

        assertThatThrownBy(column::objects).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(objects::longs).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void behavesAsAListOfObjects(long seed) {
        Random random = new Random(seed);
        List<@Nullable Object> model = new ArrayList<>();
        int othersIn = random.nextBoolean() ? 4 : 500;

        for (int i = 0; i < 5000; i++) {
            Object value = random.nextInt(othersIn) == 0 ? otherValue(random) : (Object) random.nextLong();
            int what = random.nextInt(100);
            if (what < 60 || model.isEmpty()) {
                column.add(value);
                model.add(value);
            } else if (what < 98) {
                int at = random.nextInt(model.size());
                column.set(at, value);
                model.set(at, value);
            } else {
                int left = random.nextInt(model.size() + 1) * random.nextInt(2);
                column.truncate(left);
                model.subList(left, model.size()).clear();
            }
            if (i % 97 == 0) {
                assertThat(contents(column)).as("seed %d, step %d", seed, i).isEqualTo(model);
            }
        }
        assertThat(contents(column)).as("seed %d", seed).isEqualTo(model);
    }

    private static @Nullable Object otherValue(Random random) {
        return random.nextBoolean() ? null : "s" + random.nextInt();
    }

    private static List<@Nullable Object> contents(Column column) {
        List<@Nullable Object> contents = new ArrayList<>();
        for (int i = 0; i < column.size(); i++) {
            contents.add(column.get(i));
        }
        return contents;
    }
}
