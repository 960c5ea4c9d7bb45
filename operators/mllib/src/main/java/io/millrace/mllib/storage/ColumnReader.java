// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.storage;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the entries of one column in a row group: values, nulls and empty lists, with their levels. It stands at an
 * entry, whose value is taken once, if it has one, before {@link #next}.
 */
final class ColumnReader {

    private final ColumnPages column;
    private final int type;
    private final int definitions;
    private final int repetitions;

    private int nextPage;
    /** Entries of this page that are not read yet, the one it stands at not among them. */
    private int left;

    private boolean ended;
    private int definition;
    private int repetition;

    private @Nullable RunReader repetitionLevels;
    private @Nullable RunReader definitionLevels;
    /** Places in the dictionary, if the page has such. */
    private @Nullable RunReader places;

    private byte[] values = {};
    private ByteBuffer numbers = ByteBuffer.wrap(values);
    /** Where the next value begins, in bits for booleans. */
    private int at;

    private @Nullable ByteBuffer dictionary;
    private String @Nullable [] dictionaryStrings;

    /** Stands at the first entry. */
    ColumnReader(ColumnPages column) {
        this.column = column;
        type = column.field().type();
        definitions = column.field().definitions();
        repetitions = column.field().repetitions();
        next();
    }

    /** How much of what the entry is in is there. */
    int definition() {
        if (ended) {
            throw column.failure("ends before its records do");
        }
        return definition;
    }

    /** Which list the entry goes on with; 0 if it begins a record, or there are no more. */
    int repetition() {
        return repetition;
    }

    /** Refuses an entry that goes on with a record where one begins. */
    void expectRecord() {
        if (repetition != 0) {
            throw column.failure("goes on with a list where a record begins");
        }
    }

    /** Refuses a column that goes on behind the last record. */
    void expectEnd() {
        if (!ended) {
            throw column.failure("goes on behind the last record");
        }
    }

    /** Goes to the next entry. */
    void next() {
        while (left == 0) {
            if (nextPage == column.pages().size()) {
                ended = true;
                repetition = 0;
                return;
            }
            begin(column.pages().get(nextPage++));
        }
        left--;
        RunReader levels = repetitionLevels;
        repetition = levels == null ? 0 : levels.next();
        levels = definitionLevels;
        definition = levels == null ? 0 : levels.next();
        if (repetition > repetitions || definition > definitions || (repetition | definition) < 0) {
            throw column.failure("has levels " + repetition + " and " + definition + ", at most " + repetitions
                    + " and " + definitions + " are possible");
        }
    }

    private void begin(ColumnPages.Page page) {
        values = column.content(page);
        numbers = littleEndian(values);
        at = 0;
        left = page.values();
        repetitionLevels = levels(repetitions);
        definitionLevels = levels(definitions);
        places = null;
        if (page.hasDictionary()) {
            readDictionary();
            int width = at < values.length ? values[at] & 0xff : 0;
            places = new RunReader(column, values, Math.min(at + 1, values.length), values.length, width);
        } else if (type == ParquetField.BOOLEAN) {
            at = Math.multiplyExact(at, 8);
        }
    }

    private @Nullable RunReader levels(int highest) {
        if (highest == 0) {
            return null;
        }
        int length = numbers.getInt(take(Integer.BYTES));
        int start = take(length);
        return new RunReader(
                column, values, start, start + length, Integer.SIZE - Integer.numberOfLeadingZeros(highest));
    }

    private void readDictionary() {
        ColumnPages.Page page = column.dictionary();
        if (page == null || dictionary != null) {
            return;
        }
        byte[] content = column.content(page);
        ByteBuffer entries = littleEndian(content);
        if ((long) page.values() * width() > content.length) {
            throw column.failure("has a dictionary of " + page.values() + " values in " + content.length + " bytes");
        }
        entries.limit(page.values() * width());
        if (type == ParquetField.BINARY) {
            entries.limit(content.length);
            String[] strings = new String[page.values()];
            for (int i = 0; i < strings.length; i++) {
                int length = entries.remaining() < Integer.BYTES ? -1 : entries.getInt();
                if (length < 0 || length > entries.remaining()) {
                    throw column.failure("has a dictionary that ends early");
                }
                strings[i] = new String(content, entries.position(), length, StandardCharsets.UTF_8);
                entries.position(entries.position() + length);
            }
            dictionaryStrings = strings;
        }
        dictionary = entries;
    }

    /** The value of the entry. Binary ones are strings. */
    Object value() {
        return switch (type) {
            case ParquetField.BOOLEAN -> bool();
            case ParquetField.INT32 -> int32();
            case ParquetField.INT64 -> int64();
            case ParquetField.FLOAT -> float32();
            case ParquetField.DOUBLE -> float64();
            default -> string();
        };
    }

    int int32() {
        ByteBuffer entries = dictionary;
        return places != null && entries != null ? entries.getInt(entry(entries)) : numbers.getInt(take(Integer.BYTES));
    }

    long int64() {
        ByteBuffer entries = dictionary;
        return places != null && entries != null ? entries.getLong(entry(entries)) : numbers.getLong(take(Long.BYTES));
    }

    float float32() {
        ByteBuffer entries = dictionary;
        return places != null && entries != null
                ? entries.getFloat(entry(entries))
                : numbers.getFloat(take(Float.BYTES));
    }

    double float64() {
        ByteBuffer entries = dictionary;
        return places != null && entries != null
                ? entries.getDouble(entry(entries))
                : numbers.getDouble(take(Double.BYTES));
    }

    private boolean bool() {
        if (at >>> 3 >= values.length) {
            throw endsEarly();
        }
        boolean value = (values[at >>> 3] >>> (at & 7) & 1) != 0;
        at++;
        return value;
    }

    private String string() {
        RunReader indices = places;
        String[] strings = dictionaryStrings;
        if (indices != null && strings != null) {
            return strings[inDictionary(indices.next(), strings.length)];
        }
        int length = numbers.getInt(take(Integer.BYTES));
        return new String(values, take(length), length, StandardCharsets.UTF_8);
    }

    /** Where the value of the entry is in the dictionary. */
    private int entry(ByteBuffer entries) {
        RunReader indices = places;
        int index = indices == null ? 0 : indices.next();
        return inDictionary(index, entries.limit() / width()) * width();
    }

    private int inDictionary(int index, int size) {
        if (index < 0 || index >= size) {
            throw column.failure("refers to value " + index + " of the " + size + " in its dictionary");
        }
        return index;
    }

    /** The bytes of a value, those of a string without itself. */
    private int width() {
        return type == ParquetField.INT64 || type == ParquetField.DOUBLE ? Long.BYTES : Integer.BYTES;
    }

    /** Goes on by so many bytes and answers where it was. */
    private int take(int count) {
        if (count < 0 || count > values.length - at) {
            throw endsEarly();
        }
        at += count;
        return at - count;
    }

    private ModelFormatException endsEarly() {
        return column.failure("has a page that ends early");
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
