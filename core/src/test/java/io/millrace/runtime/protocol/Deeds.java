// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.protocol;

import io.millrace.runtime.protocol.DriverEffect.CommitSink;
import io.millrace.runtime.protocol.DriverEffect.Run;
import java.util.List;

/** What becomes of durable things; both have numbers. */
final class Deeds {

    /** What becomes of durable things. */
    sealed interface Deed {
        record Deliver(DriverEffect message) implements Deed {}

        record Log(DurableLog changed) implements Deed {}

        record Write(long epoch, List<BatchRecord> entries) implements Deed {}

        record Told(long last) implements Deed {}

        record Cleaned(long batch) implements Deed {}

        record Freed(List<LoggedBlock> blocks) implements Deed {}
    }

    private final Bounds bounds;
    private final Broken broken;
    private final Interned<Durables> durables = new Interned<>();
    private final Interned<Deed> deeds = new Interned<>();
    private final PairTable does = new PairTable(this::does);

    Deeds(Bounds bounds, Broken broken) {
        this.bounds = bounds;
        this.broken = broken;
    }

    int number(Durables things) {
        return durables.number(things);
    }

    int number(Deed deed) {
        return deeds.number(deed);
    }

    Durables durables(int number) {
        return durables.thing(number);
    }

    int after(int durable, int deed) {
        return does.of(durable, deed);
    }

    private int does(int durable, int number) {
        Durables before = durables.thing(durable);
        Deed deed = deeds.thing(number);
        if (deed instanceof Deed.Deliver deliver) {
            return durables.number(
                    deliver.message() instanceof Run run
                            ? before.run(run, bounds.settings().partitions(), broken)
                            : before.commit((CommitSink) deliver.message(), broken));
        }
        if (deed instanceof Deed.Log log) {
            return durables.number(before.with(log.changed()));
        }
        if (deed instanceof Deed.Write write) {
            return durables.number(before.with(before.log().appended(write.epoch(), write.entries())));
        }
        if (deed instanceof Deed.Told told) {
            return durables.number(before.acknowledged(told.last()));
        }
        return durables.number(
                deed instanceof Deed.Cleaned cleaned
                        ? before.cleaned(cleaned.batch())
                        : before.freed(((Deed.Freed) deed).blocks()));
    }
}
