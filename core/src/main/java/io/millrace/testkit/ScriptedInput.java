// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import akka.stream.javadsl.Source;
import io.millrace.receiver.Feed;
import io.millrace.receiver.Receiver;
import io.millrace.receiver.ReceiverContext;
import io.millrace.receiver.RestartPolicy;

/**
 * An input of records that a test writes by hand: a real receiver, whose source brings what is added to it, in order.
 *
 * <p>It behaves as a connection does: what the engine has taken is gone, whatever becomes of it; when it is opened again, after a
 * failure or because its executor died, it goes on with what was not taken yet. Thread-safe.
 *
 * @param <T> records
 */
public final class ScriptedInput<T> implements Receiver<T> {

    private final String name;
    private final Script<T> script = new Script<>();

    /** An input without anything in it. */
    public ScriptedInput(String name) {
        this.name = name;
    }

    /** Adds records. */
    @SafeVarargs
    public final ScriptedInput<T> add(T... records) {
        for (T record : records) {
            script.add(new Script.Element<>(record));
        }
        return this;
    }

    /** Adds records. */
    public ScriptedInput<T> addAll(Iterable<? extends T> records) {
        records.forEach(record -> script.add(new Script.Element<>(record)));
        return this;
    }

    /** Lets the source fail when it has come to this place; it is opened again. */
    public ScriptedInput<T> fail(Throwable cause) {
        script.add(new Script.Failure<>(cause));
        return this;
    }

    /** Lets the source end when it has come to this place; it is not opened again. */
    public ScriptedInput<T> complete() {
        script.add(new Script.End<>());
        return this;
    }

    /** How many records were taken from it. */
    public long taken() {
        return script.taken();
    }

    /** How many records nobody has taken yet. */
    public long left() {
        return script.left();
    }

    /** How often its source was started. */
    public int timesOpened() {
        return script.timesOpened();
    }

    /** True if its source runs. */
    public boolean isOpen() {
        return script.readers() > 0;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Feed<T> open(ReceiverContext context) {
        return Feed.records(Source.fromGraph(new ScriptedSource<>(script)));
    }

    /** Opens again after a failure, not after the end. */
    @Override
    public RestartPolicy restartPolicy() {
        return RestartPolicy.UNTIL_COMPLETE;
    }
}
