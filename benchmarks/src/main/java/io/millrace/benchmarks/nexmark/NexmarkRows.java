// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.nexmark;

import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The events of Nexmark as rows of three tables. */
public final class NexmarkRows {

    private static final Schema PERSON = schema(
            "id", AtomicType.LONG,
            "name", AtomicType.STRING,
            "emailAddress", AtomicType.STRING,
            "creditCard", AtomicType.STRING,
            "city", AtomicType.STRING,
            "state", AtomicType.STRING,
            "dateTime", AtomicType.TIMESTAMP,
            "extra", AtomicType.STRING);

    private static final Schema AUCTION = schema(
            "id", AtomicType.LONG,
            "itemName", AtomicType.STRING,
            "description", AtomicType.STRING,
            "initialBid", AtomicType.LONG,
            "reserve", AtomicType.LONG,
            "dateTime", AtomicType.TIMESTAMP,
            "expires", AtomicType.TIMESTAMP,
            "seller", AtomicType.LONG,
            "category", AtomicType.LONG,
            "extra", AtomicType.STRING);

    private static final Schema BID = schema(
            "auction", AtomicType.LONG,
            "bidder", AtomicType.LONG,
            "price", AtomicType.LONG,
            "channel", AtomicType.STRING,
            "url", AtomicType.STRING,
            "dateTime", AtomicType.TIMESTAMP,
            "extra", AtomicType.STRING);

    private NexmarkRows() {}

    private static Schema schema(Object... namesAndTypes) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            fields.add(Field.of((String) namesAndTypes[i], (DataType) namesAndTypes[i + 1]));
        }
        return new Schema(fields);
    }

    /** The name of the table of a kind of events. */
    public static String table(NexmarkEvents.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** The columns of a kind of events. */
    public static Schema schema(NexmarkEvents.Kind kind) {
        return switch (kind) {
            case PERSON -> PERSON;
            case AUCTION -> AUCTION;
            case BID -> BID;
        };
    }

    /** An event as a row; it must be of the kind. */
    public static List<Object> values(NexmarkEvents events, NexmarkEvents.Kind kind, long event) {
        EventRow row = events.row(kind, event);
        Schema schema = schema(kind);
        List<Object> values = new ArrayList<>();
        for (int column = 0; column < schema.size(); column++) {
            DataType type = schema.field(column).type();
            if (type == AtomicType.STRING) {
                values.add(row.text(column).toString());
            } else if (type == AtomicType.TIMESTAMP) {
                values.add(instant(row.number(column)));
            } else {
                values.add(row.number(column));
            }
        }
        return values;
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
