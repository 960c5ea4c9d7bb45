// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import akka.stream.Attributes;
import akka.stream.Outlet;
import akka.stream.SourceShape;
import akka.stream.stage.AbstractOutHandler;
import akka.stream.stage.AsyncCallback;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;

/**
 * The source of a script: emits what is next in it, and waits when nothing is.
 *
 * @param <C> what it emits
 */
final class ScriptedSource<C> extends GraphStage<SourceShape<C>> {

    private final Outlet<C> out = Outlet.create("scripted.out");
    private final SourceShape<C> shape = SourceShape.of(out);
    private final Script<C> script;

    ScriptedSource(Script<C> script) {
        this.script = script;
    }

    @Override
    public SourceShape<C> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic();
    }

    private final class Logic extends GraphStageLogic implements Script.Reader {
        private final AsyncCallback<Boolean> onMore = createAsyncCallback(ignored -> emitNext());

        Logic() {
            super(shape);
            setHandler(out, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    emitNext();
                }
            });
        }

        @Override
        public void preStart() {
            script.opened(this);
            emitNext();
        }

        @Override
        public void postStop() {
            script.closed(this);
        }

        @Override
        public void moreCame() {
            onMore.invoke(true);
        }

        private void emitNext() {
            if (!isClosed(out)) {
                script.next(isAvailable(out)).ifPresent(entry -> {
                    if (entry instanceof Script.Element<C> element) {
                        push(out, element.value());
                    } else if (entry instanceof Script.Failure<C> failure) {
                        failStage(failure.cause());
                    } else {
                        completeStage();
                    }
                });
            }
        }
    }
}
