// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import io.millrace.StreamingContext;
import io.millrace.StreamingContextBuilder;
import io.millrace.listener.StreamingListener;
import io.millrace.operator.OutputOperator;
import io.millrace.receiver.Receiver;
import io.millrace.receivers.socket.SocketClient;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** One run of a sample: its context, where its lines come from, and its end. */
final class SampleRun implements AutoCloseable {

    private final StreamingContext context;
    private final Receiver<String> receiver;
    private final ShownBatches shown;
    private final RunEnd end;
    private final Optional<Prompter> prompter;

    private SampleRun(
            StreamingContext context,
            Receiver<String> receiver,
            ShownBatches shown,
            RunEnd end,
            Optional<Prompter> prompter) {
        this.context = context;
        this.receiver = receiver;
        this.shown = shown;
        this.end = end;
        this.prompter = prompter;
    }

    /** A run that has not started, fed from the address in the options or else by the built-in feeder. */
    static SampleRun of(String name, SampleOptions options, StreamingListener... listeners) throws IOException {
        StreamingContextBuilder builder = options.builder(name);
        for (StreamingListener listener : listeners) {
            builder.listener(listener);
        }
        return of(builder, options, Script.SEED);
    }

    /** The same of a job that is described already, with other words for the built-in feeder. */
    static SampleRun of(StreamingContextBuilder builder, SampleOptions options, Script script) throws IOException {
        builder.stopGracefullyOnShutdown();
        return options.address().isPresent()
                ? connected(builder, options, options.address().get())
                : fed(builder, options, script);
    }

    private static SampleRun connected(
            StreamingContextBuilder builder, SampleOptions options, SampleOptions.Address address) {
        ShownBatches shown = ShownBatches.fromTheFirst(options.batches().orElse(Long.MAX_VALUE));
        RunEnd end = new RunEnd(shown);
        return new SampleRun(
                builder.listener(end).build(),
                SocketClient.connect(address.host(), address.port()),
                shown,
                end,
                Optional.empty());
    }

    private static SampleRun fed(StreamingContextBuilder builder, SampleOptions options, Script script)
            throws IOException {
        ShownBatches shown = ShownBatches.fromTheFirstLine(options.batches().orElse(script.size()));
        RunEnd end = new RunEnd(shown);
        Prompter prompter = new Prompter(script, LineServer.listen(0), shown, end);
        return new SampleRun(
                builder.listener(shown).listener(prompter).listener(end).build(),
                prompter.receiver(),
                shown,
                end,
                Optional.of(prompter));
    }

    StreamingContext context() {
        return context;
    }

    /** What hands the lines to the job. */
    Receiver<String> receiver() {
        return receiver;
    }

    /** An output that gets the batches that are to be shown. */
    <T> OutputOperator<T> shown(OutputOperator<T> output) {
        return shown.only(output);
    }

    /** Something is about to come that the built-in feeder does not say: the next batch shown shall be the one that has it. */
    void expectRecord() {
        shown.awaitLine();
    }

    /** The receiver is about to lose its connection and to make another; the built-in feeder waits for that. */
    void expectReconnect() {
        prompter.ifPresent(Prompter::expectReconnect);
    }

    /** Has the built-in feeder say its next lines only when this is true; asked after every batch, on the output thread. */
    void sayOnlyIf(BooleanSupplier condition) {
        prompter.ifPresent(feeder -> feeder.sayOnlyIf(condition));
    }

    /** Runs the job until its end, which is graceful. */
    void toTheEnd() throws InterruptedException {
        context.start();
        try {
            if (prompter.isPresent()) {
                prompter.get().begin();
            }
            end.await();
        } finally {
            context.stop().toCompletableFuture().join();
        }
        context.awaitTermination();
    }

    @Override
    public void close() throws IOException {
        if (prompter.isPresent()) {
            prompter.get().close();
        }
    }
}
