// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.operator.StableHash;
import io.millrace.runtime.state.KeyedTable;
import io.millrace.runtime.state.StateDelta;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class PartitionStatesTest {

    private static final int NODE = 3;
    private static final int MANY = 2000;

    private final PartitionStates states = new PartitionStates(InitialStates.NONE);

    @Test
    void committedChangesAreSeenBeforeTheWorkForThemIsDone() {
        states.begin(NODE, 0);
        put(states.table(NODE, 0), 0, MANY, "own");
        states.stage(List.of(new NodeState(NODE, 1, delta(0, MANY, "copied"))));

        assertEquals(2, states.commit(Set.of()).size());

        assertEquals("own", value(states.table(NODE, 0), 7));
        assertEquals("copied", value(states.table(NODE, 1), 7));
        assertEquals(2 * MANY, states.keys());
        assertFalse(states.table(NODE, 0).isBegun());
    }

    @Test
    void aCommitDoesSmallWorkItself() {
        states.begin(NODE, 0);
        put(states.table(NODE, 0), 0, 3, "own");
        states.stage(List.of(new NodeState(NODE, 1, delta(0, 3, "copied"))));

        assertEquals(List.of(), states.commit(Set.of()));
        assertEquals(6, states.keys());
    }

    @Test
    void snapshotsHoldWhatIsYetToBeDone() {
        states.stage(List.of(new NodeState(NODE, 1, delta(0, MANY, "copied"))));
        assertEquals(1, states.commit(Set.of()).size());

        List<NodeState> snapshot = states.snapshot(Set.of(1));

        assertEquals(MANY, snapshot.get(0).keys());
    }

    @Test
    void anotherStateInTheSamePlaceIsNotChangedByWorkThatWasLeft() {
        states.stage(List.of(new NodeState(NODE, 1, delta(0, MANY, "copied"))));
        List<PartitionState> left = states.commit(Set.of());

        states.install(Set.of(1), List.of(new NodeState(NODE, 1, delta(0, 1, "installed"))));
        left.forEach(PartitionState::catchUp);

        assertEquals(1, states.keys());
        assertEquals("installed", value(states.table(NODE, 1), 0));
    }

    @Test
    void whatFailedOperatorsChangedIsTakenBackHereAndNotTakenOverFromElsewhere() {
        states.stage(List.of(new NodeState(NODE, 1, delta(0, MANY, "first"))));
        assertEquals(1, states.commit(Set.of()).size());
        states.begin(NODE, 0);
        put(states.table(NODE, 0), 0, MANY, "own");
        states.stage(List.of(new NodeState(NODE, 1, delta(0, MANY, "second"))));

        assertEquals(List.of(), states.commit(Set.of(NODE)));

        assertEquals(MANY, states.keys());
        assertEquals("first", value(states.table(NODE, 1), 7));
    }

    @Test
    void changesThatCannotBeMadeAreSaidByWhoeverMakesThem() {
        List<Object> keys = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            keys.add(new Fragile());
        }
        KeyedTable<Object, Object> source = new KeyedTable<>();
        source.begin();
        keys.forEach(key -> source.insert(key, 1, "value"));
        states.stage(List.of(new NodeState(NODE, 1, source.delta())));
        List<PartitionState> left = states.commit(Set.of());
        Fragile.broken = true;
        try {
            assertThrows(IllegalStateException.class, left.get(0)::catchUp);
            assertThrows(IllegalStateException.class, () -> states.table(NODE, 1));
        } finally {
            Fragile.broken = false;
        }
        assertEquals(MANY, states.table(NODE, 1).size());
    }

    @Test
    void manyBatchesGiveTheSameWhoeverDoesTheWork() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Map<Object, Object> owned = new HashMap<>();
        Map<Object, Object> copied = new HashMap<>();
        ExecutorService others = Executors.newFixedThreadPool(2);
        try {
            for (int batch = 0; batch < 200; batch++) {
                KeyedTable<Object, Object> elsewhere = new KeyedTable<>();
                elsewhere.begin();
                int from = random.nextInt(5000);
                put(elsewhere, from, MANY, batch);
                states.begin(NODE, 0);
                put(states.table(NODE, 0), from, MANY, batch);
                states.stage(List.of(new NodeState(NODE, 1, elsewhere.delta())));
                boolean failed = random.nextInt(8) == 0;
                List<Future<?>> work = new ArrayList<>();
                for (PartitionState state : states.commit(failed ? Set.of(NODE) : Set.of())) {
                    work.add(others.submit(state::catchUp));
                }
                if (!failed) {
                    for (int i = from; i < from + MANY; i++) {
                        owned.put(i, batch);
                        copied.put(i, batch);
                    }
                }
                if (random.nextBoolean()) {
                    assertEquals(owned.size() + copied.size(), states.keys(), "seed " + seed + ", batch " + batch);
                }
                for (Future<?> done : work) {
                    done.get();
                }
            }
        } finally {
            others.shutdownNow();
        }
        assertEquals(owned, contents(states.table(NODE, 0)), "seed " + seed);
        assertEquals(copied, contents(states.table(NODE, 1)), "seed " + seed);
        assertTrue(owned.size() > MANY, "seed " + seed);
    }

    /** A key whose comparison can be made to fail. */
    private static final class Fragile {
        private static boolean broken;

        @Override
        public boolean equals(Object other) {
            if (broken) {
                throw new IllegalStateException("broken");
            }
            return this == other;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    private static StateDelta<Object, Object> delta(int from, int count, Object value) {
        KeyedTable<Object, Object> table = new KeyedTable<>();
        table.begin();
        put(table, from, count, value);
        return table.delta();
    }

    private static void put(KeyedTable<Object, Object> table, int from, int count, Object value) {
        for (int key = from; key < from + count; key++) {
            int hash = StableHash.of(key);
            int entry = table.find(key, hash);
            if (entry < 0) {
                table.insert(key, hash, value);
            } else {
                table.set(entry, value);
            }
        }
    }

    private static Object value(KeyedTable<Object, Object> table, int key) {
        return table.value(table.find(key, StableHash.of(key)));
    }

    private static Map<Object, Object> contents(KeyedTable<Object, Object> table) {
        Map<Object, Object> all = new HashMap<>();
        for (int entry = 0; entry < table.bound(); entry++) {
            if (table.isLive(entry)) {
                all.put(table.key(entry), table.value(entry));
            }
        }
        return all;
    }
}
