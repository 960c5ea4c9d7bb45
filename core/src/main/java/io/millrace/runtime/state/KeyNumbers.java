// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.state;

import io.millrace.operator.StableHash;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of the keys of one task, in order of first appearance; reused from batch to batch. Used by one thread at a time.
 */
public final class KeyNumbers {

    /** From so many keys on the index is larger than the nearest caches. */
    private static final int WIDE = 4096;

    private final RecentUse use = new RecentUse();
    private KeyTable keys = new KeyTable(KeyTable.MIN_CAPACITY);
    private TextIndex texts = new TextIndex();

    /** No key has a number. */
    public KeyNumbers() {}

    /**
     * The number of a key; a key that is new gets the next one, which is {@link #size} before.
     *
     * @throws IllegalArgumentException if the key has no stable hash; nothing is changed then
     */
    public int of(@Nullable Object key) {
        int found = key instanceof String text ? texts.find(text) : TextIndex.NOT_SHORT;
        return found >= 0 ? found : ofRare(key, found);
    }

    /** How many keys can be noted at once. */
    public static int noted() {
        return TextIndex.NOTED;
    }

    /** True if so many keys have a number that noting them first and finding them together is worth the trouble. */
    public boolean isWide() {
        return keys.bound() >= WIDE;
    }

    /** Notes a key for {@link #ofNoted}; false if it cannot be noted. */
    public boolean note(int place, @Nullable Object key) {
        return key instanceof String text && texts.note(place, text);
    }

    /** Fetches what is needed to find the first keys noted. */
    public void fetch(int count) {
        texts.fetch(count);
    }

    /** The number of a key that was noted. */
    public int ofNoted(int place, @Nullable Object key) {
        int found = texts.findNoted(place);
        return found >= 0 ? found : ofRare(key, found);
    }

    private int ofRare(@Nullable Object key, int found) {
        int hash = StableHash.of(key);
        if (found != TextIndex.NOT_SHORT) {
            int number = keys.append(key, hash);
            texts.addMissing(number);
            return number;
        }
        int known = keys.find(key, hash);
        return known >= 0 ? known : keys.add(key, hash);
    }

    /** How many keys have a number. */
    public int size() {
        return keys.bound();
    }

    /** The key with a number. */
    public @Nullable Object key(int number) {
        return keys.key(number);
    }

    /** The stable hash of the key with a number. */
    public int hash(int number) {
        return keys.hash(number);
    }

    /** Forgets everything; keeps the room unless recent batches used less than a sixteenth of it. */
    public void clear() {
        if (use.leavesTooMuch(keys.bound(), keys.capacity())) {
            keys = new KeyTable(2 * use.recent());
            texts = new TextIndex();
        } else {
            keys.clear();
            texts.clear();
        }
    }
}
