// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import io.millrace.StreamingContext;
import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputOperator;
import io.millrace.receiver.Receiver;
import io.millrace.stream.DStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the records of the last batches of a running job, of every input and every output, so that the run can be replayed.
 *
 * <p>Every record of an input is brought to the driver, and the kept batches stay in memory: for jobs under test, or with little data.
 * The engine's thread writes, any thread may ask for the {@link #recording()}.
 */
public final class Recorder {

    private final int most;
    private final Deque<Kept> batches = new ArrayDeque<>();
    private boolean dropped;
    private Duration interval = Duration.ZERO;

    private static final class Kept {
        private final BatchTime time;
        private final Map<String, List<@Nullable Object>> inputs = new TreeMap<>();
        private final Map<String, List<@Nullable Object>> outputs = new TreeMap<>();

        Kept(BatchTime time) {
            this.time = time;
        }
    }

    private Recorder(int most) {
        this.most = most;
    }

    /**
     * A recorder that has nothing yet.
     *
     * @param batches how many batches it keeps, at least 1; older ones are forgotten
     */
    public static Recorder keepLast(int batches) {
        if (batches < 1) {
            throw new IllegalArgumentException("A recorder keeps at least 1 batch, but was told " + batches);
        }
        return new Recorder(batches);
    }

    /**
     * Defines a job on a context that has not started, so that it is recorded.
     *
     * @param context runs the job
     * @param receivers the job's inputs by name
     * @param job the job
     */
    public void define(StreamingContext context, Map<String, Receiver<?>> receivers, ReplayableJob job) {
        Map<String, DStream<?>> streams = new HashMap<>();
        receivers.forEach((name, receiver) -> {
            DStream<?> stream = context.receiverStream(receiver);
            streams.put(name, stream);
            interval = stream.slide();
            stream.output(new Keeping<>("recordInput", (time, records) -> keep(time, name, records, true)));
        });
        job.define(new ReplayableJob.Wiring() {
            @Override
            @SuppressWarnings("unchecked")
            public <T> DStream<T> input(String name) {
                return (DStream<T>) Replay.named(streams, name);
            }

            @Override
            public <T> void output(String name, DStream<T> stream, OutputOperator<? super T> sink) {
                stream.output(sink);
                stream.output(new Keeping<>("recordOutput", (time, records) -> keep(time, name, records, false)));
            }
        });
    }

    private synchronized void keep(
            BatchTime time, String name, List<? extends @Nullable Object> records, boolean input) {
        Kept last = batches.peekLast();
        if (last == null || !last.time.equals(time)) {
            last = new Kept(time);
            batches.addLast(last);
            if (batches.size() > most) {
                batches.removeFirst();
                dropped = true;
            }
        }
        (input ? last.inputs : last.outputs).put(name, new ArrayList<>(records));
    }

    /** What is kept now. The last batch may lack outputs that are not written yet. */
    public synchronized Recording recording() {
        return new Recording(
                interval,
                batches.stream()
                        .map(kept -> new RecordedBatch(kept.time, kept.inputs, kept.outputs))
                        .toList(),
                !dropped);
    }

    private record Keeping<T>(String kind, Taking<T> taking) implements OutputOperator<T> {
        @Override
        public void write(BatchTime time, List<T> records) {
            taking.take(time, records);
        }
    }

    private interface Taking<T> {
        void take(BatchTime time, List<T> records);
    }
}
