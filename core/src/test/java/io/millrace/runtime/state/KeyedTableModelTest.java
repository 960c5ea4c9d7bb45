// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random batches against a {@code HashMap}, with a backup that lives on deltas alone. */
@SuppressWarnings("NullAway") // which does not know that values may be null where the type argument says so
class KeyedTableModelTest {

    /** What the model keeps per key. */
    private record Kept(@Nullable Object value, long timer) {}

    private final KeyedTable<@Nullable Object, @Nullable Object> table = new KeyedTable<>();
    private final KeyedTable<@Nullable Object, @Nullable Object> backup = new KeyedTable<>();
    private Map<@Nullable Object, Kept> model = new HashMap<>();

    /** Entry numbers seen in the running batch, which must not change. */
    private final Map<@Nullable Object, Integer> entries = new HashMap<>();

    private long now = 1000;
    private int keys;
    private int hashes;
    private boolean onlyLongs;
    private int removals;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void behavesAsAMapThatCanTakeABatchBack(long seed) {
        Random random = new Random(seed);
        onlyLongs = random.nextBoolean();
        keys = 1 + random.nextInt(random.nextBoolean() ? 40 : 4000);
        hashes = random.nextBoolean() ? Integer.MAX_VALUE : 1 + keys / 5;

        for (int number = 0; number < 80; number++) {
            String what = "seed " + seed + ", batch " + number;
            // Times of growth and times of shrinking.
            removals = number / 20 % 2 == 0 ? 10 : 60;
            Map<@Nullable Object, Kept> before = new HashMap<>(model);
            List<@Nullable Object> order = liveKeys(table);
            table.begin();
            int changes = random.nextInt(4) == 0 ? 0 : random.nextInt(2 * keys);
            for (int i = 0; i < changes; i++) {
                change(random, what);
            }
            if (random.nextInt(3) == 0) {
                fire(what);
            }
            assertSame(table, model, what + " before its end");
            StateDelta<@Nullable Object, @Nullable Object> delta = table.delta();
            assertNetChanges(delta, before, model, what);
            if (random.nextInt(4) == 0) {
                table.rollback();
                model = before;
                assertThat(liveKeys(table)).as(what).isEqualTo(order);
            } else {
                table.commit();
                backup.apply(delta);
                assertSame(backup, model, what + " in the backup");
            }
            assertSame(table, model, what + " after its end");
            entries.clear();
            now += random.nextInt(10);
        }
        KeyedTable<@Nullable Object, @Nullable Object> restored = new KeyedTable<>();
        restored.apply(table.snapshot());
        assertSame(restored, model, "seed " + seed + " restored");
    }

    private void change(Random random, String what) {
        Object key = random.nextInt(keys);
        key = key.equals(0) ? null : key;
        int hash = hash(key);
        int entry = table.find(key, hash);
        Kept kept = model.get(key);
        assertThat(entry >= 0).as(what).isEqualTo(kept != null);
        if (kept == null) {
            Object value = value(random);
            entry = table.insert(key, hash, value);
            model.put(key, new Kept(value, Long.MAX_VALUE));
            assertThat(entry).isLessThan(table.bound());
        } else if (random.nextInt(100) < removals) {
            table.remove(entry);
            model.remove(key);
            entries.remove(key);
            return;
        } else if (random.nextInt(3) > 0) {
            Object value = random.nextInt(5) == 0 ? kept.value() : value(random);
            table.set(entry, value);
            model.put(key, new Kept(value, kept.timer()));
        } else {
            long timer = random.nextInt(4) == 0 ? Long.MAX_VALUE : now + random.nextInt(30) - 5;
            if (timer == Long.MAX_VALUE) {
                table.clearTimer(entry);
            } else {
                table.setTimer(entry, timer);
            }
            model.put(key, new Kept(kept.value(), timer));
        }
        Integer known = entries.putIfAbsent(key, entry);
        assertThat(known == null || known == entry)
                .as(what + ": entry is stable")
                .isTrue();
    }

    private void fire(String what) {
        long last = Long.MIN_VALUE;
        int lastEntry = -1;
        long due = model.values().stream().filter(k -> k.timer() <= now).count();
        for (long i = 0; i < due; i++) {
            int entry = table.nextDue(now);
            assertThat(entry).as(what).isNotNegative();
            Object key = table.key(entry);
            Kept kept = Objects.requireNonNull(model.get(key));
            assertThat(kept.timer()).as(what).isBetween(last, now);
            if (kept.timer() == last) {
                assertThat(entry).as(what).isGreaterThan(lastEntry);
            }
            last = kept.timer();
            lastEntry = entry;
            assertThat(table.timer(entry)).isEqualTo(Long.MAX_VALUE);
            model.put(key, new Kept(kept.value(), Long.MAX_VALUE));
        }
        assertThat(table.nextDue(now)).as(what).isEqualTo(-1);
    }

    private void assertNetChanges(
            StateDelta<@Nullable Object, @Nullable Object> delta,
            Map<@Nullable Object, Kept> before,
            Map<@Nullable Object, Kept> after,
            String what) {
        Map<@Nullable Object, Kept> patched = new HashMap<>(before);
        for (int row = 0; row < delta.size(); row++) {
            Object key = delta.key(row);
            assertThat(delta.hash(row)).as(what).isEqualTo(hash(key));
            Kept was = before.get(key);
            if (delta.isRemoved(row)) {
                assertThat(was).as(what + ": only what was there is removed").isNotNull();
                patched.remove(key);
            } else {
                Kept kept = new Kept(delta.value(row), delta.timer(row));
                assertThat(was == null || was.timer() != kept.timer() || !Column.same(was.value(), kept.value()))
                        .as(what + ": only changes are told")
                        .isTrue();
                patched.put(key, kept);
            }
        }
        assertThat(patched).as(what).isEqualTo(after);
    }

    private void assertSame(
            KeyedTable<@Nullable Object, @Nullable Object> actual, Map<@Nullable Object, Kept> expected, String what) {
        Map<@Nullable Object, Kept> contents = new HashMap<>();
        for (int entry = 0; entry < actual.bound(); entry++) {
            if (actual.isLive(entry)) {
                Object key = actual.key(entry);
                assertThat(actual.find(key, actual.hash(entry))).as(what).isEqualTo(entry);
                assertThat(contents.put(key, new Kept(actual.value(entry), actual.timer(entry))))
                        .as(what)
                        .isNull();
            }
        }
        assertThat(contents).as(what).isEqualTo(expected);
        assertThat(actual.size()).as(what).isEqualTo(expected.size());
    }

    private static List<@Nullable Object> liveKeys(KeyedTable<@Nullable Object, @Nullable Object> table) {
        List<@Nullable Object> keys = new ArrayList<>();
        for (int entry = 0; entry < table.bound(); entry++) {
            if (table.isLive(entry)) {
                keys.add(table.key(entry));
            }
        }
        return keys;
    }

    private int hash(@Nullable Object key) {
        int spread = Objects.hashCode(key) * 0x9E3779B1;
        return hashes == Integer.MAX_VALUE ? spread : Math.floorMod(spread, hashes);
    }

    private @Nullable Object value(Random random) {
        if (onlyLongs || random.nextInt(20) > 0) {
            return (long) random.nextInt(5);
        }
        return random.nextBoolean() ? null : "text" + random.nextInt(3);
    }
}
