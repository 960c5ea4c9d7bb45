// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.file;

import akka.NotUsed;
import akka.stream.ActorAttributes;
import akka.stream.Attributes;
import akka.stream.Outlet;
import akka.stream.SourceShape;
import akka.stream.javadsl.Source;
import akka.stream.stage.AbstractOutHandler;
import akka.stream.stage.AsyncCallback;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import io.millrace.receiver.ReceiverContext;
import io.millrace.time.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The files of a directory that are to be read: first those that were begun before, then what is new. Looks in the middle of every
 * interval, so that a look and a batch do not fall together, and only when all files found before are given out.
 */
final class NewFiles extends GraphStage<SourceShape<TakenFile>> {

    private final Outlet<TakenFile> out = Outlet.create("NewFiles.out");
    private final SourceShape<TakenFile> shape = SourceShape.of(out);
    private final DirectoryOptions options;
    private final FileLedger ledger;
    private final ReceiverContext context;

    private NewFiles(DirectoryOptions options, FileLedger ledger, ReceiverContext context) {
        this.options = options;
        this.ledger = ledger;
        this.context = context;
    }

    /** A source that runs on the dispatcher for work that waits. */
    static Source<TakenFile, NotUsed> source(DirectoryOptions options, FileLedger ledger, ReceiverContext context) {
        return Source.fromGraph(new NewFiles(options, ledger, context))
                .async(ActorAttributes.IODispatcher().dispatcher());
    }

    @Override
    public SourceShape<TakenFile> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic();
    }

    private final class Logic extends GraphStageLogic {
        private final Duration interval = options.scanInterval().orElse(context.batchInterval());
        private final int opening = ledger.open();
        private final Queue<TakenFile> found = new ArrayDeque<>();
        private final DirectoryScan scan = new DirectoryScan(options, ledger, opening, context::reportError);
        private final AsyncCallback<Instant> due = createAsyncCallback(at -> look());
        private Timer.@Nullable Scheduled scheduled;

        Logic() {
            super(shape);
            setHandler(out, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    give();
                }
            });
        }

        @Override
        public void preStart() {
            look();
        }

        @Override
        public void postStop() {
            if (scheduled != null) {
                scheduled.cancel();
            }
        }

        private void look() {
            if (found.isEmpty()) {
                List<TakenFile> unfinished = ledger.unfinishedBefore(opening);
                List<TakenFile> taken = scan.look();
                found.addAll(ledger.marks());
                found.addAll(unfinished);
                found.addAll(taken);
                give();
            }
            Instant next = nextLook();
            scheduled = context.time().timer().at(next, () -> due.invoke(next));
        }

        private Instant nextLook() {
            long micros = interval.toNanos() / 1_000;
            long now = context.time().micros();
            long next = Math.floorDiv(now - micros / 2, micros) * micros + micros + micros / 2;
            return Instant.EPOCH.plus(Duration.ofNanos(next * 1_000));
        }

        private void give() {
            TakenFile next = isAvailable(out) ? found.poll() : null;
            if (next != null) {
                push(out, next);
            }
        }
    }
}
