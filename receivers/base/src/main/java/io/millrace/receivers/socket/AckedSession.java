// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.socket;

import akka.Done;
import akka.NotUsed;
import akka.stream.Attributes;
import akka.stream.FanOutShape2;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.SourceShape;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.GraphDSL;
import akka.stream.javadsl.Source;
import akka.stream.stage.AbstractInHandler;
import akka.stream.stage.AbstractOutHandler;
import akka.stream.stage.AsyncCallback;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.util.ByteString;
import io.millrace.time.TimeSource;
import io.millrace.time.Timer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a client of the acknowledged line protocol: greets it, takes its lines, and tells it which count.
 *
 * <p>A client that breaks the rules is told so, and nothing of it is read any more; after a second, or when it has closed its half, the
 * connection is closed. A client that has closed its half is served until its lines count. A line, the first one too, has to come
 * within twice the line timeout; the time in which we do not read is left out.
 */
final class AckedSession extends GraphStage<FanOutShape2<ByteString, ByteString, AckedClients.Offer>> {

    /** So long and so much a client that was refused may go on sending, so that it reads why. */
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private static final long FAREWELL_BYTES = 1 << 20;

    private final Inlet<ByteString> in = Inlet.create("AckedSession.in");
    private final Outlet<ByteString> replies = Outlet.create("AckedSession.replies");
    private final Outlet<AckedClients.Offer> out = Outlet.create("AckedSession.out");
    private final FanOutShape2<ByteString, ByteString, AckedClients.Offer> shape = new FanOutShape2<>(in, replies, out);
    private final AckedClients clients;
    private final AckedSettings settings;
    private final int maxLineBytes;
    private final TimeSource time;
    private final Consumer<ProtocolFault> onFault;
    private final Runnable onEnd;

    private AckedSession(
            AckedClients clients,
            AckedSettings settings,
            int maxLineBytes,
            TimeSource time,
            Consumer<ProtocolFault> onFault,
            Runnable onEnd) {
        this.clients = clients;
        this.settings = settings;
        this.maxLineBytes = maxLineBytes;
        this.time = time;
        this.onFault = onFault;
        this.onEnd = onEnd;
    }

    /**
     * The lines that come by a connection.
     *
     * @param clients knows the clients
     * @param maxLineBytes the longest line
     * @param onFault is told why a client was refused; runs in the stream and must not block
     * @param onEnd runs once when the connection is over; likewise
     */
    static Source<AckedClients.Offer, NotUsed> over(
            Flow<ByteString, ByteString, NotUsed> connection,
            AckedClients clients,
            AckedSettings settings,
            int maxLineBytes,
            TimeSource time,
            Consumer<ProtocolFault> onFault,
            Runnable onEnd) {
        return Source.fromGraph(GraphDSL.create(builder -> {
            var session = builder.add(new AckedSession(clients, settings, maxLineBytes, time, onFault, onEnd));
            FlowShape<ByteString, ByteString> peer = builder.add(connection);
            builder.from(session.out0()).toInlet(peer.in());
            builder.from(peer.out()).toInlet(session.in());
            return SourceShape.of(session.out1());
        }));
    }

