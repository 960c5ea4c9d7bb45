// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.kafka.broker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka of one broker, which is its own controller, in this JVM and on a directory of its own. It listens on loopback only and keeps
 * every replica once. Takes about 2.5 s to start.
 *
 * <p>{@link #shared} is one for all test classes of a JVM: they tell themselves apart by the names of their topics.
 */
public final class KafkaBroker implements AutoCloseable {

    private static final String HOST = "127.0.0.1";

    /** One for the whole JVM; it is stopped when the JVM ends. */
    private static final class Shared {
        private static final KafkaBroker BROKER = KafkaBroker.start();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(BROKER::close, "kafka-broker-close"));
        }
    }

    private final Path directory;
    private final Properties properties;
    private final String bootstrap;
    private @Nullable KafkaRaftServer running;

    private KafkaBroker(Path directory) throws IOException {
        this.directory = directory;
        int[] ports = freePorts();
        this.bootstrap = HOST + ":" + ports[0];
        this.properties = properties(directory, ports[0], ports[1]);
    }

    /** The one that all tests of this JVM share, started when it is first asked for. */
    public static KafkaBroker shared() {
        return Shared.BROKER;
    }

    /** A new one, formatted and started. */
    public static KafkaBroker start() {
        try {
            KafkaBroker broker = new KafkaBroker(Files.createTempDirectory("millrace-kafka-"));
            broker.format();
            broker.resume();
            return broker;
        } catch (IOException e) {
            throw new UncheckedIOException("no directory for a Kafka broker", e);
        }
    }

    /** Host and port. */
    public String bootstrap() {
        return bootstrap;
    }

    /** What a client needs to reach it: {@code bootstrap.servers}. A map of the caller's own. */
    public Map<String, Object> client() {
        Map<String, Object> client = new HashMap<>();
        client.put("bootstrap.servers", bootstrap);
        return client;
    }

    /** Shuts it down; it keeps its directory and its ports. */
    public synchronized void pause() {
        KafkaRaftServer server = running;
        running = null;
        if (server != null) {
            server.shutdown();
            server.awaitShutdown();
        }
    }

    /** Starts it again after {@link #pause}. */
    public synchronized void resume() {
        if (running == null) {
            KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM);
            server.startup();
            running = server;
        }
    }

    /** Shuts it down and deletes what it has. */
    @Override
    public void close() {
        pause();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("could not delete " + directory, e);
        }
    }

    private void format() throws IOException {
        Path file = directory.resolve("server.properties");
        try (var out = Files.newOutputStream(file)) {
            properties.store(out, null);
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int code = StorageTool.execute(
                new String[] {"format", "-t", Uuid.randomUuid().toString(), "-c", file.toString()},
                new PrintStream(said, true, StandardCharsets.UTF_8));
        if (code != 0) {
            throw new IOException("could not format " + directory + ": " + said.toString(StandardCharsets.UTF_8));
        }
    }

    private static Properties properties(Path directory, int port, int controllerPort) {
        Properties properties = new Properties();
        Map.ofEntries(
                        Map.entry("process.roles", "broker,controller"),
                        Map.entry("node.id", "1"),
                        Map.entry("controller.quorum.voters", "1@" + HOST + ":" + controllerPort),
                        Map.entry("controller.listener.names", "CONTROLLER"),
                        Map.entry(
                                "listeners",
                                "PLAINTEXT://" + HOST + ":" + port + ",CONTROLLER://" + HOST + ":" + controllerPort),
                        Map.entry("log.dirs", directory.resolve("log").toString()),
                        Map.entry("auto.create.topics.enable", "false"),
                        Map.entry("offsets.topic.num.partitions", "1"),
                        Map.entry("offsets.topic.replication.factor", "1"),
                        Map.entry("transaction.state.log.num.partitions", "3"),
                        Map.entry("transaction.state.log.replication.factor", "1"),
                        Map.entry("transaction.state.log.min.isr", "1"),
                        Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                        Map.entry("share.coordinator.state.topic.min.isr", "1"),
                        Map.entry("group.initial.rebalance.delay.ms", "0"),
                        Map.entry("log.cleaner.dedupe.buffer.size", "4194304"),
                        Map.entry("file.delete.delay.ms", "1"))
                .forEach(properties::setProperty);
        return properties;
    }

    private static int[] freePorts() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket first = new ServerSocket(0, 1, loopback);
                ServerSocket second = new ServerSocket(0, 1, loopback)) {
            return new int[] {first.getLocalPort(), second.getLocalPort()};
        }
    }
}
