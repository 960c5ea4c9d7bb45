// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.deadletter;

import akka.Done;
import akka.stream.Attributes;
import akka.stream.Outlet;
import akka.stream.SourceShape;
import akka.stream.stage.AbstractOutHandler;
import akka.stream.stage.AsyncCallback;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;

/**
 * Takes a record that is to be fed again when one is wanted, and waits when there is none; it never ends.
 *
 * @param <T> records
 */
final class RedriveSource<T> extends GraphStage<SourceShape<T>> {

    private final Outlet<T> out = Outlet.create("redrive.out");
    private final SourceShape<T> shape = SourceShape.of(out);
    private final DeadLetters<T> letters;

    RedriveSource(DeadLetters<T> letters) {
        this.letters = letters;
    }

    @Override
    public SourceShape<T> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic();
    }

    private final class Logic extends GraphStageLogic {

        private final AsyncCallback<Done> onMore = createAsyncCallback(done -> pushNext());

        Logic() {
            super(shape);
            setHandler(out, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    pushNext();
                }
            });
        }

        @Override
        public void preStart() {
            letters.opened(() -> onMore.invoke(Done.getInstance()));
        }

        private void pushNext() {
            if (isAvailable(out)) {
                letters.next().ifPresent(record -> push(out, record));
            }
        }
    }
}
