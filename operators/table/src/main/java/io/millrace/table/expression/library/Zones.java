// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import io.millrace.table.QueryExecutionException;
import io.millrace.table.data.Utf8;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The time zones of one call. For any threads. */
public final class Zones {

    private final Memo<ZoneId> zones = new Memo<>(Zones::zone);

    /** The instant whose time in UTC is what a clock of the zone shows at the given one. */
    public long fromUtc(long micros, Utf8 zone) {
        Instant instant = Instant.ofEpochSecond(Math.floorDiv(micros, TimeFunctions.SECOND));
        return micros + zones.get(zone).getRules().getOffset(instant).getTotalSeconds() * TimeFunctions.SECOND;
    }

    /** The instant at which a clock of the zone shows what one of UTC shows at the given one. */
    public long toUtc(long micros, Utf8 zone) {
        LocalDateTime time =
                LocalDateTime.ofEpochSecond(Math.floorDiv(micros, TimeFunctions.SECOND), 0, ZoneOffset.UTC);
        long seconds = time.atZone(zones.get(zone)).toEpochSecond();
        return seconds * TimeFunctions.SECOND + Math.floorMod(micros, TimeFunctions.SECOND);
    }

    /** What a clock of a zone shows when one of another zone shows this. */
    public long convert(Utf8 from, Utf8 to, long micros) {
        return fromUtc(toUtc(micros, from), to);
    }

    /** What a clock of a zone shows when one of UTC shows this. */
    public long convert(Utf8 to, long micros) {
        return fromUtc(micros, to);
    }

    static ZoneId zone(Utf8 name) {
        try {
            return ZoneId.of(name.toString(), ZoneId.SHORT_IDS);
        } catch (DateTimeException e) {
            throw new QueryExecutionException(
                    "INVALID_TIMEZONE",
                    "'" + name
                            + "' is no time zone: use a region such as 'Europe/Vienna' or an offset such as '+02:00'");
        }
    }
}
