// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.redrive;

import akka.Done;
import akka.stream.Attributes;
import akka.stream.Outlet;
import akka.stream.SourceShape;
import akka.stream.stage.AbstractOutHandler;
import akka.stream.stage.AsyncCallback;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import java.io.IOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Function;

/** Reads letters when they are wanted, those of one manifest at a time, and waits when there are none; it never ends by itself. */
final class LetterSource extends GraphStage<SourceShape<String>> {

    private final Outlet<String> out = Outlet.create("letters.out");
    private final SourceShape<String> shape = SourceShape.of(out);
    private final RedriveFiles receiver;
    private final LetterDirectory directory;
    private final Function<StoredLetter, Optional<String>> repair;

    LetterSource(RedriveFiles receiver, LetterDirectory directory, Function<StoredLetter, Optional<String>> repair) {
        this.receiver = receiver;
        this.directory = directory;
        this.repair = repair;
    }

    @Override
    public SourceShape<String> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic();
    }

    private final class Logic extends GraphStageLogic {

        private final AsyncCallback<Done> onMore = createAsyncCallback(done -> pushNext());
        private Iterator<StoredLetter> letters = Collections.emptyIterator();
        private long next;
        private long marked;

        Logic() {
            super(shape);
            setHandler(out, new AbstractOutHandler() {
                @Override
                public void onPull() throws IOException {
                    pushNext();
                }
            });
        }

        @Override
        public void preStart() throws IOException {
            receiver.opened(() -> onMore.invoke(Done.getInstance()));
            next = directory.mark();
            marked = next;
        }

        @Override
        public void postStop() {
            receiver.closed();
        }

        private void pushNext() throws IOException {
            while (isAvailable(out)) {
                if (letters.hasNext()) {
                    repair.apply(letters.next()).ifPresent(text -> push(out, text));
                } else if (!beginNextPart()) {
                    return;
                }
            }
        }

        private boolean beginNextPart() throws IOException {
            if (marked < next) {
                directory.mark(next);
                marked = next;
            }
            Optional<LetterDirectory.Part> part = directory.next(next);
            if (part.isPresent()) {
                letters = part.get().letters().iterator();
                next = part.get().sequence() + 1;
            }
            return part.isPresent();
        }
    }
}
