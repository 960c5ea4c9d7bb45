// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.chaos;

import io.millrace.receivers.socket.AckedLineClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients of the acknowledged line protocol in a process of their own. Told {@code begin port prefix} they send lines, told {@code finish}
 * they stop, wait until all lines are acknowledged, and say {@code SENT} and how many lines of each there are. Told {@code acknowledged} they
 * say how many lines of each are acknowledged so far.
 */
final class ChaosClients {

    static final int CLIENTS = 4;
    private static final Duration PAUSE = Duration.ofMillis(4);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** One of them. */
    private static final class Sender implements Runnable {
        private final String name;
        private final AckedLineClient client;
        private final Thread thread;
        private volatile boolean finishing;
        private volatile long sent;

        Sender(String name, int port) {
            this.name = name;
            this.client = AckedLineClient.to("127.0.0.1", port, name)
                    .maxPending(100_000, 64L << 20)
                    .answerTimeout(Duration.ofSeconds(2))
                    .open();
            this.thread = new Thread(this, name);
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public void run() {
            try {
                for (long number = 1; !finishing; number++) {
                    client.send(Lines.of(name, number));
                    sent = number;
                    LockSupport.parkNanos(PAUSE.toNanos());
                }
            } catch (IOException e) {
                Says.line("REFUSED " + name + " " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** No more than are acknowledged. */
        long acknowledged() {
            long before = sent;
            return Math.max(0, before - client.unacknowledged());
        }

        long finish() throws IOException, InterruptedException {
            finishing = true;
            thread.join();
            if (!client.flush(PATIENCE)) {
                Says.line("UNACKNOWLEDGED " + name + " " + client.unacknowledged());
            }
            client.close();
            return sent;
        }
    }

    private ChaosClients() {}

    /** Runs until its standard input ends. */
    public static void main(String[] args) throws IOException, InterruptedException {
        List<Sender> senders = new ArrayList<>();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", -1);
            if (words[0].equals("begin")) {
                for (int i = 0; i < CLIENTS; i++) {
                    senders.add(new Sender(words[2] + i, Integer.parseInt(words[1])));
                }
            } else if (words[0].equals("acknowledged")) {
                StringBuilder acknowledged = new StringBuilder("ACKNOWLEDGED");
                for (Sender sender : senders) {
                    acknowledged.append(' ').append(sender.acknowledged());
                }
                Says.line(acknowledged.toString());
            } else {
                StringBuilder sent = new StringBuilder("SENT");
                for (Sender sender : senders) {
                    sent.append(' ').append(sender.finish());
                }
                senders.clear();
                Says.line(sent.toString());
            }
        }
        Runtime.getRuntime().halt(0);
    }
}
