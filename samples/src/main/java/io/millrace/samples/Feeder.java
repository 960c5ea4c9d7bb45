// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A feeder for machines without {@code nc}: listens on a port and says the seed's lines, or other lines, or what is typed. */
@Command(
        name = "Feeder",
        description = {
            "Listens on a port of this machine and says the same lines to everyone who connects, interval by interval:"
                    + " blue and green words, gohawks, nothing, green again; or what --say names. Runs until Ctrl+C."
        },
        footer = {
            "",
            "mvn -q compile exec:java -Dexec.mainClass=io.millrace.samples.Feeder -Dexec.args=\"--port 9999 --typed\""
        })
public final class Feeder implements Callable<Integer> {

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "9999",
            description = "The port to listen on; 0 for any that is free. Default: ${DEFAULT-VALUE}")
    private int port;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            defaultValue = "1s",
            converter = Interval.class,
            description = {
                "How often there is a line, such as 100ms or 2s. With the same batch interval each line falls into a batch"
                        + " of its own.",
                "Default: ${DEFAULT-VALUE}"
            })
    private Duration interval = Duration.ofSeconds(1);

    @Option(
            names = "--say",
            paramLabel = "words|readings|sensors|sentences|points",
            defaultValue = "words",
            description = {
                "What it says: words to count, readings for SensorAverages and Enrichment, readings of sensors for SensorAnomalies and"
                        + " HotSwap, sentences for TextTopics, points for MovingCentres.",
                "Default: ${DEFAULT-VALUE}"
            })
    private Speech say = Speech.WORDS;

    @Option(
            names = "--typed",
            description = "Says what is typed here instead, as 'nc -lk' does, until the end of input (Ctrl+D).")
    private boolean typed;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help and ends.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    /** Runs it. */
    public static void main(String... args) {
        Launcher.run(new Feeder(), args);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (LineServer server = LineServer.listen(port)) {
            System.err.println("listening on " + server.address());
            if (typed) {
                sayWhatIsTyped(server);
            } else {
                sayTheScript(server);
            }
        }
        return 0;
    }

    /** What can be said. */
    enum Speech {
        WORDS,
        READINGS,
        SENSORS,
        SENTENCES,
        POINTS;

        private Script script() {
            return switch (this) {
                case WORDS -> Script.SEED;
                case READINGS -> SensorAverages.SCRIPT;
                case SENSORS -> SensorReadings.script(30, 12);
                case SENTENCES -> TextTopics.SCRIPT;
                case POINTS -> ChangingPoints.script(14);
            };
        }
    }

    private void sayTheScript(LineServer server) throws InterruptedException {
        Script script = say.script();
        Pace pace = new Pace(interval);
        InstantSource clock = InstantSource.system();
        while (true) {
            LineClient client = server.next();
            System.err.println("feeding " + client.address());
            for (Optional<String> line : script.seconds()) {
                Instant now = clock.instant();
                Thread.sleep(Duration.between(now, pace.next(now)).toMillis());
                if (line.isPresent() && !client.say(line.get())) {
                    break;
                }
            }
        }
    }

    private static void sayWhatIsTyped(LineServer server) throws IOException, InterruptedException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        LineClient client = server.next();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            while (!client.say(line)) {
                client = server.next();
            }
        }
    }
}
