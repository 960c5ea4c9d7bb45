// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import io.millrace.StreamingContext;
import io.millrace.listener.StreamingListener;
import io.millrace.operator.BatchTime;
import io.millrace.operator.Pair;
import io.millrace.receivers.custom.CustomReceiver;
import io.millrace.receivers.custom.ReceiverHandle;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * A receiver of one's own: it throws dice, and knows of every hundred throws that they are stored and replicated before it throws the
 * next.
 */
@Command(
        name = "OwnReceiver",
        description = "Throws dice in a receiver of its own and counts how often each number came up.",
        footer = {"", "mvn -q compile exec:java -Dexec.mainClass=io.millrace.samples.OwnReceiver"})
public final class OwnReceiver implements Callable<Integer> {

    private static final int HUNDREDS = 6;
    private static final long SEED = 42;

    @Mixin
    private SampleOptions options = new SampleOptions();

    /** Runs it. */
    public static void main(String... args) {
        Launcher.runJob(new OwnReceiver(), args);
    }

    @Override
    public Integer call() throws Exception {
        CountDownLatch thrown = new CountDownLatch(1);
        try (StreamingContext context = options.builder("OwnReceiver")
                .stopGracefullyOnShutdown()
                .listener(new StreamingListener() {
                    @Override
                    public void onReceiverStopped(int stream, String reason) {
                        thrown.countDown();
                    }
                })
                .build()) {
            context.receiverStream(new Dice())
                    .mapToPair(number -> Pair.of(number, 1))
                    .updateStateByKey(StatefulWordCount::total)
                    .foreachBatch(OwnReceiver::show);
            context.start();
            thrown.await();
            context.stop().toCompletableFuture().join();
        }
        return 0;
    }

    private static void show(BatchTime time, List<Pair<Integer, Integer>> counts) {
        int sum = counts.stream().mapToInt(Pair::value).sum();
        if (sum > 0) {
            System.out.println(sum + " throws: "
                    + counts.stream().sorted(Comparator.comparing(Pair::key)).toList());
        }
    }

    /** Throws dice on a thread of its own. */
    static final class Dice extends CustomReceiver<Integer> {

        Dice() {
            super("dice");
        }

        @Override
        public void onStart(ReceiverHandle<Integer> handle) {
            Thread thread = new Thread(() -> throwAll(handle), "dice");
            thread.setDaemon(true);
            thread.start();
        }

        private static void throwAll(ReceiverHandle<Integer> handle) {
            Random random = new Random(SEED);
            try {
                for (int hundred = 0; hundred < HUNDREDS && handle.isStarted(); hundred++) {
                    handle.store(random.ints(100, 1, 7).boxed().toList()); // returns when they are replicated
                }
                handle.stop();
            } catch (IllegalStateException e) {
                // the job stops: what was stored is processed
            }
        }

        @Override
        public void onStop() {
            // the thread ends by itself: a store that waits goes on with an exception
        }
    }
}
