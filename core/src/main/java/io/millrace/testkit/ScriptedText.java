// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.millrace.receiver.Feed;
import io.millrace.receiver.LineChunks;
import io.millrace.receiver.Receiver;
import io.millrace.receiver.ReceiverContext;
import io.millrace.receiver.RestartPolicy;
import java.util.List;

/**
 * An input of text that a test writes by hand, byte by byte if it wants: a real receiver, whose source brings what is added to it as
 * the bytes of one connection, to be cut into lines.
 *
 * <p>What the engine has taken is gone, whatever becomes of it; when it is opened again, it goes on with what was not taken yet, as a
 * new connection. Thread-safe.
 */
public final class ScriptedText implements Receiver<String> {

    private final String name;
    private final Script<ByteString> script = new Script<>();

    /** An input without anything in it. */
    public ScriptedText(String name) {
        this.name = name;
    }

    /** Adds lines, each ended by a newline and brought by itself. */
    public ScriptedText add(String... lines) {
        return addAll(List.of(lines));
    }

    /** Adds lines, each ended by a newline and brought by itself. */
    public ScriptedText addAll(Iterable<String> lines) {
        lines.forEach(line -> addText(line + "\n"));
        return this;
    }

    /** Adds text as it is, in UTF-8, brought in one piece. */
    public ScriptedText addText(String text) {
        script.add(new Script.Element<>(ByteString.fromString(text)));
        return this;
    }

    /** Adds bytes as they are, brought in one piece. */
    public ScriptedText addText(byte[] bytes) {
        script.add(new Script.Element<>(ByteString.fromArray(bytes)));
        return this;
    }

    /** Lets the connection break when it has come to this place; it is opened again. */
    public ScriptedText fail(Throwable cause) {
        script.add(new Script.Failure<>(cause));
        return this;
    }

    /** Lets the connection end when it has come to this place; it is not opened again. */
    public ScriptedText complete() {
        script.add(new Script.End<>());
        return this;
    }

    /** How many pieces were taken from it. */
    public long taken() {
        return script.taken();
    }

    /** How many pieces nobody has taken yet. */
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
    public Feed<String> open(ReceiverContext context) {
        return Feed.lines(
                Source.fromGraph(new ScriptedSource<>(script)).via(LineChunks.flow(name, context.maxLineBytes())));
    }

    /** Opens again after a failure, not after the end. */
    @Override
    public RestartPolicy restartPolicy() {
        return RestartPolicy.UNTIL_COMPLETE;
    }
}
