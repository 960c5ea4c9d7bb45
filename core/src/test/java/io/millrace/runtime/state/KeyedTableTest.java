// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operator.StableHash;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway") // which does not know that values may be null where the type argument says so
class KeyedTableTest {

    private final KeyedTable<@Nullable Object, @Nullable Object> table = new KeyedTable<>();

    @Test
    void findsAKeyAtOnceAndAfterTheCommit() {
        table.begin();
        int entry = insert("a", 1L);

        assertThat(find("a")).isEqualTo(entry);
        table.commit();

        assertThat(find("a")).isEqualTo(entry);
        assertThat(table.value(entry)).isEqualTo(1L);
        assertThat(table.size()).isEqualTo(1);
        assertThat(table.isBegun()).isFalse();
    }

    @Test
    void forgetsWhatABatchInsertedWhenItIsRolledBack() {
        commit("a", 1L);
        table.begin();
        insert("b", 2L);
        insert("c", 3L);

        table.rollback();

        assertThat(table.size()).isEqualTo(1);
        assertThat(table.bound()).isEqualTo(1);
        assertThat(find("b")).isEqualTo(-1);
        assertThat(find("a")).isZero();
    }

    @Test
    void restoresValuesAndTimersWhenABatchIsRolledBack() {
        commit("a", 1L);
        table.begin();
        table.setTimer(0, 100);
        table.commit();
        table.begin();
        table.set(0, "text");
        table.set(0, null);
        table.setTimer(0, 50);

        table.rollback();

        assertThat(table.value(0)).isEqualTo(1L);
        assertThat(table.timer(0)).isEqualTo(100);
    }

    @Test
    void bringsARemovedKeyBackWhenTheBatchIsRolledBack() {
        commit("a", 1L);
        commit("b", 2L);
        table.begin();
        table.setTimer(0, 77);
        table.commit();
        table.begin();
        table.set(0, 5L);
        table.remove(0);

        assertThat(find("a")).isEqualTo(-1);
        assertThat(table.isLive(0)).isFalse();
        assertThat(table.timer(0)).isEqualTo(Long.MAX_VALUE);
        table.rollback();

        assertThat(find("a")).isZero();
        assertThat(table.value(0)).isEqualTo(1L);
        assertThat(table.timer(0)).isEqualTo(77);
        assertThat(liveKeys()).containsExactly("a", "b");
    }

    @Test
    void givesTheNumberOfARemovedEntryAwayOnlyAfterTheCommit() {
        commit("a", 1L);
        table.begin();
        table.remove(0);
        assertThat(insert("b", 2L)).isEqualTo(1);
        table.commit();

        table.begin();
        assertThat(insert("c", 3L)).isZero();
        table.commit();

        assertThat(liveKeys()).containsExactly("c", "b");
        assertThat(table.bound()).isEqualTo(2);
    }

    @Test
    void insertsAKeyAgainThatTheSameBatchRemoved() {
        commit("a", 1L);
        table.begin();
        table.setTimer(0, 9);
        table.remove(0);
        int entry = insert("a", 2L);

        StateDelta<?, ?> delta = table.delta();
        table.commit();

        assertThat(delta).hasToString("StateDelta[1 put, 0 removed]");
        assertThat(delta.value(0)).isEqualTo(2L);
        assertThat(delta.timer(0)).isEqualTo(Long.MAX_VALUE);
        assertThat(find("a")).isEqualTo(entry);
        assertThat(table.value(entry)).isEqualTo(2L);
    }

    @Test
    void saysNothingOfAKeyThatCameAndWent() {
        table.begin();
        int entry = insert("a", 1L);
        table.setTimer(entry, 5);
        table.remove(entry);

        assertThat(table.delta().isEmpty()).isTrue();
        table.commit();

        assertThat(find("a")).isEqualTo(-1);
        assertThat(table.bound()).isZero();
        assertThat(table.nextDue(100)).isEqualTo(-1);
    }

    @Test
    void saysNothingOfAValueThatIsBackToTheOldOne() {
        commit("a", 1L);
        Object list = List.of();
        commit("b", list);
        table.begin();
        table.set(0, 2L);
        table.set(0, 1L);
        table.set(1, "other");
        table.set(1, list);
        table.setTimer(0, 4);
        table.clearTimer(0);

        assertThat(table.delta().isEmpty()).isTrue();
    }

    @Test
    void takesSettingTheSameValueForNoChange() {
        commit("a", 1_000_000L);
        table.begin();
        table.set(0, 1_000_000L);

        assertThat(table.delta().isEmpty()).isTrue();
    }

    @Test
    void tellsOfATimerThatFired() {
        commit("a", 1L);
        table.begin();
        table.setTimer(0, 10);
        table.commit();
        table.begin();

        assertThat(table.nextDue(9)).isEqualTo(-1);
        assertThat(table.nextDue(10)).isZero();
        assertThat(table.nextDue(10)).isEqualTo(-1);

        StateDelta<?, ?> delta = table.delta();
        assertThat(delta.size()).isEqualTo(1);
        assertThat(delta.timers()).isNull();
        table.rollback();
        table.begin();
        assertThat(table.nextDue(10)).isZero();
    }

