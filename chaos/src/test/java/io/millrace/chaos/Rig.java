// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.sink.file.Manifest;
import io.millrace.operators.sink.file.ManifestReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** One job over all its runs: its directories, the clients that send to it, the processes that run it one after the other. */
final class Rig implements AutoCloseable {

    /** How long anything may take that a healthy job does within a few seconds, on a machine that is busy with other things. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final AtomicInteger RIGS = new AtomicInteger();

    private final Path directory;
    private final Path checkpoint;
    private final Path output;
    private final boolean fileSink;
    private final Child clients;
    private final String prefix = "rig" + RIGS.incrementAndGet() + "-";
    private final SwitchProxy proxy = SwitchProxy.open();
    private final List<Child> runs = new ArrayList<>();
    private final Map<Child, Integer> ports = new java.util.HashMap<>();

    /**
     * A rig that keeps its files in directories of their own.
     *
     * @param clients a {@link ChaosClients} process
     */
    Rig(Path directory, Path checkpoint, Path output, boolean fileSink, Child clients) throws IOException {
        this.directory = directory;
        this.checkpoint = checkpoint;
        this.output = output;
        this.fileSink = fileSink;
        this.clients = clients;
        Files.createDirectories(directory);
    }

    /** A rig that keeps everything in one directory. */
    Rig(Path directory, boolean fileSink, Child clients) throws IOException {
        this(directory, directory.resolve("checkpoint"), directory.resolve("output"), fileSink, clients);
    }

    /** Starts the process of clients; the test is skipped where processes have no signals. */
    static Child clients(Path directory) throws IOException, InterruptedException {
        Tools.require("processes are killed and halted by signals", "kill", "-l");
        Files.createDirectories(directory);
        return Child.start("clients", List.of(), ChaosClients.class, List.of(), directory.resolve("clients.err"));
    }

    /** Where the checkpoint is. */
    Path checkpoint() {
        return checkpoint;
    }

    /** Where the outputs are. */
    Path output() {
        return output;
    }

    /** Starts a run of the job without a fault. */
    Child run() throws IOException {
        return run(List.of(), Hook.STOP, 1, Fault.NONE);
    }

    /** Starts a run of the job. */
    Child run(List<String> before, Hook hook, int pass, Fault fault) throws IOException {
        int port = SwitchProxy.freePort();
        int number = runs.size() + 1;
        Child run = Child.start(
                prefix + "run" + number,
                before,
                ChaosJob.class,
                JobOptions.harmless(checkpoint, output, port, fileSink)
                        .with(hook, pass, fault)
                        .arguments(),
                directory.resolve("run" + number + ".err"));
        runs.add(run);
        ports.put(run, port);
        return run;
    }

    /** Starts a run without a fault, and waits until it takes lines. */
    Child running() throws IOException, InterruptedException {
        Child run = run();
        run.await("STARTED", PATIENCE);
        lead(run);
        return run;
    }

    /** Leads the clients to this run. */
    void lead(Child run) {
        proxy.switchTo(java.util.Objects.requireNonNull(ports.get(run)));
    }

    /** Has the clients send. */
    void begin() throws IOException {
        clients.tell("begin " + proxy.port() + " " + prefix);
    }

    /** Has the clients stop when all they sent is acknowledged, and returns how much that was. */
    Map<String, Long> finish() throws IOException, InterruptedException {
        clients.tell("finish");
        return perClient("SENT");
    }

    /** How many lines of each client are acknowledged. */
    Map<String, Long> acknowledged() throws IOException, InterruptedException {
        clients.tell("acknowledged");
        return perClient("ACKNOWLEDGED");
    }

    private Map<String, Long> perClient(String what) throws IOException, InterruptedException {
        String[] words = clients.await(what, Duration.ofSeconds(90)).split(" ", -1);
        Map<String, Long> lines = new TreeMap<>();
        for (int i = 0; i < ChaosClients.CLIENTS; i++) {
            lines.put(prefix + i, Long.parseLong(words[i + 1]));
        }
        return lines;
    }

    /** Lets the job go on for some batches, ends it in peace, and compares. */
    Verdict finish(Child run) throws IOException, InterruptedException {
        run.awaitBatches(3, PATIENCE);
        Map<String, Long> sent = finish();
        run.tell("stop");
        assertThat(run.awaitEnd(PATIENCE)).as(run.errors()).isEqualTo(ChaosJob.DONE);
        return verdict(sent);
    }

    /** Compares the outputs with what was acknowledged. */
    Verdict verdict(Map<String, Long> sent) throws IOException {
        return verdict(sent, sent);
    }

    /** Compares the outputs with what was acknowledged, and what more was sent. */
    Verdict verdict(Map<String, Long> acknowledged, Map<String, Long> sent) throws IOException {
        return Verdict.of(acknowledged, sent, lines("lines"), lines("sums"), lines("windows"));
    }

    private List<String> lines(String name) throws IOException {
        Path files = output.resolve(name);
        if (!fileSink) {
            return BatchFiles.read(files);
        }
        ManifestReader reader = ManifestReader.of(files);
        List<String> lines = new ArrayList<>();
        for (Manifest manifest : reader.manifests()) {
            lines.addAll(reader.lines(manifest));
        }
        return lines;
    }

    @Override
    public void close() {
        proxy.close();
        runs.forEach(Child::close);
    }
}