    @Override
    public FanOutShape2<ByteString, ByteString, AckedClients.Offer> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic();
    }

    private final class Logic extends GraphStageLogic implements AckedClients.Connection {

        private final SequencedLines lines = new SequencedLines(maxLineBytes);
        private final Replies due = new Replies();
        private final AsyncCallback<Long> onAccepted = createAsyncCallback(this::begin);
        private final AsyncCallback<Done> onCounted = createAsyncCallback(done -> tellCounted());
        private final AsyncCallback<Done> onReplaced =
                createAsyncCallback(done -> refuse(new ProtocolFault("this client has a newer connection")));
        private final AsyncCallback<Done> onCheck = createAsyncCallback(done -> check());
        private final AsyncCallback<Done> onFarewell = createAsyncCallback(done -> completeStage());
        private Timer.@Nullable Scheduled timer;
        private @Nullable String client;
        private boolean accepted;
        private boolean refused;
        private boolean ending;
        private boolean paused;
        private long linesAtCheck;
        private long given;
        private long afterRefusal;

        Logic() {
            super(shape);
            setHandler(in, new AbstractInHandler() {
                @Override
                public void onPush() {
                    onBytes(grab(in));
                }

                @Override
                public void onUpstreamFinish() {
                    end();
                }

                @Override
                public void onUpstreamFailure(Throwable broken) {
                    completeStage(); // what does not count, the client sends again
                }
            });
            setHandler(replies, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    reply();
                }

                @Override
                public void onDownstreamFinish(Throwable broken) {
                    completeStage();
                }
            });
            setHandler(out, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    progress();
                }

                @Override
                public void onDownstreamFinish(Throwable stopped) {
                    end();
                }
            });
        }

        @Override
        public void preStart() {
            checkLater();
            pull(in);
        }

        @Override
        public void postStop() {
            if (timer != null) {
                timer.cancel();
            }
            if (client != null) {
                clients.disconnect(client, this);
            }
            onEnd.run();
        }

        @Override
        public void accepted(long next) {
            onAccepted.invoke(next);
        }

        @Override
        public void counted(long last) {
            onCounted.invoke(Done.getInstance());
        }

        @Override
        public void replaced() {
            onReplaced.invoke(Done.getInstance());
        }

        private void onBytes(ByteString bytes) {
            if (!refused) {
                lines.offer(bytes.toArrayUnsafe());
                progress();
                return;
            }
            afterRefusal += bytes.length();
            if (afterRefusal > FAREWELL_BYTES) {
                completeStage();
            } else {
                pull(in);
            }
        }

        /** Goes as far as it can with what is there, and reads on if there is room. */
        private void progress() {
            if (refused) {
                return;
            }
            try {
                if (client == null) {
                    greet();
                }
                if (accepted && isAvailable(out)) {
                    give();
                }
            } catch (ProtocolFault fault) {
                refuse(fault);
                return;
            }
            boolean room = client == null || (accepted && isAvailable(out) && clients.hasRoom(client));
            if (!hasBeenPulled(in) && !isClosed(in) && !isClosed(out)) {
                paused |= !room;
                if (room) {
                    pull(in);
                }
            }
            reply();
        }

        private void greet() throws ProtocolFault {
            Optional<String> hello = lines.hello();
            if (hello.isPresent()) {
                String id = Hello.clientId(hello.get(), settings.token());
                clients.connect(id, this);
                client = id;
            }
        }

        private void begin(long next) {
            accepted = true;
            given = next - 1;
            lines.expect(next);
            due.accepted(next);
            progress();
        }

        private void give() throws ProtocolFault {
            String id = client;
            if (id == null) {
                return;
            }
            SequencedLines.Taken taken = lines.take();
            if (taken.count() > 0) {
                push(out, new AckedClients.Offer(this, id, taken.first(), taken.count(), taken.payloads()));
                given = taken.first() + taken.count() - 1;
            }
            if (taken.repeated()) {
                due.repeat();
            }
            if (taken.fault().isPresent()) {
                throw taken.fault().get();
            }
        }

        private void tellCounted() {
            if (client != null && accepted) {
                due.counted(clients.counted(client));
                progress();
            }
        }

        private void refuse(ProtocolFault fault) {
            if (refused) {
                return;
            }
            refused = true;
            onFault.accept(fault);
            due.error(String.valueOf(fault.getMessage()));
            if (!isClosed(out)) {
                complete(out);
            }
            if (timer != null) {
                timer.cancel();
            }
            timer = time.timer().at(time.now().plus(FAREWELL), () -> onFarewell.invoke(Done.getInstance()));
            if (!hasBeenPulled(in) && !isClosed(in)) {
                pull(in);
            }
            reply();
        }

        /** Nothing more is read: what is on its way is acknowledged, then the connection is closed. */
        private void end() {
            ending = true;
            progress();
            reply();
        }

        private void reply() {
            if (isClosed(replies) || !isAvailable(replies)) {
                return;
            }
            Optional<ByteString> next = due.poll();
            if (next.isPresent()) {
                push(replies, next.get());
            } else if (refused ? isClosed(in) : ending && isDone()) {
                completeStage();
            }
        }

        private boolean isDone() {
            if (client == null) {
                return true;
            }
            return isClosed(out) ? !clients.awaits(client) : accepted && clients.counted(client) >= given;
        }

        private void checkLater() {
            timer = time.timer().at(time.now().plus(settings.lineTimeout()), () -> onCheck.invoke(Done.getInstance()));
        }

        private void check() {
            boolean stuck = linesAtCheck == lines.lines() && !paused && (client == null || lines.isWithinLine());
            if (ending && stuck) {
                completeStage();
            } else if (stuck) {
                refuse(new ProtocolFault(ProtocolFault.SLOW + "a line took longer than " + settings.lineTimeout()));
            } else {
                linesAtCheck = lines.lines();
                paused = false;
                checkLater();
            }
        }
    }
}