    @Test
    void keepsValuesUnboxedWhenADeltaRemovesKeys() {
        commit("a", 1L);
        commit("b", 2L);
        table.begin();
        table.remove(0);
        table.set(1, 3L);

        StateDelta<?, ?> delta = table.delta();

        assertThat(delta.values().isLongs()).isTrue();
        assertThat(delta.isRemoved(0)).isTrue();
        assertThat(delta.value(1)).isEqualTo(3L);
    }

    @Test
    void appliesADeltaTwiceAsOnce() {
        commit("a", 1L);
        commit("b", 2L);
        KeyedTable<@Nullable Object, @Nullable Object> backup = new KeyedTable<>();
        backup.apply(table.snapshot());
        table.begin();
        table.remove(0);
        table.set(1, 5L);
        insert("c", 6L);
        StateDelta<@Nullable Object, @Nullable Object> delta = table.delta();
        table.commit();

        backup.apply(delta);
        backup.apply(delta);

        assertThat(backup.size()).isEqualTo(2);
        assertThat(backup.value(backup.find("b", StableHash.of("b")))).isEqualTo(5L);
        assertThat(backup.value(backup.find("c", StableHash.of("c")))).isEqualTo(6L);
    }

    @Test
    void takesANullKeyAndANullValue() {
        commit(null, null);

        assertThat(find(null)).isZero();
        assertThat(table.value(0)).isNull();
        assertThat(table.snapshot().key(0)).isNull();
    }

    @Test
    void lowersTheBoundWhenTheLastEntriesAreGone() {
        table.begin();
        for (int i = 0; i < 100_000; i++) {
            insert(i, (long) i);
        }
        table.commit();
        long bytes = table.bytes();
        table.begin();
        for (int entry = 10; entry < 100_000; entry++) {
            table.remove(entry);
        }
        assertThat(table.bound()).isEqualTo(100_000);
        table.commit();

        assertThat(table.bound()).isEqualTo(10);
        assertThat(table.bytes()).isLessThan(bytes / 2);
        assertThat(liveKeys()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(find(9)).isEqualTo(9);
        table.begin();
        assertThat(insert("next", 1L)).isEqualTo(10);
    }

    @Test
    void countsBatchesAnewWhenTheirNumbersRunOut() {
        commit("a", 1L);
        table.skipBatches(Integer.MAX_VALUE);
        table.begin();
        table.set(0, 2L);

        assertThat(table.delta().size()).isEqualTo(1);
        table.rollback();

        assertThat(table.value(0)).isEqualTo(1L);
    }

    @Test
    void givesTheSameNumbersAgainAfterARollback() {
        commit("a", 1L);
        commit("b", 2L);
        commit("c", 3L);
        commit("d", 4L);
        table.begin();
        table.remove(0);
        table.remove(1);
        table.remove(2);
        table.commit();
        table.begin();
        List<Integer> numbers = List.of(insert("x", 1L), insert("y", 2L), insert("z", 3L), insert("a", 4L));
        table.rollback();

        table.begin();

        assertThat(List.of(insert("x", 1L), insert("y", 2L), insert("z", 3L), insert("a", 4L)))
                .isEqualTo(numbers)
                .containsExactly(0, 1, 2, 4);
    }

    @Test
    void refusesChangesOutsideOfABatch() {
        commit("a", 1L);

        assertThatThrownBy(() -> insert("b", 2L)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> table.set(0, 2L)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> table.remove(0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> table.setTimer(0, 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(table::commit).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(table::rollback).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(table::delta).isInstanceOf(IllegalStateException.class);
        assertThat(table.value(0)).isEqualTo(1L);
    }

    @Test
    void refusesABatchWithinABatch() {
        table.begin();

        assertThatThrownBy(table::begin).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(table::snapshot).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesAKeyThatIsThereAndAnEntryThatIsNot() {
        commit("a", 1L);
        table.begin();

        assertThatThrownBy(() -> insert("a", 2L)).hasMessageContaining("is there already, as entry 0");
        assertThatThrownBy(() -> table.set(1, 2L)).hasMessageContaining("entry 1 holds no key");
        assertThatThrownBy(() -> table.remove(1)).hasMessageContaining("entry 1 holds no key");
        assertThatThrownBy(() -> table.setTimer(1, 2)).hasMessageContaining("entry 1 holds no key");
        assertThat(table.delta().isEmpty()).isTrue();
    }

    private void commit(@Nullable Object key, @Nullable Object value) {
        table.begin();
        insert(key, value);
        table.commit();
    }

    private int insert(@Nullable Object key, @Nullable Object value) {
        return table.insert(key, StableHash.of(key), value);
    }

    private int find(@Nullable Object key) {
        return table.find(key, StableHash.of(key));
    }

    private List<@Nullable Object> liveKeys() {
        List<@Nullable Object> keys = new ArrayList<>();
        for (int entry = 0; entry < table.bound(); entry++) {
            if (table.isLive(entry)) {
                keys.add(table.key(entry));
            }
        }
        return keys;
    }
}
