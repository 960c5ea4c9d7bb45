// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** A client that does what the dice say: sends, sends again, breaks off in the middle of a line, connects twice, and talks nonsense. */
final class ScriptedSender {

    private final SimulatedServer server;
    private final String id;
    private final SplittableRandom random;
    private @Nullable SimulatedClient connection;
    private @Nullable SimulatedClient rival;
    private long made;
    private long sent;
    private long acknowledged;
    private boolean greeted;

    ScriptedSender(SimulatedServer server, String id, SplittableRandom random) {
        this.server = server;
        this.id = id;
        this.random = random;
    }

    private String line(long number) {
        return id + " says " + number;
    }

    boolean isMine(String line) {
        return line.startsWith(id + " says ");
    }

    List<String> expected() {
        return LongStream.rangeClosed(1, made).mapToObj(this::line).toList();
    }

    boolean isDone() {
        return acknowledged == made;
    }

    /** Does something. */
    void step() {
        made += random.nextInt(4);
        switch (random.nextInt(12)) {
            case 0 -> breakOff("");
            case 1 -> breakOff(made > sent ? (sent + 1) + " " + id + " sa" : "");
            case 2 -> breakOff("nonsense\n");
            case 3 -> {
                rival = connection;
                connect();
            }
            case 4 -> sendAgain();
            default -> settle();
        }
    }

    /** Connects if it has to, and sends what it has. */
    void settle() {
        if (connection == null || connection.isOver() || !connection.isConnected() || hasError(connection)) {
            connect();
        }
        SimulatedClient now = connection;
        if (now == null || now.acknowledged() < 0) {
            return;
        }
        if (!greeted) {
            greeted = true;
            sent = now.acknowledged();
        }
        while (sent < made) {
            sent++;
            String text = sent + " " + line(sent) + "\n";
            int cut = random.nextInt(text.length());
            now.send(text.substring(0, cut)).send(text.substring(cut));
        }
    }

    private static boolean hasError(SimulatedClient client) {
        return client.heard().stream().anyMatch(line -> line.startsWith("ERR "));
    }

    private void sendAgain() {
        if (connection != null && greeted && sent > 0) {
            long number = random.nextLong(sent) + 1;
            connection.send(number + " " + line(number) + "\n");
        }
    }

    private void connect() {
        connection = new SimulatedClient(server);
        greeted = false;
        pendingHello = true;
    }

    private boolean pendingHello;

    private void breakOff(String last) {
        if (connection != null) {
            connection.send(last);
            if (random.nextBoolean()) {
                connection.reset();
            } else {
                connection.finish();
            }
        }
        connection = null;
    }

    /** Hears what the server has said; nothing that was not sent may be acknowledged, and nothing may be taken back. */
    void check() {
        SimulatedClient now = connection;
        if (now != null && now.isConnected() && pendingHello) {
            pendingHello = false;
            now.send("HELLO 1 " + id + "\n");
        }
        if (rival != null && random.nextBoolean()) {
            rival.send((sent + 1) + " " + line(sent + 1) + "\n");
            rival = null;
        }
        if (now != null && now.acknowledged() >= 0) {
            assertThat(now.acknowledged()).as("%s", this).isBetween(acknowledged, made);
            acknowledged = now.acknowledged();
        }
    }

    @Override
    public String toString() {
        return id + " made " + made + ", sent " + sent + ", acknowledged " + acknowledged + ", heard "
                + (connection == null ? "nothing" : connection.heard());
    }
}
