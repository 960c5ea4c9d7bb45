// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import akka.stream.javadsl.Source;
import io.millrace.receiver.Feed;
import io.millrace.receiver.Receiver;
import io.millrace.receiver.ReceiverContext;
import io.millrace.receiver.RestartPolicy;
import io.millrace.receiver.TextChunk;
import java.util.List;
import java.util.Optional;

/**
 * A receiver of lines that tells when the engine has taken them.
 *
 * @param receiver the receiver
 * @param onTaken run by the receiver's stream when lines are in the engine's hands, so that the next batch has them; must be short
 */
record ObservedReceiver(Receiver<String> receiver, Runnable onTaken) implements Receiver<String> {

    @Override
    public String name() {
        return receiver.name();
    }

    @Override
    public RestartPolicy restartPolicy() {
        return receiver.restartPolicy();
    }

    @Override
    public Feed<String> open(ReceiverContext context) {
        Feed<String> feed = receiver.open(context);
        return feed instanceof Feed.Lines lines ? Feed.lines(observed(lines.chunks())) : feed;
    }

    /** Sends something empty behind every chunk: the stream asks for that when the engine has taken the chunk. */
    private Source<TextChunk, ?> observed(Source<TextChunk, ?> chunks) {
        return chunks.mapConcat(chunk -> List.of(Optional.of(chunk), Optional.<TextChunk>empty()))
                .filter(this::isChunk)
                .map(Optional::get);
    }

    private boolean isChunk(Optional<TextChunk> chunk) {
        if (chunk.isEmpty()) {
            onTaken.run();
        }
        return chunk.isPresent();
    }
}
